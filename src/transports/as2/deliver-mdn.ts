import { setTimeout as pause } from 'node:timers/promises';
import { contentOf } from '../../cms/content.ts';
import { messageOf } from '../../errors.ts';
import type { MessageLedger, ReceivedMessage, StoredMdn } from '../../ledger/message-types.ts';
import type { Log } from '../../util/log.ts';
import type { HttpClient } from '../http/client.ts';
import { post } from './post.ts';

export interface DelivererParts {
  readonly client: HttpClient;
  readonly messages: Pick<MessageLedger, 'undeliveredMdns' | 'mdnDelivered'>;
  readonly log: Log;
  /** Milliseconds before each further attempt. */
  readonly pauses: readonly number[];
  readonly deadline: number;
}

/** Sends asynchronous MDNs to their senders. */
export interface Deliverer {
  deliver(message: ReceivedMessage, mdn: StoredMdn): void;
  /** Sends what an earlier process left. */
  resume(): Promise<void>;
  /** Stops waiting between attempts; resolves when nothing runs any more. What is left stays due. */
  stop(): Promise<void>;
}

/** An answer to an MDN says nothing; more of it is not read. */
const LARGEST_ANSWER = 1_048_576;

export function createDeliverer({ client, messages, log, pauses, deadline }: DelivererParts): Deliverer {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function attempts(message: ReceivedMessage, mdn: StoredMdn, url: string): Promise<void> {
    const details = { connection: message.connection, messageId: message.messageId, url };
    for (const wait of [0, ...pauses]) {
      if (wait > 0) await pause(wait, undefined, { signal: stopping.signal });
      if (stopping.signal.aborted) return;
      const posted = await post(url, mdn.headers, contentOf(mdn.body), {
        client,
        sealed: true,
        deadline,
        limit: LARGEST_ANSWER,
        signal: stopping.signal,
      });
      if (posted.status !== null && posted.status >= 200 && posted.status <= 299) {
        await messages.mdnDelivered(message);
        return;
      }
      const why = posted.status === null ? posted.reason : `The answer was ${posted.status}.`;
      log.warn({ ...details, why }, 'An MDN could not be delivered; it is tried again.');
    }
    log.error(details, 'An MDN could not be delivered; the partner will send its message again.');
  }

  const deliver = (message: ReceivedMessage, mdn: StoredMdn): void => {
    if (mdn.due === null || stopping.signal.aborted) return;
    const run = attempts(message, mdn, mdn.due).catch((error: unknown) => {
      if (stopping.signal.aborted) return;
      const details = { connection: message.connection, messageId: message.messageId, error: messageOf(error) };
      log.error(details, 'An MDN could not be delivered, and is not tried again before a restart.');
    });
    running.add(run);
    void run.finally(() => running.delete(run));
  };

  return {
    deliver,
    resume: async () => {
      for (const message of await messages.undeliveredMdns()) if (message.mdn !== null) deliver(message, message.mdn);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
