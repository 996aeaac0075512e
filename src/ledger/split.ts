import { type Kysely, sql } from 'kysely';
import type { Ids } from '../util/ids.ts';
import { reasonColumns, toDocumentColumns, toInterchangeColumns } from './codec.ts';
import { noteAcquitted } from './doubts.ts';
import { recordExceptions } from './exceptions.ts';
import { exceptionsOfSplits } from './exceptions-of.ts';
import { chunksOf, inLists, insertRows } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import { onlyQuarantined, settleSplitAgain } from './split-again.ts';
import { FEED, inTransaction, takeTurn } from './transactions.ts';
import type { Claim, FileState, SplitResult } from './types.ts';
import { endClaims, newWork } from './work.ts';

/** Rows of a file with many documents are made as they are written, not all at once. */
const ROWS_AT_ONCE = 512;

/** See Ledger.recordSplit. A file that was split already is left as it is; only its claim ends. */
export async function recordSplit(
  db: Kysely<LedgerTables>,
  ids: Ids,
  results: readonly { readonly claim: Claim; readonly result: SplitResult }[],
  now: number,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const claims = results.map(({ claim }) => claim);
    const held = await endClaims(trx, claims);
    await noteAcquitted(trx, claims, held, now);
    const ours = results.filter(({ claim }) => held.has(claim.workId)).map(({ result }) => result);
    const triedAgain = new Set(results.filter(({ claim }) => claim.epoch > 1).map(({ claim }) => claim.subjectId));
    const done = await filesSplitAlready(trx, ours);
    const found = ours.filter((result) => !done.has(result.fileId));
    const again = found.filter(({ fileId }) => triedAgain.has(fileId));
    const fresh = [...found.filter(({ fileId }) => !triedAgain.has(fileId)), ...(await onlyQuarantined(trx, again))];
    await insertRows(
      trx,
      'interchanges',
      fresh.flatMap((result) => result.interchanges.map(toInterchangeColumns)),
    );
    await insertRows(
      trx,
      'gaps',
      fresh.flatMap(({ fileId, gaps }) =>
        gaps.map(({ start, end, reason }) => ({ file_id: fileId, start_byte: start, end_byte: end, reason })),
      ),
    );
    const documents = fresh.flatMap((result) => result.documents);
    for (const chunk of chunksOf(documents, ROWS_AT_ONCE)) {
      await insertRows(
        trx,
        'documents',
        chunk.map((document) => toDocumentColumns(document, document.state === 'received' ? null : now)),
      );
      const waiting = chunk.filter((document) => document.state === 'received');
      await insertRows(
        trx,
        'work',
        waiting.map(({ id, partnerId }) => newWork(ids, 'translate', id, now, { partner: partnerId, lane: null })),
      );
    }
    await recordFileStates(trx, fresh, now);
    const files = again.map(({ fileId }) => fileId);
    if (files.length > 0) {
      await takeTurn(trx, FEED);
      await settleSplitAgain(trx, files, now);
    }
    await recordExceptions(trx, ids, await exceptionsOfSplits(trx, fresh), { subjects: [], files }, now);
  });
}

async function filesSplitAlready(
  db: Kysely<LedgerTables>,
  results: readonly SplitResult[],
): Promise<ReadonlySet<string>> {
  const done = new Set<string>();
  for (const fileIds of inLists(results.map((result) => result.fileId))) {
    const rows = await db
      .selectFrom('files')
      .select('id')
      .where('id', 'in', fileIds)
      .where('split_at', 'is not', null)
      .execute();
    for (const row of rows) done.add(row.id);
  }
  return done;
}

async function recordFileStates(db: Kysely<LedgerTables>, results: readonly SplitResult[], now: number): Promise<void> {
  for (const chunk of chunksOf(results, ROWS_AT_ONCE)) {
    const outcomes = chunk.map((result) => {
      const { reason_code, reason_text } = reasonColumns(result.reason);
      const documents = sql`cast(${result.documents.length} as integer)`;
      return sql`(${result.fileId}, ${stateAfterSplit(result)}, ${reason_code}, ${reason_text}, ${documents})`;
    });
    await sql`
      with outcomes (id, state, reason_code, reason_text, documents) as (values ${sql.join(outcomes)})
      update files set
        state = outcomes.state,
        reason_code = outcomes.reason_code,
        reason_text = outcomes.reason_text,
        split_at = ${now},
        settled_at = case when outcomes.state = 'received' then null else cast(${now} as bigint) end,
        documents_seen = outcomes.documents
      from outcomes
      where files.id = outcomes.id`.execute(db);
  }
}

/** A file waits as long as one of its documents does, and no longer. */
function stateAfterSplit(result: SplitResult): FileState {
  if (result.documents.some((document) => document.state === 'received')) return 'received';
  return result.state === 'received' ? 'processed' : result.state;
}
