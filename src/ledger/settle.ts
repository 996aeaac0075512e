import type { Kysely } from 'kysely';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import type { FileState } from './types.ts';

/** What a file is called when its documents ended differently: the first of these that one of them is in. */
const PRECEDENCE: readonly Exclude<FileState, 'received'>[] = ['processed', 'quarantined', 'rejected', 'duplicate'];

/** Settles those of the files in which no document waits any more; a file of which nothing was processed tells why. */
export async function settleFiles(db: Kysely<LedgerTables>, fileIds: readonly string[], now: number): Promise<void> {
  for (const ids of inLists([...new Set(fileIds)])) {
    for (const state of PRECEDENCE) await settleAs(db, ids, state, now);
  }
}

/** Puts settled files back, whose documents a replay has settled otherwise: settleFiles decides anew, in the same transaction. */
export async function reopenFiles(db: Kysely<LedgerTables>, fileIds: readonly string[]): Promise<void> {
  for (const ids of inLists([...new Set(fileIds)])) {
    await db
      .updateTable('files')
      .set({ state: 'received', settled_at: null, reason_code: null, reason_text: null })
      .where('id', 'in', ids)
      .where('split_at', 'is not', null)
      .execute();
  }
}

async function settleAs(
  db: Kysely<LedgerTables>,
  ids: readonly string[],
  state: (typeof PRECEDENCE)[number],
  now: number,
): Promise<void> {
  await db
    .updateTable('files')
    .set(({ selectFrom }) => {
      const first = selectFrom('documents')
        .whereRef('documents.file_id', '=', 'files.id')
        .where('documents.state', '=', state)
        .orderBy('documents.start_byte')
        .limit(1);
      if (state === 'processed') return { state, settled_at: now };
      return {
        state,
        settled_at: now,
        reason_code: first.select('documents.reason_code'),
        reason_text: first.select('documents.reason_text'),
      };
    })
    .where('id', 'in', ids)
    .where('state', '=', 'received')
    .where(({ and, not, exists, selectFrom }) => {
      const documents = selectFrom('documents').select('documents.id').whereRef('documents.file_id', '=', 'files.id');
      return and([
        not(exists(documents.where('documents.state', '=', 'received'))),
        exists(documents.where('documents.state', '=', state)),
      ]);
    })
    .execute();
}
