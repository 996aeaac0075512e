import { messageOf } from '../errors.ts';
import type { ReplayLedger } from '../ledger/replay-types.ts';
import { createBell } from '../util/bell.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

/** Works on replays while it runs. */
export interface Replayer {
  start(): void;
  /** Lets the batch that runs end. */
  stop(): Promise<void>;
  /** A replay was requested. */
  ring(): void;
}

/** Milliseconds between two looks at the ledger, where others may have requested one. */
const SWEEP = 2_000;

/** Calls `next` while a replay is due; it answers false when none is. What fails is logged and tried again. */
export function createReplayer(options: {
  readonly ledger: Pick<ReplayLedger, 'nextReplayAt'>;
  readonly next: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}): Replayer {
  const { ledger, next, clock, log } = options;
  const bell = createBell();
  let stopping = false;
  let running: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    while (!stopping) {
      try {
        if (await next()) continue;
        const dueAt = await ledger.nextReplayAt();
        await bell.sleep(dueAt === null ? SWEEP : Math.min(SWEEP, Math.max(1, dueAt - clock.now())));
      } catch (error) {
        log.error({ error: messageOf(error) }, 'A replay stands still. Trying again.');
        if (!stopping) await bell.sleep(SWEEP);
      }
    }
  };
  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping = true;
      bell.ring();
      await running;
    },
    ring: bell.ring,
  };
}
