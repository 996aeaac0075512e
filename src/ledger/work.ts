import { type Insertable, type Kysely, sql } from 'kysely';
import type { Ids } from '../util/ids.ts';
import { lostAgain, nextDeliveryAt } from './claim.ts';
import { reasonColumns } from './codec.ts';
import { recordExceptions } from './exceptions.ts';
import { exceptionsOfFailure } from './exceptions-of.ts';
import { inLists } from './rows.ts';
import type { LedgerTables, WorkTable } from './schema.ts';
import { settleFiles } from './settle.ts';
import { FEED, inTransaction, takeTurn } from './transactions.ts';
import type { AttemptRow, Claim, Reason, WorkKind } from './types.ts';

/** What files of a partner give to do. */
const INBOUND: readonly WorkKind[] = ['split', 'translate'];

/** A row of work that falls due at `dueAt`, in the turn of a partner; work of the same lane never runs at the same time. */
export function newWork(
  ids: Ids,
  kind: WorkKind,
  subjectId: string,
  dueAt: number,
  turn: { readonly partner: string | null; readonly lane: string | null },
): Insertable<WorkTable> {
  const { partner, lane } = turn;
  return {
    id: ids('wrk'),
    kind,
    subject_id: subjectId,
    due_at: dueAt,
    attempt: 0,
    epoch: 0,
    partner: partner ?? '',
    lane,
    held: 0,
    lost: 0,
  };
}

/**
 * Makes due what somebody had claimed: for when nobody else can be at work. Only that is looked at, however much waits. What was
 * held alone comes after the rest: a process that keeps ending for another cause must not meet the same work first each time.
 */
export async function endLeases(db: Kysely<LedgerTables>): Promise<void> {
  await db
    .updateTable('work')
    .set({ due_at: sql<number>`case when alone = 1 then lost + 1 else 0 end`, held: 0, lost: lostAgain() })
    .where(sql<boolean>`held = 1`)
    .execute();
}

/** See Ledger.release. The attempt is taken back: it never began. */
export async function releaseWork(db: Kysely<LedgerTables>, claims: readonly Claim[], now: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    for (const [epoch, ids] of idsByEpoch(claims)) {
      for (const chunk of inLists(ids)) {
        await trx
          .updateTable('work')
          .set(({ eb }) => ({ due_at: now, held: 0, attempt: eb('attempt', '-', 1) }))
          .where('id', 'in', chunk)
          .where('epoch', '=', epoch)
          .execute();
      }
    }
  });
}

/** See Ledger.extend. */
export async function extendWork(
  db: Kysely<LedgerTables>,
  claims: readonly Claim[],
  now: number,
  lease: number,
): Promise<void> {
  for (const [epoch, ids] of idsByEpoch(claims)) {
    for (const chunk of inLists(ids)) {
      await db
        .updateTable('work')
        .set({ due_at: now + lease })
        .where('id', 'in', chunk)
        .where('epoch', '=', epoch)
        .where('held', '=', 1)
        .execute();
    }
  }
}

/**
 * Ends claims inside a transaction: the work of those still held is gone. Answers the work ids that were held; whatever
 * another claim has taken over since must not be recorded.
 */
export async function endClaims(db: Kysely<LedgerTables>, claims: readonly Claim[]): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  for (const [epoch, ids] of idsByEpoch(claims)) {
    for (const chunk of inLists(ids)) {
      const rows = await db
        .deleteFrom('work')
        .where('id', 'in', chunk)
        .where('epoch', '=', epoch)
        .returning('id')
        .execute();
      for (const row of rows) held.add(row.id);
    }
  }
  return held;
}

function idsByEpoch(claims: readonly Claim[]): ReadonlyMap<number, readonly string[]> {
  const byEpoch = new Map<number, string[]>();
  for (const { epoch, workId } of claims) {
    const ids = byEpoch.get(epoch);
    if (ids === undefined) byEpoch.set(epoch, [workId]);
    else ids.push(workId);
  }
  return byEpoch;
}

/** See Ledger.fail. */
export async function failWork(
  db: Kysely<LedgerTables>,
  ids: Ids,
  claim: Claim,
  at: number,
  error: string,
  dueAt: number | null,
  reason: Reason,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (dueAt === null) {
      const held = await endClaims(trx, [claim]);
      if (!held.has(claim.workId)) return;
      await takeTurn(trx, FEED);
      await giveUp(trx, claim, at, reason);
      const again =
        claim.kind === 'split'
          ? { subjects: [], files: [claim.subjectId] }
          : { subjects: [claim.subjectId], files: [] };
      await recordExceptions(trx, ids, await exceptionsOfFailure(trx, claim, reason), again, at);
    } else {
      const { numUpdatedRows } = await trx
        .updateTable('work')
        .set({ due_at: dueAt, held: 0 })
        .where('id', '=', claim.workId)
        .where('epoch', '=', claim.epoch)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return;
    }
    const { kind, subjectId, attempt } = claim;
    await trx
      .insertInto('attempts')
      .values({ id: ids('att'), kind, subject_id: subjectId, attempt, at, error })
      .execute();
  });
}

async function giveUp(db: Kysely<LedgerTables>, claim: Claim, at: number, reason: Reason): Promise<void> {
  const settled = { state: 'quarantined' as const, ...reasonColumns(reason), settled_at: at };
  switch (claim.kind) {
    case 'split':
      await db.updateTable('files').set(settled).where('id', '=', claim.subjectId).execute();
      return;
    case 'translate': {
      const document = await db
        .updateTable('documents')
        .set(settled)
        .where('id', '=', claim.subjectId)
        .returning('file_id')
        .executeTakeFirst();
      if (document !== undefined) await settleFiles(db, [document.file_id], at);
      return;
    }
    case 'deliver':
      await db
        .updateTable('sent_documents')
        .set({ state: 'failed', ...reasonColumns(reason) })
        .where('id', '=', claim.subjectId)
        .where('state', '=', 'queued')
        .execute();
      return;
    case 'expect':
      await db
        .updateTable('sent_documents')
        .set({ state: 'overdue', ...reasonColumns(reason) })
        .where('id', '=', claim.subjectId)
        .where('state', 'in', ['sent', 'transport-confirmed'])
        .execute();
      return;
    case 'reconcile':
      // The acknowledgment itself is settled; the exception says that nobody heard it.
      return;
  }
}

/** See Ledger.nextDueAt. */
export async function nextDueAt(db: Kysely<LedgerTables>, kind: WorkKind): Promise<number | null> {
  if (kind === 'deliver') return nextDeliveryAt(db);
  const row = await db
    .selectFrom('work')
    .select('due_at')
    .where('kind', '=', kind)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? null;
}

/** See Ledger.backlog. */
export async function countBacklog(db: Kysely<LedgerTables>, partner: string, most: number): Promise<number> {
  let count = 0;
  for (const kind of INBOUND) {
    const waiting = db
      .selectFrom('work')
      .select('id')
      .where('kind', '=', kind)
      .where('partner', '=', partner)
      .limit(most)
      .as('waiting');
    const row = await db
      .selectFrom(waiting)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    count += row.count;
  }
  return Math.min(count, most);
}

/** See Ledger.attemptsOf; oldest first. */
export async function attemptsOf(db: Kysely<LedgerTables>, subjectId: string): Promise<readonly AttemptRow[]> {
  const rows = await db.selectFrom('attempts').selectAll().where('subject_id', '=', subjectId).orderBy('id').execute();
  return rows.map(({ subject_id, ...row }) => ({ ...row, subjectId: subject_id }));
}
