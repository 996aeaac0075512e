import type { IncomingMessage, ServerResponse } from 'node:http';
import { blobTooLarge } from '../../archive/faults.ts';
import { type Content, contentOf } from '../../cms/content.ts';
import { GatewayError, messageOf } from '../../errors.ts';
import type { MessageKey, ReceivedMessage, StoredMdn } from '../../ledger/message-types.ts';
import { readAnswer } from './await-mdn.ts';
import { buildMdn } from './mdn-build.ts';
import { isMdn } from './mdn-read.ts';
import { askedMdn } from './mdn-request.ts';
import type { Entity } from './mime/entity.ts';
import { createHeaders, fitsHeader, type Header, type Headers } from './mime/headers.ts';
import { readName } from './names.ts';
import type { ReceiptHearers } from './overdue-mdns.ts';
import { type ReceiveParts, receiveMessage } from './receive.ts';
import type { SentMessages } from './sent-messages.ts';
import { createTee } from './tee.ts';
import type { As2Agreement } from './types.ts';

/** One connection that takes messages. */
export interface As2Line {
  readonly theirs: string;
  readonly ours: string;
  /** `as2:acme-3pl/main`. */
  readonly connection: string;
  /** Null while its certificates or keys cannot be read: then senders are asked to try again. */
  readonly agreement: As2Agreement | null;
}

export interface EndpointParts extends ReceiveParts, ReceiptHearers {
  readonly sent: SentMessages;
  /** Those of this moment. */
  readonly connections: () => readonly As2Line[];
  /** Makes the bytes of a message durable, as they came. `limit` bytes at most, more throws REQUEST_INVALID. */
  readonly store: (chunks: AsyncIterable<Buffer>, limit: number) => Promise<StoredBody>;
  /** Reads what was stored. */
  readonly stored: (sha256: string, size: number) => Content;
  /** Sends an MDN that is due elsewhere; called when the sender has its answer. */
  readonly deliver: (message: ReceivedMessage, mdn: StoredMdn) => void;
}

interface StoredBody {
  readonly sha256: string;
  readonly size: number;
}

/** What is answered; `after` is done when the sender has it. */
interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  readonly after?: () => void;
}

const EMPTY = Buffer.alloc(0);
/** Said twice, these could be understood in two ways. */
const ONCE = [
  'as2-from',
  'as2-to',
  'message-id',
  'content-type',
  'receipt-delivery-option',
  'disposition-notification-to',
];

/** `POST /as2`: messages and asynchronous MDNs of partners. It never throws for what a partner sends. */
export function createEndpoint(
  parts: EndpointParts,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const answer = await answerTo(request, parts).catch((error: unknown): Answer => {
      if (error instanceof GatewayError && error.code === 'REQUEST_INVALID') return text(413, error.message);
      parts.log.error({ error: messageOf(error) }, 'A message could not be received; its sender is to try again.');
      return { status: 503, headers: [{ name: 'Retry-After', value: '60' }], body: EMPTY };
    });
    // What was not read to its end cannot be told from the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    for (const { name, value } of answer.headers) response.setHeader(name, value);
    response.setHeader('content-length', answer.body.length);
    response.statusCode = answer.status;
    const { after } = answer;
    if (after !== undefined) response.once('finish', after);
    response.end(answer.body);
  };
}

async function answerTo(request: IncomingMessage, parts: EndpointParts): Promise<Answer> {
  const headers = headersOf(request);
  const twice = ONCE.find((name) => headers.all.filter((one) => one.name.toLowerCase() === name).length > 1);
  if (twice !== undefined) return text(400, `The header ${twice} stands twice.`);
  const key = keyOf(headers);
  if (typeof key === 'string') return text(400, key);
  const line = parts.connections().find(({ theirs, ours }) => theirs === key.theirs && ours === key.ours);
  if (line === undefined) {
    parts.log.warn({ from: key.theirs, to: key.ours }, 'A message came from nobody we know under these AS2 names.');
    return unknownPartner(key, headers, parts);
  }
  const { agreement, connection } = line;
  if (agreement === null) {
    throw new GatewayError('CONFIG_INVALID', `${connection}: its certificates or keys cannot be read.`);
  }
  const { message: limit } = agreement.limits;
  if (Number(headers.get('content-length') ?? 0) > limit) throw blobTooLarge(limit);
  const tee = createTee(request);
  const storing = parts.store(tee.chunks(), limit);
  // A body that is in memory is opened while it is stored; nobody waits for it yet.
  storing.catch(() => {});
  const body = (await tee.whole) ?? storedBody(await storing, parts);
  const entity: Entity = { headers, body, whole: body };
  if (await isMdn(entity)) {
    await storing;
    return readAnswer(entity, agreement, parts);
  }
  const message = await receiveMessage({ key, entity, stored: storing }, agreement, parts);
  const { mdn } = message;
  if (mdn === null) return { status: 204, headers: [], body: EMPTY };
  if (mdn.due === null) return { status: 200, headers: mdn.headers, body: mdn.body };
  return { status: 204, headers: [], body: EMPTY, after: () => parts.deliver(message, mdn) };
}

function storedBody({ sha256, size }: StoredBody, { stored }: Pick<EndpointParts, 'stored'>): Content {
  return stored(sha256, size);
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const all: Header[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    all.push({ name: rawHeaders[index] ?? '', value: (rawHeaders[index + 1] ?? '').trim() });
  }
  return createHeaders(all);
}

/** Who to whom under which id; a sentence when that is not said. */
function keyOf(headers: Headers): MessageKey | string {
  const theirs = readName(headers.get('as2-from') ?? '');
  const ours = readName(headers.get('as2-to') ?? '');
  const messageId = headers.get('message-id') ?? '';
  if (theirs === null || ours === null)
    return 'AS2-From and AS2-To must name sender and receiver, in 1 to 128 characters.';
  if (messageId === '' || messageId.length > 998 || !fitsHeader(messageId)) {
    return 'Message-ID must be there, with at most 998 printable characters.';
  }
  return { theirs, ours, messageId };
}

async function unknownPartner(key: MessageKey, headers: Headers, parts: EndpointParts): Promise<Answer> {
  if (askedMdn(headers) === null) return text(404, 'There is no partner of these AS2 names.');
  const id = parts.ids('mdn');
  const keep = async () => contentOf(EMPTY);
  const entity = await buildMdn(
    {
      recipient: key.ours,
      originalMessageId: key.messageId,
      disposition: { type: 'processed/error', modifier: 'unknown-trading-partner' },
      mic: null,
    },
    null,
    { now: parts.clock.now(), boundary: `=_${id}`, keep },
  );
  const body = await entity.body.bytes(0, entity.body.size);
  return { status: 200, headers: [{ name: 'Message-ID', value: `<${id}@crossdock>` }, ...entity.headers.all], body };
}

function text(status: number, sentence: string): Answer {
  return {
    status,
    headers: [{ name: 'Content-Type', value: 'text/plain; charset=utf-8' }],
    body: Buffer.from(`${sentence}\n`),
  };
}
