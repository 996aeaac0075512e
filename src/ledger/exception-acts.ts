import type { Kysely } from 'kysely';
import type { Ids } from '../util/ids.ts';
import { auditWithin } from './audit.ts';
import type { Act } from './exception-types.ts';
import { insertRows } from './rows.ts';
import type { ExceptionSubjectsTable, LedgerTables } from './schema.ts';
import { reopenFiles } from './settle.ts';
import { FEED, inTransaction, takeTurn } from './transactions.ts';
import { newWork } from './work.ts';

/** So many subjects are made due again in one transaction: others must get their turn at the ledger. */
const RETRIED_AT_ONCE = 500;

type Subject = Pick<ExceptionSubjectsTable, 'kind' | 'subject_id' | 'file_id'>;

/** See ExceptionLedger.resolveException. */
export async function resolveException(
  db: Kysely<LedgerTables>,
  id: string,
  resolution: string,
  { actor, at }: Act,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('exceptions')
      .set({ state: 'resolved', resolved_at: at, resolution })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await trx.updateTable('exception_subjects').set({ open: 0 }).where('exception_id', '=', id).execute();
    await auditWithin(trx, { actor, action: 'exception.resolved', target: id, details: { resolution } }, at);
    return true;
  });
}

/** See ExceptionLedger.assignException. */
export async function assignException(
  db: Kysely<LedgerTables>,
  id: string,
  assignee: string | null,
  { actor, at }: Act,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('exceptions')
      .set({ assignee })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const details = { assignee: assignee ?? '' };
    await auditWithin(trx, { actor, action: 'exception.assigned', target: id, details }, at);
    return true;
  });
}

/** See ExceptionLedger.retryException. */
export async function retryException(db: Kysely<LedgerTables>, ids: Ids, id: string, act: Act): Promise<number> {
  let retried = 0;
  for (let after: string | null = ''; after !== null; ) {
    const page: RetriedPage = await retryPage(db, ids, id, act, after);
    retried += page.retried;
    after = page.next;
  }
  return retried;
}

interface RetriedPage {
  readonly retried: number;
  /** The last subject of it; null when there are no more. */
  readonly next: string | null;
}

async function retryPage(
  db: Kysely<LedgerTables>,
  ids: Ids,
  id: string,
  { actor, at }: Act,
  after: string,
): Promise<RetriedPage> {
  return inTransaction(db, async (trx) => {
    await takeTurn(trx, FEED);
    const subjects = await trx
      .selectFrom('exception_subjects')
      .innerJoin('exceptions', 'exceptions.id', 'exception_subjects.exception_id')
      .select(['kind', 'subject_id', 'file_id'])
      .where('exception_id', '=', id)
      .where('subject_id', '>', after)
      .where('open', '=', 1)
      .where('exceptions.state', '=', 'open')
      .orderBy('subject_id')
      .limit(RETRIED_AT_ONCE)
      .execute();
    const retried =
      (await splitAgain(trx, ids, subjects, at)) +
      (await translateAgain(trx, ids, subjects, at)) +
      (await deliverAgain(trx, ids, subjects, at));
    if (retried > 0) {
      const details = { retried: String(retried) };
      await auditWithin(trx, { actor, action: 'exception.retried', target: id, details }, at);
    }
    const last = subjects.at(-1);
    return { retried, next: last === undefined || subjects.length < RETRIED_AT_ONCE ? null : last.subject_id };
  });
}

/** Settled files that were quarantined, whole or in an interchange, wait to be split again. */
async function splitAgain(
  db: Kysely<LedgerTables>,
  ids: Ids,
  subjects: readonly Subject[],
  at: number,
): Promise<number> {
  const fileIds = new Set(subjects.flatMap(({ kind, file_id }) => (kind === 'document' ? [] : (file_id ?? []))));
  let retried = 0;
  for (const fileId of fileIds) {
    const file = await db
      .updateTable('files')
      .set({ state: 'received', settled_at: null, split_at: null, reason_code: null, reason_text: null })
      .where('id', '=', fileId)
      .where('state', '<>', 'received')
      .where(({ or, and, eb, not, exists, selectFrom }) => {
        const interchanges = selectFrom('interchanges').select('interchanges.id').whereRef('file_id', '=', 'files.id');
        return or([
          and([eb('state', '=', 'quarantined'), not(exists(interchanges))]),
          exists(interchanges.where('interchanges.state', '=', 'quarantined')),
        ]);
      })
      .returning(['partner_id', 'connection'])
      .executeTakeFirst();
    if (file === undefined) continue;
    const turn = { partner: file.partner_id, lane: file.partner_id ?? file.connection };
    await insertRows(db, 'work', [{ ...newWork(ids, 'split', fileId, at, turn), epoch: AGAIN }]);
    retried += 1;
  }
  return retried;
}

/** Documents that were quarantined, or delivered unread, wait to be translated again. */
async function translateAgain(
  db: Kysely<LedgerTables>,
  ids: Ids,
  subjects: readonly Subject[],
  at: number,
): Promise<number> {
  const documentIds = subjects.filter(({ kind }) => kind === 'document').map(({ subject_id }) => subject_id);
  if (documentIds.length === 0) return 0;
  const documents = await db
    .updateTable('documents')
    .set({ state: 'received', settled_at: null, reason_code: null, reason_text: null })
    .where('id', 'in', documentIds)
    .where(({ or, and, eb }) =>
      or([eb('state', '=', 'quarantined'), and([eb('state', '=', 'processed'), eb('map_pin', 'is', null)])]),
    )
    // A file that is split again has its own say about its documents.
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('files')
          .select('files.id')
          .whereRef('files.id', '=', 'documents.file_id')
          .where('files.split_at', 'is not', null),
      ),
    )
    .returning(['id', 'partner_id', 'file_id'])
    .execute();
  await insertRows(
    db,
    'work',
    documents.map(({ id, partner_id }) => ({
      ...newWork(ids, 'translate', id, at, { partner: partner_id, lane: null }),
      epoch: AGAIN,
    })),
  );
  await reopenFiles(
    db,
    documents.map(({ file_id }) => file_id),
  );
  return documents.length;
}

/** Documents of ours that did not go out wait to be sent again, with the same bytes. */
async function deliverAgain(
  db: Kysely<LedgerTables>,
  ids: Ids,
  subjects: readonly Subject[],
  at: number,
): Promise<number> {
  const documentIds = subjects.filter(({ kind }) => kind === 'sent-document').map(({ subject_id }) => subject_id);
  if (documentIds.length === 0) return 0;
  const documents = await db
    .updateTable('sent_documents')
    .set({ state: 'queued', reason_code: null, reason_text: null })
    .where('id', 'in', documentIds)
    .where('state', '=', 'failed')
    .returning(['id', 'partner_id'])
    .execute();
  await insertRows(
    db,
    'work',
    documents.map(({ id, partner_id }) => ({
      ...newWork(ids, 'deliver', id, at, { partner: partner_id, lane: null }),
      epoch: AGAIN,
    })),
  );
  return documents.length;
}

/** Claims of work that was done before have an epoch above one: only they look for exceptions that may be over. */
const AGAIN = 1;
