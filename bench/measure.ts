/** How long something took, in seconds, over several rounds. */
export interface Timing {
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

/** Runs `work` until it is warm, then so many rounds that count. What it returns must depend on its result. */
export async function measure(
  work: () => unknown,
  { rounds = 5, warmUp = 2 }: { readonly rounds?: number; readonly warmUp?: number } = {},
): Promise<Timing> {
  for (let round = 0; round < warmUp; round++) await work();
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    seconds.push((performance.now() - began) / 1000);
  }
  return timingOf(seconds);
}

/** The timing of rounds measured elsewhere. */
export function timingOf(seconds: readonly number[]): Timing {
  const sorted = seconds.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), fastest: sorted[0] ?? 0, slowest: sorted.at(-1) ?? 0 };
}

/** The value that such a part of a sorted list lies below. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
