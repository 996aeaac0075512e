import type { Claim } from '../ledger/types.ts';

/** A piece of work that failed this often is given up. */
const MAX_ATTEMPTS = 5;

const DELAYS = [1_000, 5_000, 30_000, 120_000] as const;
const LONGEST_DELAY = 120_000;
/** The part of a delay that jitter may add. */
const SPREAD = 0.25;

/** Milliseconds until a failed claim is due again, or null to give up. `jitter` is from 0 to 1. */
export function delayAfter(attempt: number, jitter: number): number | null {
  if (attempt >= MAX_ATTEMPTS) return null;
  const delay = DELAYS[attempt - 1] ?? LONGEST_DELAY;
  return Math.round(delay * (1 + SPREAD * jitter));
}

/** The same for the same claim, spread over claims: what failed together does not come back together. */
export function steadyJitter(claim: Claim): number {
  let hash = claim.attempt;
  for (let index = 0; index < claim.subjectId.length; index++) {
    hash = (Math.imul(hash, 31) + claim.subjectId.charCodeAt(index)) >>> 0;
  }
  return hash / 2 ** 32;
}
