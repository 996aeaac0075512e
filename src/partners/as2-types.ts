import type { Cipher, Digest, KeyTransport } from '../cms/algorithms.ts';
import type { IdentifiedBy } from '../cms/identifier.ts';
import type { FileReference } from './paths.ts';

/** A file of certificates, and the day from which it is used while others are valid too. */
export interface CertificateFile extends FileReference {
  /** Milliseconds since 1970; null from the beginning. */
  readonly from: number | null;
}

/** What is agreed on messages over AS2 (RFC 4130). */
export interface As2Terms {
  readonly url: string;
  readonly sign: { readonly digest: Digest; readonly scheme: 'pkcs1' | 'pss' } | null;
  readonly encrypt: { readonly cipher: Cipher; readonly transport: KeyTransport } | null;
  /** Where compression stands among the layers (RFC 5402). */
  readonly compress: 'none' | 'before-signing' | 'after-signing';
  /** How an MDN is asked for; `url` is ours, where it is to be sent when it comes later. */
  readonly mdn: { readonly mode: 'none' | 'sync' | 'async'; readonly signed: boolean; readonly url: string | null };
  /** Until when an MDN that comes later is to be there, in milliseconds from when the partner's server took the message. */
  readonly mdnWithin: number;
  /** What a message of the partner must be. */
  readonly demand: { readonly signed: boolean; readonly encrypted: boolean };
  /** Weak algorithms that are taken and sent, because the partner knows no others. */
  readonly legacy: readonly ('sha1' | '3des')[];
  /** How we write bodies, and how we spell digests (`sha-256` or `sha256`). */
  readonly encoding: 'binary' | 'base64';
  readonly digestNames: 'dashed' | 'plain';
  /** How we name certificates in messages. */
  readonly identifiedBy: IdentifiedBy;
  /** Signs the names of the algorithms too (RFC 6211). */
  readonly algorithmProtection: boolean;
  /** What a message is answered that came before: its first MDN again, or a warning. */
  readonly duplicates: 'same-mdn' | 'warning';
  /** What becomes of messages that are signed, or would be sent, with a certificate that has ended. */
  readonly endedCertificates: 'refuse' | 'take';
  /** Addresses, beside the partner's own host, that an MDN may be sent to. */
  readonly mdnTargets: readonly string[];
}

/** Messages over AS2, both ways. */
export interface As2Connection extends As2Terms {
  readonly kind: 'as2';
  readonly id: string;
  /** AS2 names: the first identifier of each side. */
  readonly theirs: string;
  readonly ours: string;
  readonly certificates: { readonly theirs: readonly CertificateFile[]; readonly ours: readonly CertificateFile[] };
  /** Names of the secrets with our private keys, in PEM. */
  readonly keys: readonly string[];
  /** Largest message taken, and most that one unpacks to, in bytes. */
  readonly largest: number;
}
