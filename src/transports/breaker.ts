import { failureOf, isOurs } from '../errors.ts';
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
/** While it is we who can take nothing in, the pause grows no longer, in milliseconds: the connection is well. */
const OUR_PAUSE = 10_000;
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
  let held = 0;
  let told: 'nothing' | 'opened' | 'closed' = 'nothing';
  return {
    well: () => {
      failures = 0;
      held = 0;
      if (told !== 'closed') watch.closed();
      told = 'closed';
    },
    failed: (error) => {
      const ours = isOurs(error);
      const inRow = ours ? ++held : ++failures;
      if (!ours && (failures >= most || failureOf(error) !== 'transient')) {
        watch.opened(error);
        told = 'opened';
      }
      const longest = ours ? Math.min(plan.longest, OUR_PAUSE) : plan.longest;
      const pause = Math.min(longest, plan.first * 2 ** Math.min(inRow - 1, 40));
      return Math.round((pause === 0 ? USUAL_PAUSE : pause) * (1 - SPREAD + 2 * SPREAD * random()));
    },
  };
}
