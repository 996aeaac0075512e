import { GatewayError } from '../../errors.ts';
import type { Clock } from '../../util/clock.ts';
import type { Ids } from '../../util/ids.ts';
import type { HttpClient } from '../http/client.ts';
import type { Receipt, SendingTransport } from '../types.ts';
import { buildMessage } from './build.ts';
import { type SendOutcome, sendMessage } from './send.ts';
import type { SentMessages } from './sent-messages.ts';
import type { Spool } from './spool.ts';
import type { As2Agreement } from './types.ts';

export interface SenderOptions {
  readonly agreement: As2Agreement;
  readonly client: HttpClient;
  readonly sent: SentMessages;
  readonly clock: Clock;
  readonly ids: Ids;
  /** A place for one message while it is sent. */
  readonly keep: () => Spool;
}

/** Until a partner has read a message and answered it, in milliseconds. */
const DEADLINE = 300_000;
const LARGEST_ANSWER = 4_194_304;

/** The Message-ID is made of the file's id, so that every attempt has the same one. */
function messageIdOf(fileId: string): string {
  return `<${fileId}@crossdock>`;
}

/** The id of the file that such a message was made of; null for the id of another message. */
export function fileIdOf(messageId: string): string | null {
  return /^<([^@]+)@crossdock>$/.exec(messageId)?.[1] ?? null;
}

/** Sends files as messages. */
export function createAs2Sender({ agreement, client, sent, clock, ids, keep }: SenderOptions): SendingTransport {
  return {
    connection: agreement.connection,
    partnerId: agreement.partnerId,
    send: async (file) => {
      const spool = keep();
      try {
        const body = await spool.keep(file.open(), Number.MAX_SAFE_INTEGER);
        if (body.size !== file.size) throw new Error(`${body.size} bytes came of ${file.size}.`);
        const message = await buildMessage([{ fileName: file.name, contentType: file.contentType, body }], agreement, {
          now: clock.now(),
          messageId: messageIdOf(file.id),
          boundary: () => `=_${ids('part')}`,
          keep: spool.keep,
          subject: 'Documents',
        });
        const outcome = await sendMessage(message, agreement, {
          client,
          sent,
          clock,
          deadline: DEADLINE,
          limit: LARGEST_ANSWER,
        });
        return receiptOf(message.messageId, outcome, agreement.connection);
      } finally {
        await spool.close();
      }
    },
    stop: async () => {},
  };
}

function receiptOf(reference: string, outcome: SendOutcome, connection: string): Receipt {
  switch (outcome.result) {
    case 'delivered':
      return { reference, confirmed: true, says: outcome.warning };
    case 'taken':
      return { reference, confirmed: true, says: 'no MDN was asked for' };
    case 'awaiting-mdn':
      return { reference, confirmed: false, says: null };
    case 'refused': {
      const remedy = 'Ask the partner why, and send it as a new message when that is mended.';
      throw new GatewayError('DELIVERY_REFUSED', `${connection}: ${outcome.reason} ${remedy}`);
    }
    case 'again':
      throw new GatewayError('CONNECTION_UNAVAILABLE', `${connection}: ${outcome.reason} It is tried again.`);
  }
}
