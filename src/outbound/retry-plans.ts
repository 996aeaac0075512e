import type { Claim } from '../ledger/types.ts';
import type { RetryPlan, RetryPlans } from '../util/retry-plan.ts';
import type { OutboundParts } from './parts.ts';

/** AS2 is tried at 5, 15, 35, 75 minutes and so on (RFC 4130 in its revised draft), where nothing else was agreed. */
const AS2_PLAN: RetryPlan = { tries: null, first: 300_000, longest: 14_400_000, whole: 86_400_000 };

/** How sending is tried again: as the line of the document says, else its partner's file, else the settings. */
export async function retryPlansOf(
  { ledger, configuration, retry }: Pick<OutboundParts, 'ledger' | 'configuration' | 'retry'>,
  { kind, subjectId }: Claim,
): Promise<RetryPlans> {
  if (kind !== 'deliver') return retry;
  const document = await ledger.sentDocument(subjectId);
  const partner = configuration().partners.find(({ id }) => id === document?.partnerId);
  if (document === null || partner === undefined) return retry;
  const line = partner.outbound.find(
    ({ on, document: type, via }) => on === document.eventType && type === document.type && via === document.connection,
  );
  const overAs2 = partner.connections.some(({ id, kind }) => id === document.connection && kind === 'as2');
  const network = line?.retry ?? partner.retry.network ?? (overAs2 ? AS2_PLAN : retry.network);
  return { ...retry, ...partner.retry, network };
}
