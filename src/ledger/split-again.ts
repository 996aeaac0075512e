import { type Kysely, sql } from 'kysely';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import { settleFiles } from './settle.ts';
import type { DocumentState, NewDocument, NewInterchange, SplitResult } from './types.ts';

/**
 * A file that was split before is split again for the sake of its quarantined interchanges: they and their documents go, and
 * what is found now takes their ids. Everything else that the file holds stays as it is.
 */
export async function onlyQuarantined(
  db: Kysely<LedgerTables>,
  results: readonly SplitResult[],
): Promise<readonly SplitResult[]> {
  const again: SplitResult[] = [];
  for (const result of results) {
    const before = await db
      .selectFrom('interchanges')
      .select(['id', 'ordinal', 'state'])
      .where('file_id', '=', result.fileId)
      .execute();
    if (before.length === 0) {
      again.push(result);
      continue;
    }
    const quarantined = before.filter(({ state }) => state === 'quarantined');
    const ids = new Map(quarantined.map(({ id, ordinal }) => [ordinal, id]));
    const documentIds = await removeInterchanges(db, [...ids.values()]);
    again.push(withIds(result, ids, documentIds));
  }
  return again;
}

/** Ids of documents, by that of their interchange and the byte where they begin. */
type DocumentIds = ReadonlyMap<string, string>;

async function removeInterchanges(db: Kysely<LedgerTables>, interchangeIds: readonly string[]): Promise<DocumentIds> {
  const ids = new Map<string, string>();
  for (const chunk of inLists(interchangeIds)) {
    const removed = await db
      .deleteFrom('documents')
      .where('interchange_id', 'in', chunk)
      .returning(['id', 'interchange_id', 'start_byte', 'state'])
      .execute();
    for (const [state, rows] of Map.groupBy(removed, (row) => row.state)) await takeOff(db, state, rows.length);
    for (const row of removed) ids.set(`${row.interchange_id} ${row.start_byte}`, row.id);
    await db.deleteFrom('interchanges').where('id', 'in', chunk).execute();
  }
  return ids;
}

/** The tallies count what is added and what changes; only here a document goes. */
async function takeOff(db: Kysely<LedgerTables>, state: DocumentState, count: number): Promise<void> {
  await db
    .insertInto('tallies')
    .values({ name: `documents ${state}`, shard: 0, count: -count })
    .onConflict((conflict) =>
      conflict.columns(['name', 'shard']).doUpdateSet({ count: sql`tallies.count + excluded.count` }),
    )
    .execute();
}

function withIds(
  result: SplitResult,
  interchangeIds: ReadonlyMap<number, string>,
  documentIds: DocumentIds,
): SplitResult {
  const renamed = new Map<string, string>();
  const interchanges = result.interchanges.flatMap((row): readonly NewInterchange[] => {
    const id = interchangeIds.get(row.ordinal);
    if (id === undefined) return [];
    renamed.set(row.id, id);
    return [{ ...row, id }];
  });
  const documents = result.documents.flatMap((row): readonly NewDocument[] => {
    const interchangeId = renamed.get(row.interchangeId);
    if (interchangeId === undefined) return [];
    return [{ ...row, interchangeId, id: documentIds.get(`${interchangeId} ${row.start}`) ?? row.id }];
  });
  return { ...result, interchanges, documents, gaps: [] };
}

/** After the new rows are in: files are what all their documents say, those of earlier times included. */
export async function settleSplitAgain(
  db: Kysely<LedgerTables>,
  fileIds: readonly string[],
  now: number,
): Promise<void> {
  for (const chunk of inLists(fileIds)) {
    const counted = await db
      .selectFrom('documents')
      .select(({ fn }) => ['file_id', fn.countAll<number>().as('count')])
      .where('file_id', 'in', chunk)
      .groupBy('file_id')
      .execute();
    for (const { file_id, count } of counted) {
      await db
        .updateTable('files')
        .set({ documents_seen: count, state: 'received', settled_at: null, reason_code: null, reason_text: null })
        .where('id', '=', file_id)
        .execute();
    }
  }
  await settleFiles(db, fileIds, now);
}
