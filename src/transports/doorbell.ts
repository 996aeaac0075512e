/** Somebody rings, somebody waits. Rings while nobody waits are one ring for the next to wait. */
export interface Doorbell {
  ring(): void;
  /** Resolves at a ring, or after that many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

/** A doorbell nobody has rung. */
export function createDoorbell(): Doorbell {
  let rung = false;
  let open: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      open?.();
    },
    async wait(milliseconds) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          open = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      open = null;
      rung = false;
    },
  };
}
