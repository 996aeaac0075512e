import type { Kysely } from 'kysely';
import { toInterchange } from './codec.ts';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import type { Gap, Ledger, NewInterchange } from './types.ts';

/** See Ledger.findAcceptedInterchange; the latest when there are several. */
export async function findAcceptedInterchange(
  db: Kysely<LedgerTables>,
  duplicateKey: string,
  since: number,
): ReturnType<Ledger['findAcceptedInterchange']> {
  const row = await db
    .selectFrom('interchanges')
    .innerJoin('files', 'files.id', 'interchanges.file_id')
    .select(['interchanges.id', 'interchanges.content_hash'])
    .where('interchanges.duplicate_key', '=', duplicateKey)
    .where('interchanges.state', '=', 'accepted')
    .where('files.received_at', '>=', since)
    .orderBy('interchanges.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, contentHash: row.content_hash };
}

/** See Ledger.interchangesByIds. */
export async function interchangesByIds(
  db: Kysely<LedgerTables>,
  ids: readonly string[],
): Promise<readonly NewInterchange[]> {
  const found: NewInterchange[] = [];
  for (const chunk of inLists(ids)) {
    const rows = await db.selectFrom('interchanges').selectAll().where('id', 'in', chunk).execute();
    for (const row of rows) found.push(toInterchange(row));
  }
  return found;
}

/** See Ledger.interchangesOf; in the order of the file. */
export async function interchangesOf(db: Kysely<LedgerTables>, fileId: string): Promise<readonly NewInterchange[]> {
  const rows = await db
    .selectFrom('interchanges')
    .selectAll()
    .where('file_id', '=', fileId)
    .orderBy('ordinal')
    .execute();
  return rows.map(toInterchange);
}

/** See Ledger.gapsOf; in the order of the file. */
export async function gapsOf(db: Kysely<LedgerTables>, fileId: string): Promise<readonly Gap[]> {
  const rows = await db.selectFrom('gaps').selectAll().where('file_id', '=', fileId).orderBy('start_byte').execute();
  return rows.map((row) => ({ reason: row.reason, start: row.start_byte, end: row.end_byte }));
}
