import type { Insertable, Kysely } from 'kysely';
import type { Ids } from '../util/ids.ts';
import { reasonColumns } from './codec.ts';
import { inLists } from './rows.ts';
import type { LedgerTables, WorkTable } from './schema.ts';
import { settleFiles } from './settle.ts';
import { FEED, inTransaction, takeTurn } from './transactions.ts';
import type { AttemptRow, Claim, Reason, WorkKind } from './types.ts';

/** A row of work that falls due at `dueAt`. */
export function newWork(ids: Ids, kind: WorkKind, subjectId: string, dueAt: number): Insertable<WorkTable> {
  return { id: ids('wrk'), kind, subject_id: subjectId, due_at: dueAt, attempt: 0, epoch: 0 };
}

/** See Ledger.claim. A lease is the time until which the work is not due again. */
export async function claimWork(
  db: Kysely<LedgerTables>,
  kind: WorkKind,
  limit: number,
  now: number,
  lease: number,
): Promise<readonly Claim[]> {
  return inTransaction(db, async (trx) => {
    await takeTurn(trx, `claim ${kind}`);
    const due = await trx
      .selectFrom('work')
      .select('id')
      .where('kind', '=', kind)
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    const claims = new Map<string, Claim>();
    for (const ids of inLists(due.map((row) => row.id))) {
      const rows = await trx
        .updateTable('work')
        .set(({ eb }) => ({ due_at: now + lease, attempt: eb('attempt', '+', 1), epoch: eb('epoch', '+', 1) }))
        .where('id', 'in', ids)
        .where('due_at', '<=', now)
        .returning(['id', 'subject_id', 'attempt', 'epoch'])
        .execute();
      for (const { id, subject_id, attempt, epoch } of rows) {
        claims.set(id, { workId: id, kind, subjectId: subject_id, attempt, epoch });
      }
    }
    return due.flatMap(({ id }) => claims.get(id) ?? []);
  });
}

/** Makes everything due, also what somebody had claimed: for when nobody else can be at work. */
export async function endLeases(db: Kysely<LedgerTables>): Promise<void> {
  await db.updateTable('work').set({ due_at: 0 }).where('due_at', '>', 0).execute();
}

/** See Ledger.release. The attempt is taken back: it never began. */
export async function releaseWork(db: Kysely<LedgerTables>, claims: readonly Claim[], now: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    for (const [epoch, ids] of idsByEpoch(claims)) {
      for (const chunk of inLists(ids)) {
        await trx
          .updateTable('work')
          .set(({ eb }) => ({ due_at: now, attempt: eb('attempt', '-', 1) }))
          .where('id', 'in', chunk)
          .where('epoch', '=', epoch)
          .execute();
      }
    }
  });
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
      await quarantine(trx, claim, at, reason);
    } else {
      const { numUpdatedRows } = await trx
        .updateTable('work')
        .set({ due_at: dueAt })
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

async function quarantine(db: Kysely<LedgerTables>, claim: Claim, at: number, reason: Reason): Promise<void> {
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
    }
  }
}

/** See Ledger.nextDueAt. */
export async function nextDueAt(db: Kysely<LedgerTables>, kind: WorkKind): Promise<number | null> {
  const row = await db
    .selectFrom('work')
    .select('due_at')
    .where('kind', '=', kind)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? null;
}

/** See Ledger.attemptsOf; oldest first. */
export async function attemptsOf(db: Kysely<LedgerTables>, subjectId: string): Promise<readonly AttemptRow[]> {
  const rows = await db.selectFrom('attempts').selectAll().where('subject_id', '=', subjectId).orderBy('id').execute();
  return rows.map(({ subject_id, ...row }) => ({ ...row, subjectId: subject_id }));
}
