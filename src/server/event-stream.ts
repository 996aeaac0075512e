import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { EventFilter, FeedEvent, Ledger } from '../ledger/types.ts';
import { type Bell, createBell } from '../util/bell.ts';
import type { Clock } from '../util/clock.ts';
import { feedCursor } from './cursors.ts';

/** Every open stream of server-sent events. */
export interface EventStreams {
  /** Sends events after a position, and then those recorded later, until the client leaves or `close` is called. */
  send(filter: EventFilter, after: number, response: Response): Promise<void>;
  /** Events were recorded: look at once. */
  notify(): void;
  /** Ends every stream; clients come back with the last id they saw. */
  close(): void;
}

/** Events read at a time; nothing is read while the client has not taken those before. */
const READ_AT_ONCE = 100;
/** Looks for events that another process recorded. */
const POLL_EVERY = 2_000;
/** Lets proxies and clients see that a quiet stream lives. */
const HEARTBEAT_EVERY = 15_000;

export function createEventStreams(ledger: Pick<Ledger, 'events'>, clock: Clock): EventStreams {
  const bells = new Set<Bell>();
  let closed = false;
  const ringAll = () => {
    for (const bell of bells) bell.ring();
  };
  return {
    send: async (filter, after, response) => {
      const bell = createBell();
      bells.add(bell);
      response.once('close', bell.ring);
      response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' }).flushHeaders();
      const frames = framesOf(ledger, filter, after, clock, bell, () => closed || response.closed);
      try {
        await pipeline(frames, response);
      } finally {
        bells.delete(bell);
      }
    },
    notify: ringAll,
    close: () => {
      closed = true;
      ringAll();
    },
  };
}

/** The stream as text. It is pulled: the next page is read when the last event of this one fits into the socket. */
async function* framesOf(
  ledger: Pick<Ledger, 'events'>,
  filter: EventFilter,
  after: number,
  clock: Clock,
  bell: Bell,
  ended: () => boolean,
): AsyncGenerator<string> {
  let position = after;
  let quietSince = clock.now();
  while (!ended()) {
    const page = await ledger.events(filter, position, READ_AT_ONCE);
    for (const item of page) {
      position = item.position;
      yield frameOf(item);
      quietSince = clock.now();
    }
    if (clock.now() - quietSince >= HEARTBEAT_EVERY) {
      yield ': heartbeat\n\n';
      quietSince = clock.now();
    }
    if (page.length < READ_AT_ONCE && !ended()) await bell.sleep(POLL_EVERY);
  }
}

function frameOf({ position, json }: FeedEvent): string {
  return `id: ${feedCursor(position)}\ndata: ${json}\n\n`;
}
