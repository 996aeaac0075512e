import { setImmediate } from 'node:timers/promises';
import { CompiledQuery, type Insertable, type Kysely } from 'kysely';
import { isPostgres } from './postgres-adapter.ts';
import type { LedgerTables } from './schema.ts';

/** How many values one statement may carry: SQLite takes 32,766, PostgreSQL 65,535. */
const MAX_PARAMETERS = 30_000;
/** Rows that one statement inserts. Few sizes, so that a statement is prepared once and known again. */
const MOST_ROWS = 128;
const ROWS_AT_ONCE = [MOST_ROWS, 64, 32, 16, 8, 4, 2, 1];

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
 * Inserts rows with few statements; with `ifNew` those whose key is there already are passed over.
 * Between statements the event loop gets a turn, so that a file of many thousand documents does not hold up the rest.
 */
export async function insertRows<T extends keyof LedgerTables>(
  db: Kysely<LedgerTables>,
  table: T,
  rows: readonly Insertable<LedgerTables[T]>[],
  ifNew = false,
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  for (let from = 0, size = 0; from < rows.length; from += size) {
    if (size === MOST_ROWS) await setImmediate();
    size = ROWS_AT_ONCE.find((count) => count <= rows.length - from) ?? 1;
    const values = rows
      .slice(from, from + size)
      .flatMap((row: Readonly<Record<string, unknown>>) => columns.map((column) => row[column]));
    await db.executeQuery(CompiledQuery.raw(insertion(table, columns, size, isPostgres(db), ifNew), values));
  }
}

/** The text is made here, as building it from parts takes longer than the database needs for the rows. */
function insertion(table: string, columns: readonly string[], rows: number, numbered: boolean, ifNew: boolean): string {
  let count = 0;
  const row = (): string => `(${columns.map(() => (numbered ? `$${++count}` : '?')).join()})`;
  const names = columns.map((column) => `"${column}"`).join();
  const conflict = ifNew ? ' on conflict do nothing' : '';
  return `insert into "${table}" (${names}) values ${Array.from({ length: rows }, row).join()}${conflict}`;
}
