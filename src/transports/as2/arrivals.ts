import { GatewayError } from '../../errors.ts';
import type { Arrival, ReceivingTransport } from '../types.ts';

/** A connection's way to the road: what HTTP brings is offered in batches, one at a time, as every transport does. */
export interface As2Intake extends ReceivingTransport {
  /** Resolves when the arrivals are durable. LEDGER_UNAVAILABLE when they could not be taken; the partner sends again. */
  bring(arrivals: readonly Arrival[]): Promise<void>;
}

interface Waiting {
  readonly arrivals: readonly Arrival[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Messages that come while an offer is under way share the next one, and its flush to disk. */
export function createIntake(connection: string, partnerId: string): As2Intake {
  let offer: ((arrivals: readonly Arrival[]) => Promise<void>) | null = null;
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function run(give: NonNullable<typeof offer>): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await give(batch.flatMap(({ arrivals }) => arrivals));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = null;
  }

  return {
    connection,
    partnerId,
    start: async (give) => {
      offer = give;
    },
    stop: async () => {
      offer = null;
      await running;
    },
    bring: async (arrivals) => {
      const give = offer;
      if (give === null) throw notTaken(connection);
      const taken = new Set<Arrival>();
      const watched = arrivals.map((arrival) => watching(arrival, taken));
      await new Promise<void>((resolve, reject) => {
        waiting.push({ arrivals: watched, resolve, reject });
        running ??= run(give);
      });
      if (taken.size < arrivals.length) throw notTaken(connection);
    },
  };
}

function watching(arrival: Arrival, taken: Set<Arrival>): Arrival {
  return {
    ...arrival,
    take: async () => {
      taken.add(arrival);
      return arrival.take();
    },
  };
}

function notTaken(connection: string): GatewayError {
  return new GatewayError('LEDGER_UNAVAILABLE', `${connection}: the documents of the message could not be stored.`);
}
