/** Lets so many pieces of work run at once; the others wait their turn, first come, first served. */
export interface Limiter {
  /** Resolves when it is one's turn, with what gives the turn back. To be called once. */
  turn(): Promise<() => void>;
}

export function createLimiter(most: number): Limiter {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };
  return {
    async turn() {
      if (running < most) running++;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leave;
    },
  };
}
