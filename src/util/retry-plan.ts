import { parseDuration } from './duration.ts';

/** How often and how long something that failed is tried again. */
export interface RetryPlan {
  /** How often it is tried in all; null where time alone decides. */
  readonly tries: number | null;
  /** Milliseconds before the second try; each pause is twice the one before. */
  readonly first: number;
  /** No pause is longer, in milliseconds. */
  readonly longest: number;
  /** Given up when the next try would be later than this after the first, in milliseconds; null where the number alone decides. */
  readonly whole: number | null;
}

/**
 * What is tried again: the steps of work after a fault that nobody foresaw, whatever is away for a while, and connections that are
 * looked at all the time, where the number says how many failures in a row make an exception.
 */
export const RETRY_STAGES = ['split', 'translate', 'network', 'connection'] as const;

/** A plan for each stage. */
export type RetryPlans = Readonly<Record<(typeof RETRY_STAGES)[number], RetryPlan>>;

/** Says how a plan is written, for whoever wrote another. */
export const RETRY_PLAN_REMEDY =
  'Write the first and the longest pause, and how often or for how long: 3 times 5s..30s, or 30s..1h for 24h; or never.';

const NEVER: RetryPlan = { tries: 1, first: 0, longest: 0, whole: null };
/** The part of a pause that jitter may add. */
const SPREAD = 0.25;

/** The plan of a text as people write it: `3 times 5s..30s`, `30s..1h for 24h`, `never`. Null for anything else. */
export function parseRetryPlan(text: string): RetryPlan | null {
  if (text === 'never') return NEVER;
  const [, times, from = '', to = '', within] =
    /^(?:([2-9]|[1-9]\d) times )?(\S+?)\.\.(\S+?)(?: for (\S+))?$/.exec(text) ?? [];
  const first = parseDuration(from);
  const longest = parseDuration(to);
  const whole = within === undefined ? null : parseDuration(within);
  if (first === null || longest === null || first > longest) return null;
  // Just one of them: how often, or how long.
  if ((times === undefined) === (within === undefined)) return null;
  if (within !== undefined && (whole === null || longest > whole)) return null;
  return { tries: times === undefined ? null : Number(times), first, longest, whole };
}

/**
 * Milliseconds until the next try after so many failed; null to give up. `elapsed` are those since the first try, `jitter` is
 * from 0 to 1.
 */
export function pauseAfter(plan: RetryPlan, failed: number, elapsed: number, jitter: number): number | null {
  if (plan.tries !== null && failed >= plan.tries) return null;
  const pause = Math.min(plan.longest, plan.first * 2 ** Math.min(failed - 1, 40));
  const spread = Math.round(pause * (1 + SPREAD * jitter));
  return plan.whole !== null && elapsed + spread > plan.whole ? null : spread;
}
