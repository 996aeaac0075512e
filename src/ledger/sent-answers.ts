import type { Kysely, Selectable } from 'kysely';
import { type SentState, stateAfter } from '../edi/acknowledge/sent-state.ts';
import type { Ids } from '../util/ids.ts';
import { reasonColumns } from './codec.ts';
import type { NewException } from './exception-types.ts';
import { recordExceptions, settleSubjects } from './exceptions.ts';
import type { DeliveryReceipt, SentAnswer, SentDocumentState } from './outbound-types.ts';
import { insertRows } from './rows.ts';
import type { LedgerTables, SentDocumentsTable } from './schema.ts';
import { inTransaction, takeTurn } from './transactions.ts';
import type { Claim } from './types.ts';
import { endClaims, newWork } from './work.ts';

type Row = Selectable<SentDocumentsTable>;

/** See OutboundLedger.recordDelivery. An answer that was faster than this stays. */
export async function recordDelivery(
  db: Kysely<LedgerTables>,
  ids: Ids,
  claim: Claim,
  receipt: DeliveryReceipt | null,
  now: number,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const row = await lockRow(trx, claim.subjectId);
    if (!(await endClaims(trx, [claim])).has(claim.workId) || row === null || receipt === null) return;
    const { reference, confirmed, says } = receipt;
    const state = row.state === 'queued' ? (confirmed ? 'transport-confirmed' : 'sent') : row.state;
    const answered = row.answered_at ?? (confirmed && row.expects === 'MDN' ? now : null);
    await trx
      .updateTable('sent_documents')
      .set({ state, sent_at: now, reference, says, answered_at: answered })
      .where('id', '=', row.id)
      .execute();
    if (row.expects_within !== null && answered === null) {
      const turn = { partner: row.partner_id, lane: null };
      await insertRows(trx, 'work', [newWork(ids, 'expect', row.id, now + row.expects_within, turn)]);
    }
    if (claim.epoch > 1) await settleSubjects(trx, [row.id], now);
  });
}

/** See OutboundLedger.recordAnswers. */
export async function recordAnswers(
  db: Kysely<LedgerTables>,
  ids: Ids,
  claim: Claim,
  answers: readonly SentAnswer[],
  exceptions: readonly NewException[],
  now: number,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const order = answers.toSorted((a, b) => (a.documentId < b.documentId ? -1 : 1));
    await takeTurn(trx, ...order.map(({ documentId }) => turnOf(documentId)));
    if (!(await endClaims(trx, [claim])).has(claim.workId)) return;
    for (const answer of order) await settle(trx, ids, answer, now);
    await recordExceptions(trx, ids, exceptions, { subjects: [claim.subjectId], files: [] }, now);
  });
}

/** See OutboundLedger.recordAnswer. */
export async function recordAnswer(
  db: Kysely<LedgerTables>,
  ids: Ids,
  answer: SentAnswer,
  now: number,
): Promise<boolean> {
  return inTransaction(db, (trx) => settle(trx, ids, answer, now));
}

/** See OutboundLedger.recordOverdue. */
export async function recordOverdue(
  db: Kysely<LedgerTables>,
  ids: Ids,
  claims: readonly Claim[],
  now: number,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await takeTurn(trx, ...claims.map(({ subjectId }) => turnOf(subjectId)));
    const held = await endClaims(trx, claims);
    const exceptions: NewException[] = [];
    for (const claim of claims) {
      const row = held.has(claim.workId) ? await lockRow(trx, claim.subjectId) : null;
      if (row !== null && row.answered_at === null) exceptions.push(await markOverdue(trx, row));
    }
    await recordExceptions(trx, ids, exceptions, { subjects: [], files: [] }, now);
  });
}

async function markOverdue(trx: Kysely<LedgerTables>, row: Row): Promise<NewException> {
  const code = 'ACKNOWLEDGMENT_OVERDUE';
  const number = row.group_number === '' ? row.name : `group ${row.group_number}`;
  const text = `No ${row.expects ?? 'answer'} came in time for the ${row.type} in ${number}, sent as ${row.name}.`;
  await trx
    .updateTable('sent_documents')
    .set({ state: 'overdue', ...reasonColumns({ code, text }) })
    .where('id', '=', row.id)
    .execute();
  return exceptionOf(row, code, text);
}

/** Inside a transaction: one document goes on by what is told of it, and what was open about it is closed. */
async function settle(
  trx: Kysely<LedgerTables>,
  ids: Ids,
  { documentId, kind, told, reason }: SentAnswer,
  now: number,
): Promise<boolean> {
  const row = await lockRow(trx, documentId);
  if (row === null) return false;
  if (row.state === 'cancelled') return true;
  const progress = progressOf(row.state);
  const refused = kind === 'MDN' && told === 'rejected' && !isSettled(progress);
  const state = refused ? 'failed' : stateAfter(progress, told);
  const answers = row.expects === kind || isSettled(state);
  // A receipt alone is not what an overdue or failed document waits for.
  const next = answers || row.state === 'queued' || row.state === 'sent' ? state : row.state;
  if (next === row.state && row.answered_at !== null) return true;
  await trx
    .updateTable('sent_documents')
    .set({
      state: next,
      ...(next === row.state ? {} : reasonColumns(reason)),
      ...(answers && row.answered_at === null ? { answered_at: now } : {}),
    })
    .where('id', '=', documentId)
    .execute();
  if (!answers) return true;
  await trx.deleteFrom('work').where('subject_id', '=', documentId).where('kind', '=', 'expect').execute();
  const bad = next === 'failed' || next === 'rejected' || next === 'partially-accepted' ? reason : null;
  const exceptions = bad === null ? [] : [exceptionOf(row, bad.code, bad.text)];
  await recordExceptions(trx, ids, exceptions, { subjects: [documentId], files: [] }, now);
  return true;
}

/** How far acknowledgments had brought it. */
function progressOf(state: Exclude<SentDocumentState, 'cancelled'>): SentState {
  return state === 'queued' || state === 'failed' || state === 'overdue' ? 'sent' : state;
}

function isSettled(state: SentState | 'failed'): boolean {
  return state !== 'sent' && state !== 'transport-confirmed';
}

function exceptionOf(row: Row, code: string, text: string): NewException {
  const subject = { kind: 'sent-document', id: row.id, fileId: null } as const;
  return { code, partnerId: row.partner_id, scope: row.type, text, subject };
}

/** Nobody else decides about this document until the transaction ends. */
async function lockRow(trx: Kysely<LedgerTables>, id: string): Promise<Row | null> {
  await takeTurn(trx, turnOf(id));
  return (await trx.selectFrom('sent_documents').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

function turnOf(documentId: string): string {
  return `sent ${documentId}`;
}
