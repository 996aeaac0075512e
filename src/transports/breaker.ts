import { failureOf } from '../errors.ts';
import type { RetryPlan } from '../util/retry-plan.ts';

/** Told when a connection no longer works, and when it does. */
export interface BreakerWatch {
  /** It failed so often in a row that the circuit is open, or with a fault that does not pass by itself; told at each further one too. */
  opened(error: unknown): void;
  /** It works: told at the first success of all, and at the first after it was opened. */
  closed(): void;
}

/** How often a connection that fails is looked at: rarely once it failed often, and then once at a time. */
export interface Breaker {
  well(): void;
  /** Answers for how many milliseconds nobody tries again. */
  failed(error: unknown): number;
}

/** Failures in a row that open the circuit, where the plan names time instead of a number. */
const USUAL_FAILURES = 3;
/** Pause in milliseconds where the plan knows none, as `never` does. */
const USUAL_PAUSE = 60_000;
/** What failed together does not come back together: a quarter less or more. */
const SPREAD = 0.25;
const NOBODY: BreakerWatch = { opened: () => {}, closed: () => {} };
const USUAL_PLAN: RetryPlan = { tries: USUAL_FAILURES, first: 1_000, longest: 300_000, whole: null };

/** A breaker by the plan for connections: how many failures open it, and the first and longest pause. */
export function createBreaker(
  options: { readonly plan?: RetryPlan; readonly watch?: BreakerWatch; readonly random?: () => number } = {},
): Breaker {
  const { plan = USUAL_PLAN, watch = NOBODY, random = Math.random } = options;
  const most = plan.tries ?? USUAL_FAILURES;
  let failures = 0;
  let told: 'nothing' | 'opened' | 'closed' = 'nothing';
  return {
    well: () => {
      failures = 0;
      if (told !== 'closed') watch.closed();
      told = 'closed';
    },
    failed: (error) => {
      failures += 1;
      if (failures >= most || failureOf(error) !== 'transient') {
        watch.opened(error);
        told = 'opened';
      }
      const pause = Math.min(plan.longest, plan.first * 2 ** Math.min(failures - 1, 40));
      return Math.round((pause === 0 ? USUAL_PAUSE : pause) * (1 - SPREAD + 2 * SPREAD * random()));
    },
  };
}
