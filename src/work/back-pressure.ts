import type { Ledger } from '../ledger/types.ts';
import { createBell } from '../util/bell.ts';

/** A partner with more pieces of work than this waiting hands over no more files until they are fewer. */
const MOST_WAITING = 20_000;
/** Milliseconds between two looks at what waits. */
const EVERY = 500;
/** Milliseconds that an answer is believed: what comes in so short a time is few against what may wait. */
const BELIEVED = 100;

/** Holds receiving back while too much waits: files are better kept where they are than taken in and left lying. */
export interface BackPressure {
  /** Waits until there is room for more of a partner; false when it was stopped before. */
  room(partnerId: string): Promise<boolean>;
  stop(): void;
}

export function createBackPressure(
  ledger: Pick<Ledger, 'backlog'>,
  limits: { readonly most?: number; readonly every?: number; readonly believed?: number } = {},
): BackPressure {
  const { most = MOST_WAITING, every = EVERY, believed = BELIEVED } = limits;
  /** Partners with room, and until when that is believed. */
  const roomy = new Map<string, number>();
  const wakers = new Set<() => void>();
  let stopped = false;
  return {
    room: async (partnerId) => {
      if (!stopped && performance.now() < (roomy.get(partnerId) ?? 0)) return true;
      const bell = createBell();
      wakers.add(bell.ring);
      try {
        while (!stopped) {
          if ((await ledger.backlog(partnerId, most)) < most) {
            roomy.set(partnerId, performance.now() + believed);
            return true;
          }
          await bell.sleep(every);
        }
        return false;
      } finally {
        wakers.delete(bell.ring);
      }
    },
    stop: () => {
      stopped = true;
      for (const wake of wakers) wake();
    },
  };
}
