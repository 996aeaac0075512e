import { messageOf } from '../errors.ts';
import type { Imbalance } from '../ledger/types.ts';
import type { Clock } from '../util/clock.ts';
import { nextOfCron } from '../util/cron.ts';
import type { Log } from '../util/log.ts';

/** The last check of the books. */
export interface LastCheck {
  /** When it ended, milliseconds since 1970. */
  readonly at: number;
  readonly imbalances: number;
}

export interface Nightly {
  /** Null until the first check has ended. */
  last(): LastCheck | null;
  start(): void;
  /** Lets a check that runs end. */
  stop(): Promise<void>;
}

/** Longer waits would not fit a timer. */
const LONGEST_WAIT = 24 * 3_600_000;
/** So many of what is wrong are logged. */
const SHOWN = 20;

/** Checks the books whenever the cron pattern (UTC) says so, and logs what does not add up. */
export function createNightly(options: {
  readonly pattern: string;
  readonly check: () => Promise<readonly Imbalance[]>;
  readonly clock: Clock;
  readonly log: Log;
  /** `setTimeout`, or that of a test; answers how to take it back. */
  readonly wait: (milliseconds: number, act: () => void) => () => void;
}): Nightly {
  const { pattern, check, clock, log, wait } = options;
  let last: LastCheck | null = null;
  let running: Promise<void> = Promise.resolve();
  let takeBack: () => void = () => {};
  let stopped = false;

  const run = async (): Promise<void> => {
    try {
      const imbalances = await check();
      last = { at: clock.now(), imbalances: imbalances.length };
      if (imbalances.length === 0) log.info({}, 'The books balance.');
      else log.error({ count: imbalances.length, imbalances: imbalances.slice(0, SHOWN) }, 'The books do not balance.');
    } catch (error) {
      log.error({ error: messageOf(error) }, 'The books could not be checked; it is tried again at the next time.');
    }
  };
  const sleep = (until: number): void => {
    const left = until - clock.now();
    takeBack = wait(Math.min(Math.max(left, 0), LONGEST_WAIT), () => {
      if (stopped) return;
      if (clock.now() < until) return sleep(until);
      running = run().then(() => {
        if (!stopped) sleep(nextOfCron(pattern, 'UTC', clock.now()));
      });
    });
  };
  return {
    last: () => last,
    start: () => sleep(nextOfCron(pattern, 'UTC', clock.now())),
    stop: async () => {
      stopped = true;
      takeBack();
      await running;
    },
  };
}
