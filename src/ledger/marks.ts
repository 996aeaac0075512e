import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema.ts';

/** How far a polled source has been read; null when it never was. */
export async function findMark(db: Kysely<LedgerTables>, connection: string): Promise<string | null> {
  const row = await db.selectFrom('marks').select('mark').where('connection', '=', connection).executeTakeFirst();
  return row?.mark ?? null;
}

export async function setMark(db: Kysely<LedgerTables>, connection: string, mark: string): Promise<void> {
  await db
    .insertInto('marks')
    .values({ connection, mark })
    .onConflict((conflict) => conflict.column('connection').doUpdateSet({ mark }))
    .execute();
}
