/**
 * Why a message could not be read: `malformed` (not what the standard says), `unsupported` (an algorithm or form this codec
 * does not know), `too-large` (a limit), `key` (no key of ours opens it, or it was changed), `digest` (the content is not what
 * was signed), `signer` (not signed by one of the expected certificates).
 */
export type CmsFaultKind = 'malformed' | 'unsupported' | 'too-large' | 'key' | 'digest' | 'signer';

/** A message that cannot be read. The text is for the operator; a partner is told a disposition only. */
export class CmsFault extends Error {
  readonly kind: CmsFaultKind;

  constructor(kind: CmsFaultKind, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'CmsFault';
    this.kind = kind;
  }
}
