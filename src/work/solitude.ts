import { createLimiter } from '../util/limiter.ts';

/** Lets work run together, or one piece of it alone: then nothing else can be what ends the process. */
export interface Solitude {
  /** Waits while something runs alone, or wants to. */
  together<Value>(act: () => Promise<Value>): Promise<Value>;
  /** Waits until nothing else runs. */
  alone<Value>(act: () => Promise<Value>): Promise<Value>;
}

export function createSolitude(): Solitude {
  const one = createLimiter(1);
  const running = new Set<Promise<unknown>>();
  let lonely = 0;
  return {
    together: async (act) => {
      while (lonely > 0) (await one.turn())();
      const run = act();
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    alone: async (act) => {
      lonely += 1;
      const leave = await one.turn();
      try {
        await Promise.allSettled(running);
        return await act();
      } finally {
        lonely -= 1;
        leave();
      }
    },
  };
}
