import type { Insertable, Kysely, Selectable } from 'kysely';
import { auditWithin } from './audit.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { countDocuments, documentsInOrder } from './documents.ts';
import { EMPTY_REPORT } from './replay-report.ts';
import type { NewReplay, ReplayClaim, ReplayLedger, ReplayReport, ReplayRow } from './replay-types.ts';
import type { LedgerTables, ReplaysTable } from './schema.ts';
import { FEED, inTransaction, takeTurn } from './transactions.ts';
import type { DocumentFilter, Page } from './types.ts';

/** More documents than this are not counted beforehand. */
const MOST_COUNTED = 100_000;
/** The turn of whoever claims a replay. */
const REPLAYS = 'replays';

/** See ReplayLedger.requestReplay. */
export async function requestReplay(db: Kysely<LedgerTables>, replay: NewReplay): Promise<ReplayRow> {
  return inTransaction(db, async (trx) => {
    const row: Insertable<ReplaysTable> = {
      id: replay.id,
      created_at: replay.createdAt,
      actor: replay.actor,
      because: replay.because,
      filter: JSON.stringify(replay.filter),
      map_pin: replay.map,
      dry_run: replay.dryRun ? 1 : 0,
      rate: replay.rate,
      state: 'waiting',
      total: await countDocuments(trx, boundedFilter(replay), MOST_COUNTED),
      done: 0,
      cursor: null,
      report: JSON.stringify(EMPTY_REPORT),
      due_at: replay.createdAt,
      epoch: 0,
      tries: 0,
      ended_at: null,
    };
    const recorded = await trx.insertInto('replays').values(row).returningAll().executeTakeFirstOrThrow();
    const details = {
      filter: row.filter,
      map: replay.map ?? '',
      dryRun: String(replay.dryRun),
      documents: String(row.total),
      because: replay.because,
    };
    const entry = { actor: replay.actor, action: 'replay.requested', target: replay.id, details };
    await auditWithin(trx, entry, replay.createdAt);
    return toReplayRow(recorded);
  });
}

/** What comes in after the request is none of its business, so that a replay ends. */
function boundedFilter({ filter, createdAt }: NewReplay): DocumentFilter {
  return { ...filter, to: Math.min(filter.to ?? Number.POSITIVE_INFINITY, createdAt + 1) };
}

/** See ReplayLedger.replay. */
export async function findReplay(db: Kysely<LedgerTables>, id: string): Promise<ReplayRow | null> {
  const row = await db.selectFrom('replays').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toReplayRow(row);
}

/** See ReplayLedger.replays. */
export async function listReplays(
  db: Kysely<LedgerTables>,
  cursor: string | null,
  limit: number,
): Promise<Page<ReplayRow>> {
  let query = db.selectFrom('replays').selectAll();
  if (cursor !== null) {
    const { at, id } = decodeCursor(cursor);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(at, id)));
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows.map(toReplayRow), limit, ({ createdAt, id }) => ({ at: createdAt, id }));
}

/** See ReplayLedger.cancelReplay. */
export async function cancelReplay(
  db: Kysely<LedgerTables>,
  id: string,
  actor: string,
  now: number,
): Promise<ReplayRow | null> {
  return inTransaction(db, async (trx) => {
    // A batch that is being recorded is counted first.
    await takeTurn(trx, FEED);
    const cancelled = await trx
      .updateTable('replays')
      .set({ state: 'cancelled', ended_at: now })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (cancelled === undefined) return findReplay(trx, id);
    const details = { done: String(cancelled.done), documents: String(cancelled.total) };
    await auditWithin(trx, { actor, action: 'replay.cancelled', target: id, details }, now);
    return toReplayRow(cancelled);
  });
}

/** See ReplayLedger.claimReplay. The one that fell due first: a large one never keeps a small one waiting. */
export async function claimReplay(db: Kysely<LedgerTables>, now: number, lease: number): Promise<ReplayClaim | null> {
  return inTransaction(db, async (trx) => {
    await takeTurn(trx, REPLAYS);
    const due = await dueReplays(trx).select('id').where('due_at', '<=', now).executeTakeFirst();
    if (due === undefined) return null;
    const row = await trx
      .updateTable('replays')
      .set(({ eb }) => ({
        state: 'running',
        due_at: now + lease,
        epoch: eb('epoch', '+', 1),
        tries: eb('tries', '+', 1),
      }))
      .where('id', '=', due.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return { replay: toReplayRow(row), epoch: row.epoch, tries: row.tries, after: row.cursor };
  });
}

/** See ReplayLedger.nextReplayAt. */
export async function nextReplayAt(db: Kysely<LedgerTables>): Promise<number | null> {
  return (await dueReplays(db).select('due_at').executeTakeFirst())?.due_at ?? null;
}

function dueReplays(db: Kysely<LedgerTables>) {
  return db.selectFrom('replays').where('ended_at', 'is', null).orderBy('due_at').orderBy('id').limit(1);
}

/** See ReplayLedger.releaseReplay. */
export async function releaseReplay(db: Kysely<LedgerTables>, claim: ReplayClaim, dueAt: number): Promise<void> {
  await db
    .updateTable('replays')
    .set(({ eb }) => ({ due_at: dueAt, tries: eb('tries', '-', 1) }))
    .where('id', '=', claim.replay.id)
    .where('epoch', '=', claim.epoch)
    .execute();
}

/** Makes all replays due, also what somebody had claimed: for when nobody else can be at work. */
export async function endReplayLeases(db: Kysely<LedgerTables>): Promise<void> {
  await db.updateTable('replays').set({ due_at: 0 }).where('ended_at', 'is', null).execute();
}

/** See ReplayLedger.replayDocuments. */
export async function replayDocuments(
  db: Kysely<LedgerTables>,
  replay: NewReplay,
  after: string | null,
  limit: number,
): ReturnType<ReplayLedger['replayDocuments']> {
  const documents = await documentsInOrder(db, 'asc', boundedFilter(replay), after, limit);
  return documents.map((document) => ({
    document,
    cursor: encodeCursor({ at: document.receivedAt, id: document.id }),
  }));
}

function toReplayRow(row: Selectable<ReplaysTable>): ReplayRow {
  const filter: DocumentFilter = JSON.parse(row.filter);
  const report: ReplayReport = JSON.parse(row.report);
  return {
    id: row.id,
    createdAt: row.created_at,
    actor: row.actor,
    because: row.because,
    filter,
    map: row.map_pin,
    dryRun: row.dry_run === 1,
    rate: row.rate,
    state: row.state,
    total: row.total,
    done: row.done,
    report,
    endedAt: row.ended_at,
  };
}
