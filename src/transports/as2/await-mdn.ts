import { DIGESTS } from '../../cms/algorithms.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import type { BuiltMessage } from './build.ts';
import { expectedOf, originalMessageIdOf, type Receipt, readReceipt } from './mdn-read.ts';
import type { Entity } from './mime/entity.ts';
import type { SentMessage, SentMessages } from './sent-messages.ts';
import type { As2Agreement } from './types.ts';

interface AwaitParts {
  readonly sent: SentMessages;
  readonly clock: Clock;
  readonly log: Log;
}

/** What must be remembered before a message is posted whose MDN comes later. */
export async function awaitMdn(
  { messageId, mic }: BuiltMessage,
  { connection }: As2Agreement,
  { sent, clock }: Pick<AwaitParts, 'sent' | 'clock'>,
): Promise<void> {
  const mics: Record<string, string> = {};
  for (const digest of DIGESTS) mics[digest] = (await mic(digest)).toString('hex');
  await sent.recordSent({ messageId, connection, sentAt: clock.now(), mics, receipt: null });
}

/** An asynchronous MDN: compared with what was sent, and recorded. The first one that says something decides. */
export async function readAnswer(
  entity: Entity,
  agreement: As2Agreement,
  { sent: messages, clock, log }: AwaitParts,
): Promise<{ readonly status: number; readonly headers: readonly []; readonly body: Buffer }> {
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
  await messages.recordSent({ ...sent, receipt: { ...receiptFacts(receipt), at: clock.now() } });
  log.info(result, 'An MDN came.');
  return taken;
}

function micsOf({ mics }: SentMessage): BuiltMessage['mic'] {
  return async (digest) => Buffer.from(mics[digest] ?? '', 'hex');
}

function receiptFacts(receipt: Receipt): { readonly result: string; readonly reason: string | null } {
  return { result: receipt.result, reason: receipt.result === 'delivered' ? receipt.warning : receipt.reason };
}
