import { setTimeout as pause } from 'node:timers/promises';

/** Nobody is in a hurry when nobody came for so long, in milliseconds: closer together they come only while all is busy. */
const QUIET = 20;
/** Work that waits goes on after so long all the same, in milliseconds. */
const LONGEST = 2_000;

/**
 * Lets whoever waits for an answer go before work that can wait: a partner holds a connection open until its message is stored,
 * and its documents are as well translated a moment later, many at once. Work never stands still: once it has waited long
 * enough it goes on until it has caught up, however many come meanwhile.
 */
export interface RightOfWay {
  /** Somebody came whose answer is waited for. */
  came(): void;
  /** Resolves when nobody is in a hurry, or when this work has waited long enough. */
  giveWay(work: string): Promise<void>;
  /** Nothing of this work is due: the next time it waits again. */
  caughtUp(work: string): void;
}

export function createRightOfWay(longest = LONGEST): RightOfWay {
  let last = Number.NEGATIVE_INFINITY;
  /** Work that waited long enough, and has not caught up. */
  const overdue = new Set<string>();
  return {
    came: () => {
      last = performance.now();
    },
    giveWay: async (work) => {
      const patience = performance.now() + longest;
      while (!overdue.has(work)) {
        const now = performance.now();
        if (now >= last + QUIET) return;
        if (now >= patience) overdue.add(work);
        else await pause(Math.min(last + QUIET, patience) - now);
      }
    },
    caughtUp: (work) => {
      overdue.delete(work);
    },
  };
}
