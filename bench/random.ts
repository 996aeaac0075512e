/** Random choices that are the same for the same seed (mulberry32). */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** So many digits; the first is not zero. */
  digits(count: number): string;
  pick(choices: readonly string[]): string;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    digits: (count) => {
      let text = String(1 + below(9));
      while (text.length < count) text += below(10);
      return text;
    },
    pick: (choices) => choices[below(choices.length)] ?? '',
  };
}
