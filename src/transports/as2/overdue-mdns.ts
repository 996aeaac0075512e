import { messageOf } from '../../errors.ts';
import type { ExceptionLedger, ExceptionSubject } from '../../ledger/exception-types.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import type { AwaitedMdn, SentMessage, SentMessages } from './sent-messages.ts';

export interface OverdueOptions {
  readonly sent: SentMessages;
  readonly exceptions: Pick<ExceptionLedger, 'raise' | 'settleSubject'>;
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
export function createOverdueMdns({ sent, exceptions, clock, log }: OverdueOptions): OverdueMdns {
  let timer: NodeJS.Timeout | null = null;

  async function lookAt(mdn: AwaitedMdn): Promise<void> {
    const { messageId, connection, partnerId } = mdn;
    const now = clock.now();
    const receipt = (await sent.sent(messageId))?.receipt ?? null;
    if (receipt !== null) {
      // It came before the wait began, or whoever took it could not end the wait.
      await tellReceipt(mdn, receipt, exceptions, now);
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
 * Tells what an MDN came to: nobody is missing it any more, and what the partner refused is an exception, DELIVERY_REFUSED.
 * May be told twice.
 */
export async function tellReceipt(
  { connection, partnerId, messageId }: Pick<AwaitedMdn, 'connection' | 'partnerId' | 'messageId'>,
  { result, reason }: NonNullable<SentMessage['receipt']>,
  exceptions: OverdueOptions['exceptions'],
  now: number,
): Promise<void> {
  await exceptions.settleSubject(subjectOf(connection, messageId).id, now);
  if (result !== 'refused') return;
  const text = `${connection}: ${messageId}: ${reason ?? 'The partner does not have it.'}`;
  const subject = { kind: 'connection', id: `${connection} ${messageId} refused`, fileId: null } as const;
  await exceptions.raise({ code: 'DELIVERY_REFUSED', partnerId, scope: connection, text, subject }, now);
}

function subjectOf(connection: string, messageId: string): ExceptionSubject {
  return { kind: 'connection', id: `${connection} ${messageId}`, fileId: null };
}
