import { Agent, type IncomingMessage, request } from 'node:http';
import { contentOf, gather } from '../src/cms/content.ts';
import { type BuiltMessage, buildMessage } from '../src/transports/as2/build.ts';
import { expectedOf, readReceipt } from '../src/transports/as2/mdn-read.ts';
import { createHeaders } from '../src/transports/as2/mime/headers.ts';
import type { Spool } from '../src/transports/as2/spool.ts';
import type { As2Agreement } from '../src/transports/as2/types.ts';

/** A message that is ready to go out: nothing of it is made while the clock runs. */
export interface ReadyMessage extends Pick<BuiltMessage, 'messageId' | 'mic'> {
  readonly headers: Readonly<Record<string, string>>;
  /** As few pieces as there are: one, but for a large message. */
  readonly body: () => AsyncIterable<Buffer> | readonly Buffer[];
}

/** What came back, not looked at yet. */
export interface Answer {
  readonly message: ReadyMessage;
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** From the first byte sent to the last byte received. */
  readonly milliseconds: number;
}

/** A document as a message to the gateway, signed and encrypted. */
export async function readyMessage(
  document: Buffer,
  id: string,
  agreement: As2Agreement,
  spool: Spool,
): Promise<ReadyMessage> {
  let boundaries = 0;
  const { headers, body, messageId, mic } = await buildMessage(
    [{ fileName: `${id}.edi`, contentType: 'application/edi-x12', body: contentOf(document) }],
    agreement,
    {
      now: Date.now(),
      messageId: `<${id}@bench>`,
      boundary: () => `=_${id}-${++boundaries}`,
      keep: spool.keep,
      subject: 'Benchmark',
    },
  );
  // The MIC is known before, as whoever sends has it at hand.
  await mic('sha256');
  const small = document.length < 1_000_000 ? [await gather(body.chunks())] : null;
  return {
    messageId,
    mic,
    headers: {
      ...Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      'Content-Length': String(body.size),
    },
    body: () => small ?? body.chunks(),
  };
}

/** Posts all of them, so many at once, each over a connection that stays open. */
export async function postAll(
  url: string,
  messages: readonly ReadyMessage[],
  senders: number,
): Promise<readonly Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: senders });
  const left = [...messages];
  const answers: Answer[] = [];
  const one = async (): Promise<void> => {
    for (let message = left.pop(); message !== undefined; message = left.pop()) {
      answers.push(await post(url, message, agent));
    }
  };
  await Promise.all(Array.from({ length: senders }, one));
  agent.destroy();
  return answers;
}

async function post(url: string, message: ReadyMessage, agent: Agent): Promise<Answer> {
  const began = performance.now();
  const sending = request(url, { method: 'POST', agent, headers: message.headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sending.on('response', resolve);
    sending.on('error', reject);
  });
  for await (const chunk of message.body()) {
    if (!sending.write(chunk)) await new Promise((resolve) => sending.once('drain', resolve));
  }
  sending.end();
  const response = await answered;
  const pieces: Buffer[] = [];
  for await (const chunk of response) pieces.push(Buffer.from(chunk));
  const { statusCode: status = 0, rawHeaders } = response;
  return { message, status, rawHeaders, body: Buffer.concat(pieces), milliseconds: performance.now() - began };
}

/** Throws unless every answer is an MDN that is signed by the gateway, accepts its message and has its MIC. */
export async function verifyAll(answers: readonly Answer[], agreement: As2Agreement): Promise<void> {
  for (const { message, status, rawHeaders, body } of answers) {
    const names = rawHeaders.filter((_, index) => index % 2 === 0);
    const headers = createHeaders(names.map((name, index) => ({ name, value: rawHeaders[2 * index + 1] ?? '' })));
    const content = contentOf(body);
    const receipt = await readReceipt(
      { headers, body: content, whole: content },
      expectedOf(message, agreement, Date.now()),
    );
    if (status === 200 && receipt.result === 'delivered') continue;
    throw new Error(`${message.messageId} was answered ${status}, and came to this: ${JSON.stringify(receipt)}`);
  }
}
