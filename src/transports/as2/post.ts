import { type Content, contentOf } from '../../cms/content.ts';
import { GatewayError, messageOf } from '../../errors.ts';
import type { HttpClient } from '../http/client.ts';
import type { Entity } from './mime/entity.ts';
import { createHeaders, type Header } from './mime/headers.ts';

/** What came back. */
export type Posted =
  | { readonly status: number; readonly entity: Entity }
  /** No answer: refused, timed out, cut off. The partner may have the message. */
  | { readonly status: null; readonly reason: string };

export interface PostOptions {
  readonly client: HttpClient;
  /** Encrypted, or nothing that anybody may not read: it may travel without TLS. */
  readonly sealed: boolean;
  /** Milliseconds until the answer is complete. */
  readonly deadline: number;
  /** Largest answer taken, in bytes. */
  readonly limit: number;
  /** Gives up when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Posts a body with its length, headers unfolded; redirections are not followed. Never throws for what the network does;
 * TARGET_REFUSED when the address is not one that may be asked.
 */
export async function post(
  url: string,
  headers: readonly Header[],
  body: Content,
  { client, sealed, deadline, limit, signal }: PostOptions,
): Promise<Posted> {
  const late = AbortSignal.timeout(deadline);
  try {
    const answer = await client.ask({
      method: 'POST',
      url: new URL(url),
      headers: {
        ...Object.fromEntries(headers.map(({ name, value }) => [name, value])),
        'Content-Length': String(body.size),
      },
      body: body.chunks(),
      sealed,
      largest: limit,
      patience: deadline,
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
    });
    const content = contentOf(answer.body);
    const answered = Object.entries(answer.headers).map(([name, value]) => ({ name, value }));
    return { status: answer.status, entity: { headers: createHeaders(answered), body: content, whole: content } };
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'TARGET_REFUSED') throw error;
    return { status: null, reason: late.aborted ? `No answer came within ${deadline / 1000} s.` : messageOf(error) };
  }
}
