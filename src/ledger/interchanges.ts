import type { Kysely } from 'kysely';
import { toInterchange } from './codec.ts';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import type { AcceptedInterchange, Gap, NewInterchange } from './types.ts';

/** See Ledger.acceptedInterchanges. */
export async function acceptedInterchanges(
  db: Kysely<LedgerTables>,
  duplicateKeys: readonly string[],
): Promise<ReadonlyMap<string, AcceptedInterchange>> {
  const found = new Map<string, AcceptedInterchange>();
  for (const keys of inLists([...new Set(duplicateKeys)])) {
    const rows = await db
      .selectFrom('interchanges')
      .innerJoin('files', 'files.id', 'interchanges.file_id')
      .select(['interchanges.id', 'interchanges.duplicate_key', 'interchanges.content_hash', 'files.received_at'])
      .where('interchanges.duplicate_key', 'in', keys)
      .where('interchanges.state', '=', 'accepted')
      .execute();
    for (const { id, duplicate_key, content_hash, received_at } of rows) {
      const other = found.get(duplicate_key);
      if (other !== undefined && other.id > id) continue;
      found.set(duplicate_key, { id, contentHash: content_hash, receivedAt: received_at });
    }
  }
  return found;
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
