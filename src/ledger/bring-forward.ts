import { type Kysely, sql } from 'kysely';
import type { LedgerTables } from './schema.ts';
import { inTransaction } from './transactions.ts';

/** See WorkLedger.bringForward. */
export async function bringForward(db: Kysely<LedgerTables>, now: number, by: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    // An answer that is expected is due later although nobody tried it.
    await trx
      .updateTable('work')
      .set({
        due_at: sql<number>`case when (attempt = 0 and kind <> 'expect') or due_at < ${now + by} then ${now} else due_at - ${by} end`,
      })
      .where('held', '=', 0)
      .where('due_at', '>', now)
      .execute();
    // Others may be at work on them, by a clock that is right.
    if (by === 0) return;
    await trx
      .updateTable('replays')
      .set({ due_at: now })
      .where('ended_at', 'is', null)
      .where('due_at', '>', now + by)
      .execute();
  });
}
