import { type Clock, steadyClock } from '../util/clock.ts';

/** The clock is asked again after so many milliseconds. */
const EVERY = 10_000;

/**
 * A clock that many processes share: what `ask` answers, in milliseconds since 1970, and between two questions what has passed since.
 * When machines disagree about the time, or one of them changes its mind, leases and dates do not. Throws what the first `ask` throws;
 * later ones that fail are asked again.
 */
export async function createSharedClock(ask: () => Promise<number>, steady: Clock = steadyClock): Promise<Clock> {
  let asked = 0;
  let base = 0;
  let asking = false;

  async function set(): Promise<void> {
    const before = steady.now();
    const time = await ask();
    asked = steady.now();
    // The answer was made somewhere between the two.
    base = time - (before + asked) / 2;
  }

  await set();
  return {
    now: () => {
      const now = steady.now();
      if (now - asked > EVERY && !asking) {
        asking = true;
        set()
          .catch(() => {})
          .finally(() => {
            asking = false;
          });
      }
      return Math.round(base + now);
    },
  };
}
