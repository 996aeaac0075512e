import { type Kysely, sql } from 'kysely';
import { failPoints } from '../util/fail-point.ts';
import type { Ids } from '../util/ids.ts';
import { reasonColumns } from './codec.ts';
import { noteAcquitted } from './doubts.ts';
import { recordExceptions } from './exceptions.ts';
import { exceptionsOfTranslations } from './exceptions-of.ts';
import { resend } from './reasons.ts';
import { type RecordedEvents, recordEvents } from './record-events.ts';
import { chunksOf, insertRows } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import { settleFiles } from './settle.ts';
import { FEED, inTransaction, takeTurn } from './transactions.ts';
import type { Claim, TranslationResult } from './types.ts';
import { endClaims, newWork } from './work.ts';

const ROWS_PER_STATEMENT = 500;

/** See Ledger.recordTranslations. */
export async function recordTranslations(
  db: Kysely<LedgerTables>,
  ids: Ids,
  results: readonly { readonly claim: Claim; readonly result: TranslationResult }[],
  now: number,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const claims = results.map(({ claim }) => claim);
    const held = await endClaims(trx, claims);
    await noteAcquitted(trx, claims, held, now);
    const ours = results.filter(({ claim }) => held.has(claim.workId)).map(({ result }) => result);
    // Files settle with their last document and positions are given in the order of commits: one after the other.
    await takeTurn(trx, FEED);
    const recorded = await recordEvents(trx, ours);
    await failPoints?.reach('ledger.after_events');
    await settleDocuments(
      trx,
      ours.map((result, index) => ({ result, recorded: recorded[index] ?? { count: 0, sentBefore: null } })),
      now,
    );
    await insertReferences(trx, ours);
    await reconcileLater(trx, ids, ours, now);
    await settleFiles(
      trx,
      ours.map((result) => result.fileId),
      now,
    );
    const fresh = ours.filter((_, index) => (recorded[index]?.sentBefore ?? null) === null);
    const subjects = results.filter(({ claim }) => claim.epoch > 1).map(({ claim }) => claim.subjectId);
    await recordExceptions(trx, ids, await exceptionsOfTranslations(trx, fresh), { subjects, files: [] }, now);
  });
}

interface SettledDocument {
  readonly result: TranslationResult;
  readonly recorded: RecordedEvents;
}

async function settleDocuments(
  db: Kysely<LedgerTables>,
  documents: readonly SettledDocument[],
  now: number,
): Promise<void> {
  for (const chunk of chunksOf(documents, ROWS_PER_STATEMENT)) {
    const outcomes = chunk.map(({ result, recorded }) => {
      const original = result.state === 'processed' ? recorded.sentBefore : null;
      const { reason_code, reason_text } = reasonColumns(original === null ? result.reason : resend(original));
      const state = original === null ? result.state : 'duplicate';
      const findings = JSON.stringify(result.findings);
      const unread = JSON.stringify(result.unread);
      return sql`(${result.documentId}, ${state}, ${reason_code}, ${reason_text}, ${result.mapPin}, ${original},
        ${findings}, cast(${recorded.count} as integer), ${unread})`;
    });
    await sql`
      with outcomes (id, state, reason_code, reason_text, map_pin, duplicate_of, findings, events, unread) as (
        values ${sql.join(outcomes)}
      )
      update documents set
        state = outcomes.state,
        reason_code = outcomes.reason_code,
        reason_text = outcomes.reason_text,
        map_pin = outcomes.map_pin,
        duplicate_of = outcomes.duplicate_of,
        findings = outcomes.findings,
        events = documents.events + outcomes.events,
        unread = outcomes.unread,
        settled_at = ${now}
      from outcomes
      where documents.id = outcomes.id`.execute(db);
  }
}

/** Acknowledgments are due to be held against what they answer. */
async function reconcileLater(
  db: Kysely<LedgerTables>,
  ids: Ids,
  results: readonly TranslationResult[],
  now: number,
): Promise<void> {
  const acknowledgments = results
    .filter(({ acknowledges = false }) => acknowledges)
    .map(({ documentId }) => documentId);
  if (acknowledgments.length === 0) return;
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'partner_id'])
    .where('id', 'in', acknowledgments)
    .execute();
  const work = rows.map(({ id, partner_id }) =>
    newWork(ids, 'reconcile', id, now, { partner: partner_id, lane: null }),
  );
  await insertRows(db, 'work', work, true);
}

/** Records what the documents refer to; what is known of them stays. */
export async function insertReferences(
  db: Kysely<LedgerTables>,
  results: readonly Pick<TranslationResult, 'documentId' | 'references'>[],
): Promise<void> {
  const rows = results.flatMap(({ documentId, references }) =>
    references.map(({ type, value }) => ({ document_id: documentId, type, value })),
  );
  await insertRows(db, 'document_references', rows, true);
}
