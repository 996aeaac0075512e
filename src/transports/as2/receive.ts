import type { Keep } from '../../cms/content.ts';
import type { MessageKey, ReceivedMessage } from '../../ledger/message-types.ts';
import type { Clock } from '../../util/clock.ts';
import type { Ids } from '../../util/ids.ts';
import type { Log } from '../../util/log.ts';
import type { Arrival } from '../types.ts';
import { answerMdn, mdnTarget } from './answer.ts';
import type { Disposition } from './disposition.ts';
import { As2Failure } from './failure.ts';
import { type AskedMdn, askedMdn } from './mdn-request.ts';
import type { Entity } from './mime/entity.ts';
import { type OpenedMessage, openMessage } from './open.ts';
import { checkProtection } from './policy.ts';
import { createSpool } from './spool.ts';
import type { As2Agreement } from './types.ts';

/** What receiving needs. */
export interface ReceiveParts {
  /**
   * Makes a message durable, with its documents and its MDN; the documents at once, while the MDN is signed. Answers the
   * message that was accepted before under the same key, and nothing is recorded then; null when there is none.
   * LEDGER_UNAVAILABLE when that cannot be done now.
   */
  readonly take: (
    origin: { readonly connection: string; readonly partnerId: string },
    arrivals: readonly Arrival[],
    message: Promise<ReceivedMessage>,
  ) => Promise<ReceivedMessage | null>;
  /** Somebody waits for the answer to a message that has come whole. */
  readonly came: () => void;
  /** Folder for what is too large for memory. */
  readonly spoolFolder: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** A message that came. */
export interface Incoming {
  readonly key: MessageKey;
  readonly entity: Entity;
  /** The body as it came, when it is durable. */
  readonly stored: Promise<{ readonly sha256: string }>;
}

/** What a message came to, before it is answered. */
interface Outcome {
  readonly disposition: Disposition;
  readonly opened: OpenedMessage | null;
}

/**
 * Opens a message, checks it against the agreement, and brings it with its documents and its MDN to the road, which knows
 * whether it came before. When it returns all of that is durable. Throws only when something of ours failed; then the partner
 * must be told to try again.
 */
export async function receiveMessage(
  incoming: Incoming,
  agreement: As2Agreement,
  parts: ReceiveParts,
): Promise<ReceivedMessage> {
  parts.came();
  const spool = createSpool(parts.spoolFolder);
  try {
    const outcome = await open(incoming, agreement, parts, spool.keep);
    const arrivals = await arrivalsOf(outcome, incoming.key, agreement.connection);
    // The documents are stored while the MDN is signed.
    const answering = answered(outcome, incoming, agreement, parts);
    const taking = parts.take(agreement, arrivals, answering);
    // Both read what is let go of at the end.
    await Promise.allSettled([taking, answering]);
    const [earlier, message] = [await taking, await answering];
    return earlier === null ? message : await answeredBefore(earlier, message, outcome, incoming, agreement, parts);
  } finally {
    await spool.close();
  }
}

async function open(
  { key, entity, stored }: Incoming,
  agreement: As2Agreement,
  { log, clock }: ReceiveParts,
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
    checkProtection(opened, agreement, clock.now());
    return { disposition: { type: 'processed' }, opened };
  } catch (error) {
    if (!(error instanceof As2Failure)) throw error;
    const { connection } = agreement;
    const { sha256 } = await stored;
    log.warn({ connection, messageId: key.messageId, sha256, why: error.message }, 'A message was refused.');
    return { disposition: error.disposition, opened };
  }
}

/** The message with what it is answered. */
async function answered(
  { disposition, opened }: Outcome,
  incoming: Incoming,
  agreement: As2Agreement,
  parts: ReceiveParts,
): Promise<ReceivedMessage> {
  const { key, entity, stored } = incoming;
  const asked = askedMdn(entity.headers);
  const mdn = asked === null ? null : await answerMdn(disposition, opened, incoming, agreement, asked, parts);
  return {
    ...key,
    connection: agreement.connection,
    receivedAt: parts.clock.now(),
    sha256: (await stored).sha256,
    headers: entity.headers.all,
    disposition: dispositionText(disposition),
    accepted: isAccepted(disposition),
    content: opened === null ? null : await contentHash(opened),
    mdn,
  };
}

/** A message whose key is that of an accepted one: the same again, or another one, which must not replace it. */
async function answeredBefore(
  earlier: ReceivedMessage,
  message: ReceivedMessage,
  { opened }: Outcome,
  incoming: Incoming,
  agreement: As2Agreement,
  parts: ReceiveParts,
): Promise<ReceivedMessage> {
  const details = { connection: agreement.connection, messageId: message.messageId };
  // The same documents may have been encrypted anew.
  const same = earlier.sha256 === message.sha256 || (message.accepted && earlier.content === message.content);
  if (same) {
    parts.log.info(details, 'A message came again.');
    const again = answeredAgain(earlier, askedMdn(incoming.entity.headers), agreement);
    if (again !== null) return again;
  }
  if (!message.accepted) return message;
  if (same) return answered({ disposition: seenBefore(agreement), opened }, incoming, agreement, parts);
  const why = 'Another message came before under the same Message-ID; this one was kept and not processed.';
  parts.log.warn({ ...details, sha256: message.sha256, why }, 'A message was refused.');
  const disposition: Disposition = { type: 'processed/error', modifier: 'unexpected-processing-error' };
  return answered({ disposition, opened }, incoming, agreement, parts);
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

function isAccepted({ type }: Disposition): boolean {
  return type === 'processed';
}

async function contentHash({ mic }: OpenedMessage): Promise<string> {
  return (await mic('sha256')).toString('hex');
}

/** The documents of a message that is accepted. */
async function arrivalsOf(
  { disposition, opened }: Outcome,
  { messageId }: MessageKey,
  connection: string,
): Promise<readonly Arrival[]> {
  if (opened === null || !isAccepted(disposition)) return [];
  const content = await contentHash(opened);
  return opened.payloads.map(({ fileName, body }, index) => ({
    // The content is in the key, so that a forgery under the same id is never taken for the message.
    sourceKey: `${connection}/${messageId}/${index}|${content}`,
    name: fileName ?? `${messageId.replace(/[<>]/g, '').slice(0, 200)}${index === 0 ? '' : `-${index}`}`,
    size: body.size,
    open: () => body.chunks(),
    take: async () => true,
  }));
}
