import type { Arrival } from '../../src/transports/types.ts';

/** An arrival as a receiver saw it. */
export interface Seen {
  readonly name: string;
  readonly sourceKey: string;
  readonly text: string;
  readonly taken: boolean;
}

/** Reads an arrival to its end. */
export async function textOfArrival(arrival: Arrival): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of arrival.open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** A receiver for tests: reads and takes everything, and remembers what it saw. */
export function createReceiver(): {
  readonly seen: readonly Seen[];
  readonly offer: (arrivals: readonly Arrival[]) => Promise<void>;
} {
  const seen: Seen[] = [];
  return {
    seen,
    async offer(arrivals) {
      for (const arrival of arrivals) {
        const { name, sourceKey } = arrival;
        const text = await textOfArrival(arrival);
        seen.push({ name, sourceKey, text, taken: await arrival.take() });
      }
    },
  };
}
