import { type Disk, diskFull } from '../archive/disk-space.ts';
import { messageOf } from '../errors.ts';
import type { ExceptionLedger } from '../ledger/exception-types.ts';
import type { Clock } from '../util/clock.ts';
import type { WorkLog } from './types.ts';

/** Lets files in while there is room for them. */
export interface Intake {
  /** Rejects with DISK_FULL while the disk is too full; an exception tells of it until it is not. */
  open(): Promise<void>;
}

const DISK = 'disk';

export function createIntake(options: {
  readonly disk: Disk;
  readonly ledger: Pick<ExceptionLedger, 'raise' | 'settleSubject'>;
  readonly clock: Clock;
  readonly log: WorkLog;
}): Intake {
  const { disk, ledger, clock, log } = options;
  let told: 'nothing' | 'full' | 'room' = 'nothing';

  const tell = async (now: 'full' | 'room', act: () => Promise<void>): Promise<void> => {
    if (told === now) return;
    told = now;
    try {
      await act();
    } catch (error) {
      told = 'nothing';
      log.warn({ error: messageOf(error) }, 'How full the disk is could not be recorded.');
    }
  };
  return {
    open: async () => {
      const space = await disk.look();
      if (!space.full) {
        await tell('room', () => ledger.settleSubject(DISK, clock.now()));
        return;
      }
      const error = diskFull(space);
      await tell('full', () => {
        log.error({ used: space.used }, error.message);
        const subject = { kind: 'connection' as const, id: DISK, fileId: null };
        const { code, message: text } = error;
        return ledger.raise({ code, partnerId: null, scope: DISK, text, subject }, clock.now());
      });
      throw error;
    },
  };
}
