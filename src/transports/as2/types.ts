import type { Certificate } from '../../cms/certificate.ts';
import type { InflateLimits } from '../../cms/compress.ts';
import type { OwnKey } from '../../cms/decrypt.ts';
import type { As2Terms } from '../../partners/as2-types.ts';

/** A certificate and the day it is used from, when another one is valid too. */
export interface Dated<Value> {
  readonly value: Value;
  /** Milliseconds since 1970; null from the beginning. */
  readonly from: number | null;
}

/** What is agreed with a partner, with everything read that the configuration names. */
export interface As2Agreement extends As2Terms {
  readonly partnerId: string;
  /** `as2:acme-3pl/main`. */
  readonly connection: string;
  /** AS2 names. */
  readonly theirs: string;
  readonly ours: string;
  /** All are accepted; the one that is used is chosen by its day. */
  readonly theirCertificates: readonly Dated<Certificate>[];
  readonly ourKeys: readonly Dated<OwnKey>[];
  readonly limits: As2Limits;
}

/** A document in a message. */
export interface Payload<Body> {
  /** As the sender calls it; null where it does not say. */
  readonly fileName: string | null;
  /** Content type in small letters. */
  readonly contentType: string;
  readonly body: Body;
}

/** How large what comes may be. */
export interface As2Limits {
  /** Of a message, and of what it unpacks to. */
  readonly message: number;
  readonly inflate: InflateLimits;
}
