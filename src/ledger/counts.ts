import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema.ts';
import { inTransaction } from './transactions.ts';
import type { FileState, LedgerCounts } from './types.ts';

/** See Ledger.counts. `workDue` counts everything that waits, leased or not. */
export async function countEverything(db: Kysely<LedgerTables>): Promise<LedgerCounts> {
  return inTransaction(db, async (trx) => {
    const events = await trx
      .selectFrom('events')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    const work = await trx
      .selectFrom('work')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    const oldest = await trx
      .selectFrom('files')
      .select('received_at')
      .where('state', '=', 'received')
      .orderBy('received_at')
      .limit(1)
      .executeTakeFirst();
    return {
      files: await countByState(trx, 'files'),
      documents: await countByState(trx, 'documents'),
      events: events.count,
      workDue: work.count,
      oldestInFlightAt: oldest?.received_at ?? null,
    };
  });
}

async function countByState(
  db: Kysely<LedgerTables>,
  table: 'files' | 'documents',
): Promise<Readonly<Record<FileState, number>>> {
  const rows = await db
    .selectFrom(table)
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const counts: Record<FileState, number> = { received: 0, processed: 0, rejected: 0, quarantined: 0, duplicate: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
