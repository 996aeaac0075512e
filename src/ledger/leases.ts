import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema.ts';

/** See Ledger.takeLease. */
export async function takeLease(
  db: Kysely<LedgerTables>,
  name: string,
  holder: string,
  now: number,
  until: number,
): Promise<boolean> {
  const row = await db
    .insertInto('leases')
    .values({ name, holder, until })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until })
        .where(({ or, eb }) => or([eb('leases.until', '<=', now), eb('leases.holder', '=', holder)])),
    )
    .returning('name')
    .executeTakeFirst();
  return row !== undefined;
}

/** See Ledger.endLease. */
export async function endLease(db: Kysely<LedgerTables>, name: string, holder: string): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
}
