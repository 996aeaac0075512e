import { type Clock, steadyClock } from '../util/clock.ts';

/** A clock that went back by less than this, in milliseconds, has caught up before anybody waits for it. */
const STEP = 30_000;

/** Answers by how many milliseconds the clock went back since it was asked last; 0 where that was nothing, or little. */
export function createClockWatch(clock: Clock, steady: Clock = steadyClock): () => number {
  let ahead = clock.now() - steady.now();
  return () => {
    const before = ahead;
    ahead = clock.now() - steady.now();
    return before - ahead < STEP ? 0 : Math.round(before - ahead);
  };
}
