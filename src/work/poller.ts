import { messageOf } from '../errors.ts';
import type { Ledger } from '../ledger/types.ts';
import { createBell } from '../util/bell.ts';
import type { Clock } from '../util/clock.ts';
import type { WorkLog } from './types.ts';

/** Something that only one of many processes may do at a time, such as polling a source. */
export interface Sole {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface PollerOptions {
  readonly ledger: Pick<Ledger, 'takeLease' | 'endLease'>;
  readonly clock: Clock;
  readonly log: WorkLog;
  /** What it is about; the same in every process. */
  readonly name: string;
  /** This process. */
  readonly holder: string;
  readonly sole: Sole;
  /** Milliseconds between two looks at the lease. */
  readonly every?: number;
}

const EVERY = 3_000;
/** Milliseconds a lease holds; whoever does not renew it in this time has lost it. */
const LEASE = 15_000;

/**
 * Runs `sole` while this process holds the lease of that name, and lets go of both when stopped. A process that dies or
 * halts is followed by another one after the lease; what both do in a moment between is recorded once all the same.
 */
export function createPoller(options: PollerOptions): Sole {
  const { ledger, clock, log, name, holder, sole, every = EVERY } = options;
  const bell = createBell();
  let stopping = false;
  let until = 0;
  let polls = false;
  let running: Promise<void> = Promise.resolve();

  /** Whether the lease is ours for now. */
  async function hold(): Promise<boolean> {
    const now = clock.now();
    try {
      const ours = await ledger.takeLease(name, holder, now, now + LEASE);
      if (ours) until = now + LEASE;
      return ours;
    } catch (error) {
      log.warn({ lease: name, error: messageOf(error) }, 'A lease could not be renewed; trying again.');
      // What was taken before is ours to its end.
      return polls && clock.now() + every < until;
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const ours = await hold();
      if (ours !== polls) {
        polls = ours;
        await (ours ? sole.start() : sole.stop());
      }
      if (!stopping) await bell.sleep(every);
    }
    if (!polls) return;
    await sole.stop();
    await ledger.endLease(name, holder).catch(() => {});
  }

  return {
    start: async () => {
      running = run();
    },
    stop: async () => {
      stopping = true;
      bell.ring();
      await running;
    },
  };
}
