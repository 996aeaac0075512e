import { setTimeout as pause } from 'node:timers/promises';

/** Nobody is in a hurry when nobody came for so long, in milliseconds: closer together they come only while all is busy. */
const QUIET = 20;
/** Work that waits goes on after so long all the same, in milliseconds. */
const LONGEST = 300;

/**
 * Lets whoever waits for an answer go before work that can wait: a partner holds a connection open until its message is stored,
 * and its documents are as well translated a moment later, many at once. Work never stands still: it waits a moment at most
 * before each batch.
 */
export interface RightOfWay {
  /** Somebody came whose answer is waited for. */
  came(): void;
  /** Resolves when nobody is in a hurry, or when work has waited long enough. */
  giveWay(): Promise<void>;
}

export function createRightOfWay(): RightOfWay {
  let last = Number.NEGATIVE_INFINITY;
  return {
    came: () => {
      last = performance.now();
    },
    giveWay: async () => {
      const patience = performance.now() + LONGEST;
      for (;;) {
        const wait = Math.min(last + QUIET, patience) - performance.now();
        if (wait <= 0) return;
        await pause(wait);
      }
    },
  };
}
