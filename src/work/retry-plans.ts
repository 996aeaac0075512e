import { failureOf, GatewayError } from '../errors.ts';
import type { AttemptRow, Claim, WorkKind } from '../ledger/types.ts';
import type { RetryPlan, RetryPlans } from '../util/retry-plan.ts';

/** The plan for faults that nobody foresaw, by the kind of work. */
const STAGES: Readonly<Record<WorkKind, keyof RetryPlans>> = {
  split: 'split',
  translate: 'translate',
  deliver: 'network',
  reconcile: 'translate',
  expect: 'translate',
};

/**
 * The plan for what was thrown, null where trying again cannot help: a fault of configuration waits for somebody to mend it, one
 * that is the same every time is not tried twice.
 */
export function planFor(plans: RetryPlans, kind: WorkKind, thrown: unknown): RetryPlan | null {
  if (failureOf(thrown) !== 'transient') return null;
  // A code that says "later" names what is away; INTERNAL is as good as no code.
  return thrown instanceof GatewayError && thrown.code !== 'INTERNAL' ? plans.network : plans[STAGES[kind]];
}

/** When the first of the tries was that this claim goes on with; its own time where it is the first. */
export function triedSince(claim: Claim, attempts: readonly AttemptRow[], now: number): number {
  let since = now;
  let next = claim.attempt;
  // An exception that was retried began to count anew, and the tries before it stay in the list.
  for (const { kind, attempt, at } of attempts.toReversed()) {
    if (kind !== claim.kind) continue;
    if (attempt >= next) break;
    since = at;
    next = attempt;
  }
  return since;
}

/** The same for the same claim, spread over claims: what failed together does not come back together. */
export function steadyJitter(claim: Claim): number {
  let hash = claim.attempt;
  for (let index = 0; index < claim.subjectId.length; index++) {
    hash = (Math.imul(hash, 31) + claim.subjectId.charCodeAt(index)) >>> 0;
  }
  return hash / 2 ** 32;
}
