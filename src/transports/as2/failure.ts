import type { Disposition } from './disposition.ts';

/** A message that is refused: what the partner is told, and a sentence for the operator. */
export class As2Failure extends Error {
  readonly disposition: Disposition;

  constructor(disposition: Disposition, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'As2Failure';
    this.disposition = disposition;
  }
}
