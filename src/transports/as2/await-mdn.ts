import { DIGESTS } from '../../cms/algorithms.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import type { BuiltMessage } from './build.ts';
import { expectedOf, originalMessageIdOf, type Receipt, readReceipt } from './mdn-read.ts';
import type { Entity } from './mime/entity.ts';
import { type ReceiptHearers, tellReceipt } from './overdue-mdns.ts';
import type { SentMessage, SentMessages } from './sent-messages.ts';
import type { As2Agreement } from './types.ts';

interface AwaitParts extends ReceiptHearers {
  readonly sent: SentMessages;
  readonly clock: Clock;
  readonly log: Log;
}

/** What must be remembered before a message is posted whose MDN comes later. */
export async function rememberSent(
  { messageId, mic }: BuiltMessage,
  { connection }: As2Agreement,
  { sent, clock }: Pick<AwaitParts, 'sent' | 'clock'>,
): Promise<void> {
  const mics: Record<string, string> = {};
  for (const digest of DIGESTS) mics[digest] = (await mic(digest)).toString('hex');
  await sent.recordSent({ messageId, connection, sentAt: clock.now(), mics, receipt: null });
}

/** The partner's server took a message: its MDN is awaited from now on. */
export async function awaitMdn(
  { messageId }: BuiltMessage,
  { connection, partnerId, mdnWithin }: As2Agreement,
  { sent, clock }: Pick<AwaitParts, 'sent' | 'clock'>,
): Promise<void> {
  const takenAt = clock.now();
  await sent.recordAwaited({ messageId, connection, partnerId, takenAt, dueAt: takenAt + mdnWithin, toldAt: null });
}

/** Records what an MDN says of a message, wherever it came. */
export async function recordReceipt(
  message: SentMessage,
  receipt: Exclude<Receipt, { readonly result: 'no-receipt' }>,
  { sent, clock }: Pick<AwaitParts, 'sent' | 'clock'>,
): Promise<NonNullable<SentMessage['receipt']>> {
  const reason = receipt.result === 'delivered' ? receipt.warning : receipt.reason;
  const recorded = { result: receipt.result, reason, at: clock.now() };
  await sent.recordSent({ ...message, receipt: recorded });
  return recorded;
}

/** An asynchronous MDN: compared with what was sent, and recorded. The first one that says something decides. */
export async function readAnswer(
  entity: Entity,
  agreement: As2Agreement,
  parts: AwaitParts,
): Promise<{ readonly status: number; readonly headers: readonly []; readonly body: Buffer }> {
  const { sent: messages, clock, log } = parts;
  const taken = { status: 200, headers: [], body: Buffer.alloc(0) } as const;
  const details = { connection: agreement.connection };
  const messageId = await originalMessageIdOf(entity).catch(() => null);
  const sent = messageId === null ? null : await messages.sent(messageId);
  if (sent === null || sent.connection !== agreement.connection) {
    log.warn({ ...details, messageId }, 'An MDN came for a message that was not sent.');
    return taken;
  }
  const receipt = await readReceipt(
    entity,
    expectedOf({ messageId: sent.messageId, mic: micsOf(sent) }, agreement, clock.now()),
  );
  const result = { ...details, messageId, ...receipt };
  if (sent.receipt !== null) {
    log.warn(result, 'Another MDN came for a message that has one; the first one counts.');
    return taken;
  }
  if (receipt.result === 'no-receipt') {
    log.warn(result, 'An MDN came that proves nothing; a better one is waited for.');
    return taken;
  }
  const recorded = await recordReceipt(sent, receipt, parts);
  log.info(result, 'An MDN came.');
  await tellReceipt({ ...agreement, messageId: sent.messageId }, recorded, parts, clock.now());
  await messages.endWait(sent.messageId);
  return taken;
}

function micsOf({ mics }: SentMessage): BuiltMessage['mic'] {
  return async (digest) => Buffer.from(mics[digest] ?? '', 'hex');
}
