import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Content, contentOf } from '../../cms/content.ts';
import { messageOf } from '../../errors.ts';
import type { Entity } from './mime/entity.ts';
import { createHeaders, type Header } from './mime/headers.ts';

/** What came back. */
export type Posted =
  | { readonly status: number; readonly entity: Entity }
  /** No answer: refused, timed out, cut off. The partner may have the message. */
  | { readonly status: null; readonly reason: string };

export interface PostOptions {
  /** Milliseconds until the answer is complete. */
  readonly deadline: number;
  /** Largest answer taken, in bytes. */
  readonly limit: number;
  /** Gives up when it is aborted. */
  readonly signal?: AbortSignal;
}

const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

/** Posts a body with its length, headers unfolded; redirections are not followed. Never throws for what the network does. */
export async function post(
  url: string,
  headers: readonly Header[],
  body: Content,
  options: PostOptions,
): Promise<Posted> {
  const late = AbortSignal.timeout(options.deadline);
  const signal = options.signal === undefined ? late : AbortSignal.any([late, options.signal]);
  try {
    const response = await send(new URL(url), headers, body, signal);
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const chunk of bytesOf(response)) {
      size += chunk.length;
      if (size > options.limit) return { status: null, reason: `The answer has more than ${options.limit} bytes.` };
      pieces.push(chunk);
    }
    const answer = contentOf(Buffer.concat(pieces));
    const entity = { headers: createHeaders(rawHeaders(response)), body: answer, whole: answer };
    return { status: response.statusCode ?? 0, entity };
  } catch (error) {
    const reason = late.aborted ? `No answer came within ${options.deadline / 1000} s.` : messageOf(error);
    return { status: null, reason };
  }
}

async function send(
  url: URL,
  headers: readonly Header[],
  body: Content,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  const request = (secure ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    agent: agents[secure ? 'https:' : 'http:'],
    signal,
  });
  for (const { name, value } of headers) request.setHeader(name, value);
  request.setHeader('content-length', body.size);
  const answered = once(request, 'response', { signal });
  const sending = pipeline(Readable.from(body.chunks(), { objectMode: false }), request);
  // A partner may answer, and refuse, before it has read everything.
  sending.catch(() => {});
  const [response]: [IncomingMessage] = await answered.then(([first]) => [first]);
  return response;
}

async function* bytesOf(response: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const chunk of response) yield Buffer.from(chunk);
}

function rawHeaders({ rawHeaders: raw }: IncomingMessage): readonly Header[] {
  const all: Header[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    all.push({ name: raw[index] ?? '', value: raw[index + 1] ?? '' });
  return all;
}
