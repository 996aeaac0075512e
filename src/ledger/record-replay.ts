import { type Kysely, sql } from 'kysely';
import { auditWithin } from './audit.ts';
import { reasonColumns } from './codec.ts';
import { settleSubjects } from './exceptions.ts';
import { CHANGED_MEANWHILE } from './reasons.ts';
import { insertEvents, takePositions } from './record-events.ts';
import { effectOf, type ReplayEffect, type SettledAgain } from './replay-effects.ts';
import { addToReport } from './replay-report.ts';
import type { ReplayClaim, ReplayOutcome, ReplayProgress, ReplayReport } from './replay-types.ts';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import { reopenFiles, settleFiles } from './settle.ts';
import { pastEvents, toldEvents } from './told-events.ts';
import { FEED, inTransaction, takeTurn } from './transactions.ts';
import { insertReferences } from './translations.ts';

/** See ReplayLedger.recordReplay. */
export async function recordReplay(
  db: Kysely<LedgerTables>,
  claim: ReplayClaim,
  outcomes: readonly ReplayOutcome[],
  progress: ReplayProgress,
  now: number,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    await takeTurn(trx, FEED);
    const { id, dryRun, actor } = claim.replay;
    const row = await trx
      .selectFrom('replays')
      .select('report')
      .where('id', '=', id)
      .where('epoch', '=', claim.epoch)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (row === undefined) return false;
    const effects = await effectsOf(trx, outcomes);
    const events = dryRun ? 0 : await apply(trx, effects, now);
    const before: ReplayReport = JSON.parse(row.report);
    const tallies = effects.map(({ tally }) => tally);
    const report = addToReport(before, tallies);
    await trx
      .updateTable('replays')
      .set(({ eb }) => ({
        report: JSON.stringify(report),
        done: eb('done', '+', outcomes.length),
        due_at: progress.dueAt,
        tries: progress.tries,
        ...(progress.after === null ? {} : { cursor: progress.after }),
        ...(progress.ended ? { state: 'done' as const, ended_at: now } : {}),
      }))
      .where('id', '=', id)
      .execute();
    if (progress.ended) {
      const counts = Object.entries({ ...report.documents, ...prefixed(report.events) });
      const details = Object.fromEntries(counts.map(([name, count]) => [name, String(count)]));
      await auditWithin(trx, { actor, action: 'replay.ended', target: id, details }, now);
    }
    return events > 0;
  });
}

function prefixed({ same, ...events }: ReplayReport['events']): Readonly<Record<string, number>> {
  return { eventsSame: same, eventsChanged: events.changed, eventsNew: events.new, eventsWithdrawn: events.withdrawn };
}

/** What each outcome changes; a document that somebody else settled meanwhile is passed over. */
async function effectsOf(
  db: Kysely<LedgerTables>,
  outcomes: readonly ReplayOutcome[],
): Promise<readonly ReplayEffect[]> {
  const documentIds = outcomes.map(({ document }) => document.id);
  const states = new Map<string, string>();
  for (const ids of inLists(documentIds)) {
    const rows = await db.selectFrom('documents').select(['id', 'state']).where('id', 'in', ids).execute();
    for (const { id, state } of rows) states.set(id, state);
  }
  const eventIds = outcomes.flatMap((outcome) =>
    'result' in outcome ? outcome.result.events.map((event) => event.id) : [],
  );
  const told = await toldEvents(db, eventIds, documentIds);
  const past = await pastEvents(db, eventIds);
  return outcomes.map((outcome) => {
    const { document } = outcome;
    if (states.get(document.id) === document.state) return effectOf(outcome, told, past);
    return effectOf({ document, passedOver: CHANGED_MEANWHILE }, told, past);
  });
}

/** Records the effects; answers how many events were. */
async function apply(db: Kysely<LedgerTables>, effects: readonly ReplayEffect[], now: number): Promise<number> {
  const count = await recordRevisions(db, effects);
  const settled = effects.flatMap(({ settle, events }) => (settle === null ? [] : [{ settle, events: events.length }]));
  for (const { settle, events } of settled) await settleAgain(db, settle, events, now);
  await insertReferences(
    db,
    settled.map(({ settle }) => settle.result),
  );
  const moved = settled.filter(({ settle }) => settle.state !== settle.document.state);
  const fileIds = moved.map(({ settle }) => settle.document.fileId);
  await reopenFiles(db, fileIds);
  await settleFiles(db, fileIds, now);
  const well = settled.filter(({ settle: { result } }) => result.state === 'processed' && result.mapPin !== null);
  await settleSubjects(
    db,
    well.map(({ settle }) => settle.document.id),
    now,
  );
  return count;
}

async function recordRevisions(db: Kysely<LedgerTables>, effects: readonly ReplayEffect[]): Promise<number> {
  const fresh = effects.flatMap(({ settle, events }) =>
    settle === null
      ? []
      : events.map((revised) => ({ ...revised, documentId: settle.document.id, test: settle.document.test })),
  );
  if (fresh.length === 0) return 0;
  await insertEvents(db, fresh, await takePositions(db, fresh.length));
  return fresh.length;
}

async function settleAgain(
  db: Kysely<LedgerTables>,
  settled: SettledAgain,
  events: number,
  now: number,
): Promise<void> {
  const { document, result, state, reason, duplicateOf } = settled;
  await db
    .updateTable('documents')
    .set({
      state,
      ...reasonColumns(reason),
      map_pin: result.mapPin,
      duplicate_of: duplicateOf,
      findings: JSON.stringify(result.findings),
      unread: JSON.stringify(result.unread),
      events: sql<number>`events + ${sql.lit(events)}`,
      settled_at: now,
    })
    .where('id', '=', document.id)
    .execute();
}
