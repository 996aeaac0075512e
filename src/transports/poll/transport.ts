import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { GatewayError, messageOf } from '../../errors.ts';
import { connectionName } from '../../partners/connection-name.ts';
import type { PollConnection } from '../../partners/types.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import { type Breaker, createBreaker } from '../breaker.ts';
import type { HttpClient } from '../http/client.ts';
import type { Arrival, ReceivingTransport } from '../types.ts';
import type { PolledItem } from './items.ts';
import { createLogin } from './login.ts';
import { later, type Marks, type PollMark, parseMark } from './mark.ts';
import { pagesOf } from './pages.ts';

export interface PollTransportOptions {
  readonly connection: PollConnection;
  readonly partnerId: string;
  readonly client: HttpClient;
  readonly secrets: (name: string) => string;
  readonly marks: Marks;
  readonly clock: Clock;
  readonly log: Log;
  /** Documents in one offer, at most. */
  readonly batch: number;
  /** Between 0 and 1, so that many pollers do not ask in step. */
  readonly random: () => number;
  /** Says when to look again after a failure; one that tells nobody unless told otherwise. */
  readonly breaker?: Breaker;
}

/** A look begins up to a tenth of `every` later. */
const JITTER = 0.1;

/**
 * Asks a partner's API for what is new. The watermark moves only when all pages of a look are durable; what a look brings
 * again is known by id and content, and is no second file. A document that changed is a new one.
 */
export function createPollTransport(options: PollTransportOptions): ReceivingTransport {
  const { connection, partnerId, client, clock, log, marks, batch, breaker = createBreaker() } = options;
  const id = connectionName('poll', partnerId, connection.id);
  const login = createLogin(connection.login, options.secrets, client, clock);
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let lastAsked = Number.NEGATIVE_INFINITY;
  let fault: string | null = null;

  const turn = async (): Promise<void> => {
    await pause(lastAsked + connection.pause - clock.now(), stopping.signal);
    stopping.signal.throwIfAborted();
    lastAsked = clock.now();
  };

  async function look(offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<void> {
    const mark = parseMark(await marks.mark(id));
    let since = mark.since;
    let etag: string | null = null;
    let first = true;
    for await (const page of pagesOf({ connection, client, login, turn, signal: stopping.signal }, mark)) {
      if (first) etag = page.etag;
      first = false;
      for (let from = 0; from < page.items.length; from += batch) {
        stopping.signal.throwIfAborted();
        await offer(page.items.slice(from, from + batch).map((item) => arrivalOf(id, item)));
      }
      for (const item of page.items) since = later(since, item.since);
    }
    const next: PollMark = first ? mark : { since, etag };
    if (next.since !== mark.since || next.etag !== mark.etag) await marks.setMark(id, JSON.stringify(next));
  }

  async function run(offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      let wait = connection.every * (1 + JITTER * options.random());
      try {
        await look(offer);
        if (fault !== null) log.info({ connection: id }, 'The API works again.');
        fault = null;
        breaker.well();
      } catch (error) {
        if (stopping.signal.aborted) return;
        const message = messageOf(error);
        if (message !== fault)
          log.error({ connection: id, error: message }, 'The API could not be read; it is tried again.');
        fault = message;
        wait = Math.max(wantedPause(error), breaker.failed(error));
      }
      await pause(wait, stopping.signal);
    }
  }

  return {
    connection: id,
    partnerId,
    start: async (offer) => {
      running = run(offer);
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** What the server itself asked for. */
function wantedPause(error: unknown): number {
  if (!(error instanceof GatewayError) || error.code !== 'RATE_LIMITED') return 0;
  return typeof error.cause === 'number' ? error.cause : 0;
}

function arrivalOf(connection: string, { bytes, format, id }: PolledItem): Arrival {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    sourceKey: `${connection}:${id ?? ''}:${sha256}`,
    name: `${id ?? sha256.slice(0, 16)}.${format}`,
    size: bytes.length,
    async *open() {
      yield bytes;
    },
    // Nothing is taken away from an API: the watermark moves on.
    take: async () => true,
  };
}

/** Resolves after so many milliseconds, or at once when the signal ends it. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await setTimeout(milliseconds, undefined, { signal }).catch(() => {});
}
