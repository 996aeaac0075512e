import type { LateReceipt } from '../transports/types.ts';
import type { OutboundParts } from './parts.ts';

/** Step three, where the receipt comes by itself: an MDN settles the document it is for. */
export async function confirm(
  { ledger, clock }: Pick<OutboundParts, 'ledger' | 'clock'>,
  documentId: string,
  { delivered, reason }: LateReceipt,
): Promise<boolean> {
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
