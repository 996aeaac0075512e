/** Lets a loop sleep until somebody rings or the time is over. A ring while nobody sleeps is kept for the next sleep. */
export interface Bell {
  ring(): void;
  /** Milliseconds at most. */
  sleep(most: number): Promise<void>;
}

/** A bell that nobody has rung. */
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
