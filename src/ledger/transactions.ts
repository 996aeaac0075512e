import { type Kysely, sql } from 'kysely';
import { isPostgres } from './postgres-adapter.ts';
import type { LedgerTables } from './schema.ts';

/** The turn of whoever settles documents and gives events their positions. */
export const FEED = 'feed';
/** So often a transaction is tried when the database ends it for the sake of another one. */
const ATTEMPTS = 5;
/** PostgreSQL: two transactions waited for each other, or could not be put into an order. */
const CONFLICTS: readonly unknown[] = ['40P01', '40001'];

/** Runs one transaction; again when it lost a conflict with another one. `act` must do nothing but ask the database. */
export async function inTransaction<T>(
  db: Kysely<LedgerTables>,
  act: (trx: Kysely<LedgerTables>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(act);
    } catch (error) {
      if (attempt === ATTEMPTS || !lostConflict(error)) throw error;
    }
  }
}

function lostConflict(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && CONFLICTS.includes(cause.code);
}

/**
 * Inside a transaction: waits until no other transaction holds this name, and holds it to the end. SQLite has one
 * transaction at a time anyway. Whoever takes several names takes them in one call, so that all take them in one order.
 */
export async function takeTurn(trx: Kysely<LedgerTables>, ...names: readonly string[]): Promise<void> {
  if (!isPostgres(trx)) return;
  for (const name of [...new Set(names)].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
  }
}
