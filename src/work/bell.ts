import type { WorkKind } from '../ledger/types.ts';

/** Lets a loop sleep until somebody rings or the time is over. A ring while nobody sleeps is kept for the next sleep. */
export interface Bell {
  ring(): void;
  /** Milliseconds at most. */
  sleep(most: number): Promise<void>;
}

/** A bell for each kind of work. They only save waiting: a ring may be lost, doubled or late. */
export interface Bells {
  of(kind: WorkKind): Bell;
  /** Hears and says no more of others; who sleeps here can still be woken from here. */
  close(): Promise<void>;
}

/** Bells within this process. */
export function createBells(): Bells {
  const bells: Readonly<Record<WorkKind, Bell>> = { split: createBell(), translate: createBell() };
  return { of: (kind) => bells[kind], close: async () => {} };
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    sleep: async (most) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, most);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      rung = false;
    },
  };
}
