import type { Reason } from './types.ts';

/** The bytes of a file came before, from the same partner. */
export function sameBytes(original: string): Reason {
  return { code: 'SAME_BYTES', text: `The same bytes came before from this partner, as file ${original}.` };
}

/** Every event of a document is in the ledger already, from another document. */
export function resend(original: string): Reason {
  return { code: 'RESEND', text: `Everything in this document was sent before, in document ${original}.` };
}

/** Somebody else settled a document while a replay read it. */
export const CHANGED_MEANWHILE: Reason = {
  code: 'CHANGED_MEANWHILE',
  text: 'The document was settled anew while it was read.',
};
