/** The time, handed in wherever it is needed. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Counts milliseconds from some moment on, whatever becomes of the time of the system. */
export const steadyClock: Clock = { now: () => performance.now() };
