import type { Claim } from '../ledger/types.ts';
import { inboundAgreement } from '../partners/find.ts';
import type { RetryPlans } from '../util/retry-plan.ts';
import type { InboundParts } from './parts.ts';

/**
 * How a piece of work is tried again: as the line of its document says, else as its partner's file says, else as the settings
 * say.
 */
export async function retryPlansOf(
  { ledger, configuration }: Pick<InboundParts, 'ledger' | 'configuration'>,
  settings: RetryPlans,
  { kind, subjectId }: Claim,
): Promise<RetryPlans> {
  const document = kind === 'translate' ? await ledger.document(subjectId) : null;
  const partnerId = kind === 'translate' ? document?.partnerId : (await ledger.file(subjectId))?.partnerId;
  const partner = configuration().partners.find(({ id }) => id === partnerId);
  if (partner === undefined) return settings;
  const agreement = document === null ? undefined : inboundAgreement(partner, document.type, document.release);
  const plans = { ...settings, ...partner.retry };
  return { ...plans, translate: agreement?.retry ?? plans.translate };
}
