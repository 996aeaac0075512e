import { setImmediate } from 'node:timers/promises';
import type { Insertable, Kysely } from 'kysely';
import type { LedgerTables } from './schema.ts';

/** How many values one statement may carry: SQLite takes 32,766, PostgreSQL 65,535. */
const MAX_PARAMETERS = 30_000;
const MAX_ROWS = 500;

/** A list in pieces of at most `size`. */
export function chunksOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size));
  return chunks;
}

/** Pieces of a list that each fit into one `in (…)`. */
export function inLists<T>(list: readonly T[]): readonly (readonly T[])[] {
  return chunksOf(list, MAX_PARAMETERS);
}

/**
 * Inserts rows with few statements.
 * Between statements the event loop gets a turn, so that a file of many thousand documents does not hold up the rest.
 */
export async function insertRows<T extends keyof LedgerTables>(
  db: Kysely<LedgerTables>,
  table: T,
  rows: readonly Insertable<LedgerTables[T]>[],
): Promise<void> {
  const width = Object.keys(rows[0] ?? {}).length;
  const chunks = chunksOf(rows, Math.min(MAX_ROWS, Math.floor(MAX_PARAMETERS / Math.max(1, width))));
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0) await setImmediate();
    await db
      .insertInto(table)
      .values([...chunk])
      .execute();
  }
}
