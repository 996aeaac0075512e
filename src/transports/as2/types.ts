import type { Cipher, Digest, KeyTransport } from '../../cms/algorithms.ts';
import type { Certificate } from '../../cms/certificate.ts';
import type { InflateLimits } from '../../cms/compress.ts';
import type { OwnKey } from '../../cms/decrypt.ts';
import type { IdentifiedBy } from '../../cms/identifier.ts';

/** Where compression stands among the layers (RFC 5402). */
export type Compression = 'none' | 'before-signing' | 'after-signing';

/** A certificate and the day it is used from, when another one is valid too. */
export interface Dated<Value> {
  readonly value: Value;
  /** Milliseconds since 1970; null from the beginning. */
  readonly from: number | null;
}

/** How an MDN is asked for. */
export interface MdnRequest {
  /** `async` is told where to send it. */
  readonly mode: 'none' | 'sync' | 'async';
  readonly signed: boolean;
  /** Our URL for it, when it is asynchronous. */
  readonly url: string | null;
}

/** What is agreed with a partner, with everything read that the configuration names. */
export interface As2Agreement {
  readonly partnerId: string;
  /** `as2:acme-3pl/main`. */
  readonly connection: string;
  /** AS2 names. */
  readonly theirs: string;
  readonly ours: string;
  readonly url: string;
  readonly sign: { readonly digest: Digest; readonly scheme: 'pkcs1' | 'pss' } | null;
  readonly encrypt: { readonly cipher: Cipher; readonly transport: KeyTransport } | null;
  readonly compress: Compression;
  readonly mdn: MdnRequest;
  /** What a message of the partner must be. */
  readonly demand: { readonly signed: boolean; readonly encrypted: boolean };
  /** Weak algorithms that are taken and sent, because the partner knows no others. */
  readonly legacy: readonly ('sha1' | '3des')[];
  /** All are accepted; the one that is used is chosen by its day. */
  readonly theirCertificates: readonly Dated<Certificate>[];
  readonly ourKeys: readonly Dated<OwnKey>[];
  /** How we write bodies, and how we spell digests (`sha-256` or `sha256`). */
  readonly encoding: 'binary' | 'base64';
  readonly digestNames: 'dashed' | 'plain';
  readonly identifiedBy: IdentifiedBy;
  readonly algorithmProtection: boolean;
  /** What a message is answered that came before: its first MDN again, or a warning. */
  readonly duplicates: 'same-mdn' | 'warning';
  /** URLs, beside our partner's own host, that an MDN may be sent to. */
  readonly mdnTargets: readonly string[];
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
