import { messageOf } from '../../errors.ts';
import type { ExceptionLedger, ExceptionSubject } from '../../ledger/exception-types.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import type { LateReceipt } from '../types.ts';
import { fileIdOf } from './sender.ts';
import type { AwaitedMdn, SentMessage, SentMessages } from './sent-messages.ts';

/** Where it is told what became of messages. */
export interface ReceiptHearers {
  readonly exceptions: Pick<ExceptionLedger, 'raise' | 'settleSubject'>;
  /**
   * What an MDN that came later says of a file that was sent. True where whoever sent it knows the file, and tells of a refusal
   * himself; may be told twice.
   */
  readonly answered: (fileId: string, receipt: LateReceipt) => Promise<boolean>;
}

export interface OverdueOptions extends ReceiptHearers {
  readonly sent: SentMessages;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells of MDNs that do not come. */
export interface OverdueMdns {
  /** Looks now, and every minute from then on. Never rejects. */
  look(): Promise<void>;
  stop(): void;
}

const EVERY = 60_000;

/**
 * An exception for each connection with messages whose MDN is overdue: MDN_OVERDUE. Each message is told of once. An MDN that
 * comes late takes its message off; the exception is resolved with the last.
 */
export function createOverdueMdns(options: OverdueOptions): OverdueMdns {
  const { sent, exceptions, clock, log } = options;
  let timer: NodeJS.Timeout | null = null;

  async function lookAt(mdn: AwaitedMdn): Promise<void> {
    const { messageId, connection, partnerId } = mdn;
    const now = clock.now();
    const receipt = (await sent.sent(messageId))?.receipt ?? null;
    if (receipt !== null) {
      // It came before the wait began, or whoever took it could not end the wait.
      await tellReceipt(mdn, receipt, options, now);
      await sent.endWait(messageId);
      return;
    }
    if (now < mdn.dueAt || mdn.toldAt !== null) return;
    const [taken, due] = [mdn.takenAt, mdn.dueAt].map((moment) => new Date(moment).toISOString());
    const text = `${connection}: the partner's server took ${messageId} at ${taken}, and no MDN for it came until ${due}.`;
    const subject = subjectOf(connection, messageId);
    await exceptions.raise({ code: 'MDN_OVERDUE', partnerId, scope: connection, text, subject }, now);
    log.error({ connection, messageId, taken, due }, 'An MDN is overdue.');
    await sent.recordAwaited({ ...mdn, toldAt: now });
  }

  const look = async (): Promise<void> => {
    timer ??= setInterval(() => void look(), EVERY).unref();
    try {
      for (const mdn of await sent.awaited()) await lookAt(mdn);
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'MDNs that are overdue could not be told of; they will be.');
    }
  };

  return {
    look,
    stop: () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}

/**
 * Tells what an MDN came to: nobody is missing it any more, and what the partner refused is an exception, DELIVERY_REFUSED, unless
 * whoever sent it knows better. May be told twice.
 */
export async function tellReceipt(
  { connection, partnerId, messageId }: Pick<AwaitedMdn, 'connection' | 'partnerId' | 'messageId'>,
  { result, reason }: NonNullable<SentMessage['receipt']>,
  { exceptions, answered }: ReceiptHearers,
  now: number,
): Promise<void> {
  await exceptions.settleSubject(subjectOf(connection, messageId).id, now);
  const fileId = fileIdOf(messageId);
  const known = fileId !== null && (await answered(fileId, { delivered: result === 'delivered', reason }));
  if (known || result !== 'refused') return;
  const text = `${connection}: ${messageId}: ${reason ?? 'The partner does not have it.'}`;
  const subject = { kind: 'connection', id: `${connection} ${messageId} refused`, fileId: null } as const;
  await exceptions.raise({ code: 'DELIVERY_REFUSED', partnerId, scope: connection, text, subject }, now);
}

function subjectOf(connection: string, messageId: string): ExceptionSubject {
  return { kind: 'connection', id: `${connection} ${messageId}`, fileId: null };
}
