import type { OutboundParts } from './parts.ts';

/** What a partner's side says of a delivery, after the delivery: `delivered`, or anything else for a refusal. */
export interface TransportAnswer {
  readonly result: string;
  /** Why it was refused; null where nothing was said. */
  readonly reason: string | null;
}

/** Step three, where the receipt comes by itself: an MDN settles the document it is for. */
export async function confirm(
  { ledger, clock }: Pick<OutboundParts, 'ledger' | 'clock'>,
  documentId: string,
  { result, reason }: TransportAnswer,
): Promise<boolean> {
  const delivered = result === 'delivered';
  const text = reason ?? 'The partner does not have it.';
  return ledger.recordAnswer(
    {
      documentId,
      kind: 'MDN',
      told: delivered ? 'received' : 'rejected',
      reason: delivered ? null : { code: 'DELIVERY_REFUSED', text },
    },
    clock.now(),
  );
}
