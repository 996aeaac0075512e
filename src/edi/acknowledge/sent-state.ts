import type { AcknowledgedStatus } from './acknowledged.ts';

/** How far a document that was sent has come, as far as acknowledgments tell: an MDN, TA1, 997, 999 or CONTRL. */
export const SENT_STATES = [
  'sent',
  'transport-confirmed',
  'accepted',
  'accepted-with-errors',
  'partially-accepted',
  'rejected',
] as const;
/** One of them. */
export type SentState = (typeof SENT_STATES)[number];

const RANK: Readonly<Record<SentState, number>> = {
  sent: 0,
  'transport-confirmed': 1,
  // Says that something was rejected, and not whether it is this one: any better answer takes its place.
  'partially-accepted': 2,
  accepted: 3,
  'accepted-with-errors': 4,
  rejected: 5,
};

/**
 * The state after one more acknowledgment says something. Order does not matter: a receipt that comes late takes no answer
 * back, and of two answers that contradict each other the worse one stays, because the partner has not got the document.
 */
export function stateAfter(state: SentState, told: AcknowledgedStatus): SentState {
  const next = told === 'received' ? 'transport-confirmed' : told;
  return RANK[next] > RANK[state] ? next : state;
}
