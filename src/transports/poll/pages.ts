import { GatewayError } from '../../errors.ts';
import type { Paging, PollConnection } from '../../partners/types.ts';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import { type PolledPage, readPage } from './items.ts';
import type { Login } from './login.ts';
import { movedBack, type PollMark } from './mark.ts';

/** More pages than these are a server that turns in circles. */
const MOST_PAGES = 100_000;

/** A page with the ETag of its answer. */
export interface FetchedPage extends PolledPage {
  readonly etag: string | null;
}

export interface PageSource {
  readonly connection: PollConnection;
  readonly client: HttpClient;
  readonly login: Login;
  /** Waits until the next request may go out. */
  readonly turn: () => Promise<void>;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/**
 * The pages of one look, first to last, none where the server says that nothing changed. Rejects with a GatewayError; one
 * of RATE_LIMITED carries in `cause` how many milliseconds the server wants to be left alone.
 */
export async function* pagesOf(source: PageSource, mark: PollMark): AsyncGenerator<FetchedPage> {
  const { connection } = source;
  const { paging } = connection;
  let url: URL | null = firstUrl(connection, mark);
  const seen = new Set<string>();
  for (let number = 0; url !== null; number++) {
    if (seen.has(url.href) || number === MOST_PAGES) {
      throw new GatewayError('ANSWER_UNREADABLE', `Page ${number + 1} leads back to one before. Mend "paging".`);
    }
    seen.add(url.href);
    const answer = await answerOf(source, url, number === 0 ? mark.etag : null);
    if (answer === null) return;
    const page = readPage(answer.body, {
      items: connection.items,
      id: connection.itemId,
      since: connection.since?.path ?? null,
    });
    yield { ...page, etag: answer.headers.etag ?? null };
    url = nextUrl(paging, url, answer, page, number);
  }
}

function firstUrl({ url, since, paging }: PollConnection, mark: PollMark): URL {
  const from = mark.since ?? since?.start ?? '';
  const text = url.replaceAll(
    '{since}',
    encodeURIComponent(movedBack(from, mark.since === null ? 0 : (since?.overlap ?? 0))),
  );
  const first = new URL(text);
  if (paging.by === 'page') first.searchParams.set(paging.parameter, String(paging.first));
  return first;
}

function nextUrl(paging: Paging, url: URL, answer: HttpAnswer, page: PolledPage, number: number): URL | null {
  switch (paging.by) {
    case 'none':
      return null;
    case 'cursor': {
      const cursor = page.text(paging.path);
      return cursor === null ? null : withParameter(url, paging.parameter, cursor);
    }
    case 'page':
      return page.items.length === 0 ? null : withParameter(url, paging.parameter, String(paging.first + number + 1));
    case 'link': {
      const link = paging.path === null ? linkOf(answer.headers.link ?? '') : page.text(paging.path);
      return link === null ? null : sameServer(url, link);
    }
  }
}

function withParameter(url: URL, parameter: string, value: string): URL {
  const next = new URL(url);
  next.searchParams.set(parameter, value);
  return next;
}

/** The target of `rel="next"` (RFC 8288). */
function linkOf(header: string): string | null {
  for (const part of header.split(/,(?=\s*<)/)) {
    const [, target] = /^\s*<([^>]*)>.*;\s*rel="?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.exec(part) ?? [];
    if (target !== undefined) return target;
  }
  return null;
}

/** Our login goes to the server that it is for, and to no other. */
function sameServer(url: URL, link: string): URL {
  const next = URL.parse(link, url.href);
  if (next !== null && next.origin === url.origin) return next;
  throw new GatewayError(
    'TARGET_REFUSED',
    `The next page is on another server than ${url.origin}. Ask the partner why.`,
  );
}

/** Null when nothing changed. */
async function answerOf(source: PageSource, url: URL, etag: string | null): Promise<HttpAnswer | null> {
  const { connection, client, login, turn } = source;
  for (let attempt = 1; ; attempt++) {
    await turn();
    const conditional = etag === null ? {} : { 'if-none-match': etag };
    const headers = { accept: 'application/json, application/xml', ...connection.headers, ...conditional };
    const answer = await client.ask({
      method: 'GET',
      url,
      headers: { ...headers, ...(await login.headers()) },
      largest: connection.largest,
      signal: source.signal,
    });
    if (answer.status === 200) return answer;
    if (answer.status === 304 || answer.status === 204) return null;
    if (answer.status === 401 && attempt === 1 && login.refused()) continue;
    throw refusalOf(url, answer);
  }
}

function refusalOf({ origin, pathname }: URL, { status, headers }: HttpAnswer): GatewayError {
  const where = `${origin}${pathname}`;
  if (status === 429 || (status === 503 && headers['retry-after'] !== undefined)) {
    const cause = retryAfter(headers['retry-after'] ?? '');
    return new GatewayError('RATE_LIMITED', `${where} wants to be asked less often (${status}). It is asked later.`, {
      cause,
    });
  }
  if (status === 401 || status === 403 || status === 407) {
    const remedy = 'Compare our login with what the partner gave out; the partner looks whether the account is open.';
    return new GatewayError('CONNECTION_LOGIN', `${where} refuses our login (${status}). ${remedy}`);
  }
  if (status >= 500 || status === 408) {
    return new GatewayError('CONNECTION_UNAVAILABLE', `${where} fails (${status}). It is tried again.`);
  }
  const remedy = 'Compare "url" with the partner\'s guide; redirects are not followed.';
  return new GatewayError('ANSWER_UNREADABLE', `${where} answers ${status}. ${remedy}`);
}

/** Milliseconds of a Retry-After in seconds; null when it says none. Dates are left to the backoff. */
function retryAfter(text: string): number | null {
  return /^[0-9]{1,6}$/.test(text) ? Number(text) * 1000 : null;
}
