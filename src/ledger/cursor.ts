import { GatewayError } from '../errors.ts';
import type { Page } from './types.ts';

/** Where a page of a list ended: the list is sorted by time, then id, newest first. */
interface ListPosition {
  readonly at: number;
  readonly id: string;
}

/** An opaque text for a position. */
export function encodeCursor(position: ListPosition): string {
  return Buffer.from(JSON.stringify([position.at, position.id])).toString('base64url');
}

/** The position in a cursor; REQUEST_INVALID when the text is not one of ours. */
export function decodeCursor(cursor: string): ListPosition {
  const [at, id] = parseList(Buffer.from(cursor, 'base64url').toString());
  if (typeof at === 'number' && typeof id === 'string') return { at, id };
  throw new GatewayError(
    'REQUEST_INVALID',
    `Cursor "${cursor.slice(0, 99)}" is not one this list gave. Use the "next" of a page, unchanged, or none.`,
  );
}

function parseList(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** A page out of rows fetched with one more than the limit. */
export function pageOf<T>(rows: readonly T[], limit: number, position: (row: T) => ListPosition): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null };
}
