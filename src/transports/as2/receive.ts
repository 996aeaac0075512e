import type { Keep } from '../../cms/content.ts';
import type { Clock } from '../../util/clock.ts';
import type { Ids } from '../../util/ids.ts';
import type { Log } from '../../util/log.ts';
import type { Arrival } from '../types.ts';
import { answerMdn, mdnTarget } from './answer.ts';
import type { As2Intake } from './arrivals.ts';
import type { Disposition } from './disposition.ts';
import { As2Failure } from './failure.ts';
import { type AskedMdn, askedMdn } from './mdn-request.ts';
import type { As2Messages, MessageKey, ReceivedMessage } from './messages.ts';
import type { Entity } from './mime/entity.ts';
import { type OpenedMessage, openMessage } from './open.ts';
import { checkProtection } from './policy.ts';
import { createSpool } from './spool.ts';
import type { As2Agreement } from './types.ts';

/** What receiving needs. */
export interface ReceiveParts {
  readonly messages: As2Messages;
  /** Folder for what is too large for memory. */
  readonly spoolFolder: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** A message whose body is durable already. */
export interface Incoming {
  readonly key: MessageKey;
  readonly entity: Entity;
  /** SHA-256 of the body as it came. */
  readonly sha256: string;
}

/** What a message came to, before it is answered. */
interface Outcome {
  readonly disposition: Disposition;
  readonly opened: OpenedMessage | null;
  /** It came before; nothing was done again. */
  readonly again: boolean;
}

/**
 * Opens a message, checks it against the agreement, brings its documents to the road, and records it with its MDN. When it
 * returns all of that is durable. Throws only when something of ours failed; then the partner must be told to try again.
 */
export async function receiveMessage(
  incoming: Incoming,
  agreement: As2Agreement,
  intake: As2Intake,
  parts: ReceiveParts,
): Promise<ReceivedMessage> {
  const { key, entity, sha256 } = incoming;
  const earlier = await parts.messages.received(key);
  const asked = askedMdn(entity.headers);
  const stored = earlier === null ? null : answeredAgain(earlier, asked, agreement);
  if (earlier?.accepted === true && earlier.sha256 === sha256 && stored !== null) {
    parts.log.info({ connection: agreement.connection, messageId: key.messageId }, 'A message came again.');
    return stored;
  }
  const spool = createSpool(parts.spoolFolder);
  try {
    const { disposition, opened, again } = await settle(incoming, agreement, earlier, intake, parts, spool.keep);
    if (again && stored !== null) return stored;
    const message: ReceivedMessage = {
      ...key,
      connection: agreement.connection,
      receivedAt: parts.clock.now(),
      sha256,
      headers: entity.headers.all,
      disposition: dispositionText(disposition),
      accepted: disposition.type === 'processed',
      content: opened === null ? null : (await opened.mic('sha256')).toString('hex'),
      mdn: asked === null ? null : await answerMdn(disposition, opened, incoming, agreement, asked, parts),
    };
    // A forgery under the id of a message that was taken must not replace it.
    if (earlier?.accepted !== true) await parts.messages.recordReceived(message);
    return message;
  } finally {
    await spool.close();
  }
}

async function settle(
  { key, entity, sha256 }: Incoming,
  agreement: As2Agreement,
  earlier: ReceivedMessage | null,
  intake: As2Intake,
  { log }: ReceiveParts,
  keep: Keep,
): Promise<Outcome> {
  let opened: OpenedMessage | null = null;
  try {
    const unsupported = askedMdn(entity.headers)?.unsupported ?? null;
    if (unsupported !== null) throw new As2Failure(unsupported, 'The MDN is asked for in a form that is not known.');
    opened = await openMessage(entity, {
      keys: agreement.ourKeys.map(({ value }) => value),
      signers: agreement.theirCertificates.map(({ value }) => value),
      limits: agreement.limits,
      keep,
    });
    checkProtection(opened, agreement);
    const content = (await opened.mic('sha256')).toString('hex');
    if (earlier?.accepted !== true) {
      await intake.bring(arrivalsOf(opened, key, agreement.connection, content));
      return { disposition: { type: 'processed' }, opened, again: false };
    }
    // The same documents, encrypted anew.
    if (earlier.content === content) return { disposition: seenBefore(agreement), opened, again: true };
    throw new As2Failure(
      { type: 'processed/error', modifier: 'unexpected-processing-error' },
      'Another message came before under the same Message-ID; this one was kept and not processed.',
    );
  } catch (error) {
    if (!(error instanceof As2Failure)) throw error;
    const { connection } = agreement;
    log.warn({ connection, messageId: key.messageId, sha256, why: error.message }, 'A message was refused.');
    return { disposition: error.disposition, opened, again: false };
  }
}

/** The first answer again; null where another one is due: a warning, or the first one that is asked for. */
function answeredAgain(
  earlier: ReceivedMessage,
  asked: AskedMdn | null,
  agreement: As2Agreement,
): ReceivedMessage | null {
  if (asked === null) return { ...earlier, mdn: null };
  if (agreement.duplicates === 'warning' || earlier.mdn === null) return null;
  return { ...earlier, mdn: { ...earlier.mdn, due: mdnTarget(asked, agreement) } };
}

function seenBefore({ duplicates }: As2Agreement): Disposition {
  return duplicates === 'warning'
    ? { type: 'processed/warning', modifier: 'duplicate-document' }
    : { type: 'processed' };
}

function dispositionText(disposition: Disposition): string {
  return disposition.type === 'processed' ? 'processed' : `${disposition.type}: ${disposition.modifier}`;
}

function arrivalsOf(
  { payloads }: OpenedMessage,
  { messageId }: MessageKey,
  connection: string,
  content: string,
): readonly Arrival[] {
  return payloads.map(({ fileName, body }, index) => ({
    // The content is in the key, so that a forgery under the same id is never taken for the message.
    sourceKey: `${connection}/${messageId}/${index}|${content}`,
    name: fileName ?? `${messageId.replace(/[<>]/g, '').slice(0, 200)}${index === 0 ? '' : `-${index}`}`,
    size: body.size,
    open: () => body.chunks(),
    take: async () => true,
  }));
}
