import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema.ts';
import { inTransaction } from './transactions.ts';
import type { FileState, LedgerCounts } from './types.ts';

/** See Ledger.counts. Files, documents and events are never counted: the database keeps their tallies. */
export async function countEverything(db: Kysely<LedgerTables>): Promise<LedgerCounts> {
  return inTransaction(db, async (trx) => {
    const tallies = await trx
      .selectFrom('tallies')
      .select(({ fn }) => ['name', fn.sum<number>('count').as('count')])
      .groupBy('name')
      .execute();
    const work = await trx
      .selectFrom('work')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      // Whoever waits for a partner's answer does nothing.
      .where('kind', '<>', 'expect')
      .executeTakeFirstOrThrow();
    const oldest = await trx
      .selectFrom('files')
      .select('received_at')
      .where('state', '=', 'received')
      .orderBy('received_at')
      .limit(1)
      .executeTakeFirst();
    const counts = new Map(tallies.map(({ name, count }) => [name, Number(count)]));
    return {
      files: byState(counts, 'files'),
      documents: byState(counts, 'documents'),
      events: counts.get('events') ?? 0,
      workDue: work.count,
      oldestInFlightAt: oldest?.received_at ?? null,
    };
  });
}

function byState(
  counts: ReadonlyMap<string, number>,
  table: 'files' | 'documents',
): Readonly<Record<FileState, number>> {
  const of = (state: FileState): number => counts.get(`${table} ${state}`) ?? 0;
  return {
    received: of('received'),
    processed: of('processed'),
    rejected: of('rejected'),
    quarantined: of('quarantined'),
    duplicate: of('duplicate'),
  };
}
