import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema.ts';
import type { Claim } from './types.ts';

/** Who was lost so often was lost alone at least once. */
const LOST_ALONE = 2;
const ACQUITTED = 'acquitted';
/** What turned out fine speaks for all that is suspected within this time, in milliseconds, and for so many doubts. */
const RECENT = 600_000;
const ACQUITTAL = 5;
/** So many doubts at most: even where everything fails, what ends the process is given up at some time. */
const MOST = 7;

/** Inside the transaction that records what claims came to: one that was lost alone is done, and was not to blame. */
export async function noteAcquitted(
  db: Kysely<LedgerTables>,
  claims: readonly Claim[],
  held: ReadonlySet<string>,
  now: number,
): Promise<void> {
  if (!claims.some(({ workId, lost }) => lost >= LOST_ALONE && held.has(workId))) return;
  await db
    .insertInto('counters')
    .values({ name: ACQUITTED, value: now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: now }))
    .execute();
}

/** See WorkLedger.doubts. */
export async function doubtsAbout(db: Kysely<LedgerTables>, { workId }: Claim, now: number): Promise<number> {
  const { others } = await db
    .selectFrom('work')
    .select(({ fn }) => fn.countAll<number>().as('others'))
    .where('lost', '>=', LOST_ALONE)
    .where('id', '<>', workId)
    .executeTakeFirstOrThrow();
  const acquitted = await db.selectFrom('counters').select('value').where('name', '=', ACQUITTED).executeTakeFirst();
  const recent = acquitted !== undefined && Math.abs(now - acquitted.value) < RECENT;
  return Math.min(MOST, others + (recent ? ACQUITTAL : 0));
}
