import type { Kysely } from 'kysely';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';

/** Settles those of the files in which no document waits any more as processed. */
export async function settleFiles(db: Kysely<LedgerTables>, fileIds: readonly string[], now: number): Promise<void> {
  for (const ids of inLists([...new Set(fileIds)])) {
    await db
      .updateTable('files')
      .set({ state: 'processed', settled_at: now })
      .where('id', 'in', ids)
      .where('state', '=', 'received')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('documents')
              .select('documents.id')
              .whereRef('documents.file_id', '=', 'files.id')
              .where('documents.state', '=', 'received'),
          ),
        ),
      )
      .execute();
  }
}
