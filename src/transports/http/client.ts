import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { GatewayError, messageOf } from '../../errors.ts';
import { refusedAddress, refuseInside } from './targets.ts';

/** What is asked of a server. */
export interface HttpAsk {
  readonly method: 'GET' | 'POST';
  /** Absolute; redirects are not followed. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Pieces come with their `content-length` among the headers. */
  readonly body?: string | AsyncIterable<Buffer>;
  /** What is sent protects itself, so that it may travel without TLS. */
  readonly sealed?: boolean;
  /** Largest answer taken, in bytes. */
  readonly largest: number;
  /** Milliseconds until the answer begins, where it takes longer than usual. */
  readonly patience?: number;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in small letters; of a header that came twice the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Asks servers of partners. All throw TARGET_REFUSED or CONNECTION_UNAVAILABLE; an answer of any status is an answer. */
export interface HttpClient {
  ask(ask: HttpAsk): Promise<HttpAnswer>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** Milliseconds that a server may be silent: to connect, before its headers, and between two pieces of its body. */
const PATIENCE = 30_000;

/**
 * A client that goes to public addresses alone, unless `allowPrivate`: a name is resolved, and the connection goes to the address
 * that was looked at, so that a name that changes meanwhile leads nowhere else.
 */
export function createHttpClient(options: {
  readonly allowPrivate: boolean;
  readonly patience?: number;
  /** Where a name leads; the system is asked unless told otherwise. */
  readonly resolve?: Resolve;
}): HttpClient {
  const { allowPrivate, patience = PATIENCE, resolve = lookup } = options;
  const agent = new Agent({
    connect: { timeout: patience, lookup: allowPrivate ? undefined : publicLookup(resolve) },
    headersTimeout: patience,
    bodyTimeout: patience,
  });
  return {
    ask: async ({ method, url, headers, body, sealed = false, largest, patience: wait = patience, signal }) => {
      if (!allowPrivate) refuseInside(url, sealed);
      try {
        const answer = await request(url, {
          method,
          headers,
          body: body === undefined || typeof body === 'string' ? (body ?? null) : Readable.from(body),
          signal: signal ?? null,
          headersTimeout: wait,
          dispatcher: agent,
        });
        return {
          status: answer.statusCode,
          headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, firstOf(value)])),
          body: await bytesOf(answer.body, largest, url),
        };
      } catch (cause) {
        if (cause instanceof GatewayError) throw cause;
        const refused = refusalIn(cause);
        if (refused !== null) throw refused;
        const what = `${url.origin} does not answer: ${messageOf(cause)}.`;
        throw new GatewayError('CONNECTION_UNAVAILABLE', `${what} It is tried again.`, { cause });
      }
    },
    close: () => agent.destroy(),
  };
}

/** All addresses of a name, as `lookup` of `node:dns` answers them. */
type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const refused = addresses.map(({ address }) => refusedAddress(address, hostname)).find((one) => one !== null);
      if (refused === undefined) callback(null, addresses);
      else callback(refused, '');
    });
  };
}

function refusalIn(thrown: unknown): GatewayError | null {
  if (thrown instanceof GatewayError) return thrown;
  return thrown instanceof Error && thrown.cause !== undefined ? refusalIn(thrown.cause) : null;
}

async function bytesOf(body: AsyncIterable<Buffer>, largest: number, { origin }: URL): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largest) {
      const what = `${origin} answers more than ${largest} bytes.`;
      throw new GatewayError('ANSWER_UNREADABLE', `${what} Ask for smaller pages, or raise "largest".`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function firstOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
