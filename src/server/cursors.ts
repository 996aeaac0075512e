import { GatewayError } from '../errors.ts';
import type { Page } from '../ledger/types.ts';

/** The cursor that goes on after a position of the event feed. Opaque to callers, and never out of date. */
export function feedCursor(position: number): string {
  return encode('events', String(position));
}

/** The position of a feed cursor; REQUEST_INVALID when the text is none. */
export function feedPosition(cursor: string): number {
  const position = decode('events', cursor);
  if (/^\d{1,15}$/.test(position)) return Number(position);
  throw foreign(cursor);
}

/** A page of a list in memory, sorted by key. */
export function pageInMemory<T>(
  list: readonly T[],
  keyOf: (item: T) => string,
  after: string | undefined,
  limit: number,
): Page<T> {
  const last = after === undefined ? '' : decode('key', after);
  const rest = list.filter((item) => keyOf(item) > last).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const items = rest.slice(0, limit);
  const end = items.at(-1);
  return { items, next: end !== undefined && rest.length > limit ? encode('key', keyOf(end)) : null };
}

function encode(kind: string, value: string): string {
  return Buffer.from(`${kind}:${value}`).toString('base64url');
}

function decode(kind: string, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (text.startsWith(`${kind}:`)) return text.slice(kind.length + 1);
  throw foreign(cursor);
}

function foreign(cursor: string): GatewayError {
  const what = `Cursor "${cursor.slice(0, 99)}" is not one this list gave.`;
  return new GatewayError('REQUEST_INVALID', `${what} Use the "next" of a page, unchanged, or none.`);
}
