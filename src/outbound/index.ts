import type { JsonObject } from '../events/types.ts';
import type { Claim } from '../ledger/types.ts';
import type { LateReceipt } from '../transports/types.ts';
import { createLimiter, type Limiter } from '../util/limiter.ts';
import type { RetryPlans } from '../util/retry-plan.ts';
import type { WorkHandlers } from '../work/types.ts';
import { type AcceptedEvent, accept, type Turns } from './accept.ts';
import { confirm } from './confirm.ts';
import { deliver } from './deliver.ts';
import type { OutboundParts } from './parts.ts';
import { reconcile } from './reconcile.ts';
import { retryPlansOf } from './retry-plans.ts';

/**
 * The outbound road.
 *
 *     accept · translate · number · envelope ⇒ deliver ⇒ reconcile, or overdue
 *
 * `⇒` is durable work in the ledger: it may run twice, its effect is recorded once. Everything between two arrows commits in
 * one transaction, control numbers with the document they number, so that a retry sends the same bytes.
 */
export interface OutboundRoad {
  /** Step one, for a caller that hands an event over and waits until it is durable. */
  accept(event: JsonObject): Promise<AcceptedEvent>;
  /** Steps two and three, for the dispatcher. */
  readonly handlers: Required<Pick<WorkHandlers, 'deliver' | 'reconcile' | 'expect'>>;
  /** A receipt for a delivery that came later; false where no such document was sent. May come twice. */
  confirm(documentId: string, receipt: LateReceipt): Promise<boolean>;
  /** How a piece of work that failed is tried again, for the dispatcher. */
  plansOf(claim: Claim): Promise<RetryPlans>;
}

export function createOutboundRoad(parts: OutboundParts): OutboundRoad {
  const turns = createTurns();
  return {
    accept: (event) => accept(parts, turns, event),
    handlers: {
      deliver: (claims) => deliver(parts, claims),
      reconcile: (claims) => reconcile(parts, claims),
      expect: (claims) => parts.ledger.recordOverdue(claims, parts.clock.now()),
    },
    confirm: (documentId, receipt) => confirm(parts, documentId, receipt),
    plansOf: (claim) => retryPlansOf(parts, claim),
  };
}

/** One at a time for each partner. */
function createTurns(): Turns {
  const limiters = new Map<string, Limiter>();
  return (partnerId) => {
    const limiter = limiters.get(partnerId) ?? createLimiter(1);
    limiters.set(partnerId, limiter);
    return limiter.turn();
  };
}
