import { type Kysely, type RawBuilder, sql } from 'kysely';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import { inTransaction, takeTurn } from './transactions.ts';
import type { Claim, WorkKind } from './types.ts';

/** One claim looks at so many partners; the next one goes on behind them. */
const PARTNERS_AT_ONCE = 64;
/** So many pieces of one partner are held at once, by all processes together: a bulkhead for the others. */
const MOST_HELD = 1_000;
/** So many more candidates than needed are looked at, as some partners have few. */
const SPARE = 4;

/** Where the last claim of each kind ended, so that partners take turns. */
export type Rotation = Map<WorkKind, string>;

interface Candidate {
  readonly id: string;
  readonly partner: string;
  readonly lane: string | null;
  readonly due_at: number;
}

/** What is held now: pieces by partner, and the lanes of them. */
interface Held {
  readonly byPartner: Map<string, number>;
  readonly lanes: Set<string>;
}

/** What `Ledger.claim` is asked for. */
export interface WantedWork {
  readonly kind: WorkKind;
  readonly limit: number;
  readonly now: number;
  readonly lease: number;
  readonly alone: boolean;
}

/**
 * See Ledger.claim. Partners with due work take turns, one piece each, so that many pieces of one never keep those of another
 * waiting. Work of a lane is claimed only while nobody holds work of it. A lease is the time until which the work is not
 * due again.
 */
export async function claimWork(
  db: Kysely<LedgerTables>,
  rotation: Rotation,
  wanted: WantedWork,
): Promise<readonly Claim[]> {
  const { kind, limit, now } = wanted;
  return inTransaction(db, async (trx) => {
    await takeTurn(trx, `claim ${kind}`);
    const partners = afterLast(await partnersWithWork(trx, kind), rotation.get(kind)).slice(0, PARTNERS_AT_ONCE);
    if (partners.length === 0) return [];
    const candidates = await oldestOfEach(trx, kind, partners, limit, now);
    const taken = candidates.length === 0 ? [] : takeTurns(partners, candidates, await heldWork(trx, kind, now), limit);
    // Who had no turn because the limit was reached begins the next time.
    const last = taken.length === limit ? taken.at(-1)?.partner : partners.at(-1);
    if (last !== undefined) rotation.set(kind, last);
    const oldestFirst = taken.toSorted((a, b) => a.due_at - b.due_at || (a.id < b.id ? -1 : 1));
    return claimThese(
      trx,
      oldestFirst.map(({ id }) => id),
      wanted,
    );
  });
}

/** Partners with any work of this kind, sorted: the index is skipped through, a look for each of them. */
async function partnersWithWork(db: Kysely<LedgerTables>, kind: WorkKind): Promise<readonly string[]> {
  const { rows } = await sql<{ partner: string }>`
    with recursive partners (partner) as (
      select min(partner) from work where kind = ${kind}
      union all
      select (select min(work.partner) from work where work.kind = ${kind} and work.partner > partners.partner)
      from partners where partners.partner is not null
    )
    select partner from partners where partner is not null`.execute(db);
  return rows.map(({ partner }) => partner);
}

function afterLast(partners: readonly string[], last: string | undefined): readonly string[] {
  const start = last === undefined ? -1 : partners.indexOf(last);
  return [...partners.slice(start + 1), ...partners.slice(0, start + 1)];
}

async function oldestOfEach(
  db: Kysely<LedgerTables>,
  kind: WorkKind,
  partners: readonly string[],
  limit: number,
  now: number,
): Promise<readonly Candidate[]> {
  const each = Math.min(limit, Math.ceil((SPARE * limit) / partners.length));
  const queries = partners.map((partner) =>
    kind === 'deliver'
      ? sql`select * from (${oldestDelivery(partner)}) as next where due_at <= ${now}`
      : sql`select * from (
      select id, partner, lane, due_at from work where kind = ${kind} and partner = ${partner} and due_at <= ${now}
      order by due_at, id limit ${sql.lit(each)}) as due`,
  );
  const { rows } = await sql<Candidate>`${sql.join(queries, sql` union all `)}`.execute(db);
  return rows;
}

/** The next document of a partner, which may be being sent, or wait for another try: the others wait behind it. */
function oldestDelivery(partner: string): RawBuilder<Candidate> {
  // The kind as the index says it: a parameter would hide it from SQLite.
  return sql`select * from (select id, partner, lane, due_at from work
    where kind = 'deliver' and partner = ${partner} order by id limit 1) as oldest`;
}

/** When the next delivery may begin; null when there is none. */
export async function nextDeliveryAt(db: Kysely<LedgerTables>): Promise<number | null> {
  const partners = await partnersWithWork(db, 'deliver');
  if (partners.length === 0) return null;
  const oldest = sql.join(partners.map(oldestDelivery), sql` union all `);
  const { rows } = await sql<{
    due_at: number | null;
  }>`select min(due_at) as due_at from (${oldest}) as each_one`.execute(db);
  return rows[0]?.due_at ?? null;
}

async function heldWork(db: Kysely<LedgerTables>, kind: WorkKind, now: number): Promise<Held> {
  const rows = await db
    .selectFrom('work')
    .select(({ fn }) => ['partner', 'lane', fn.countAll<number>().as('count')])
    .where('kind', '=', kind)
    // As the index says it: a parameter would hide it from SQLite.
    .where(sql<boolean>`held = 1`)
    .where('due_at', '>', now)
    .groupBy(['partner', 'lane'])
    .execute();
  const byPartner = new Map<string, number>();
  for (const { partner, count } of rows) byPartner.set(partner, (byPartner.get(partner) ?? 0) + count);
  return { byPartner, lanes: new Set(rows.flatMap(({ lane }) => lane ?? [])) };
}

/** Up to `limit` pieces, one of each partner in turn, in that order. */
function takeTurns(
  partners: readonly string[],
  candidates: readonly Candidate[],
  held: Held,
  limit: number,
): readonly Candidate[] {
  const byPartner = Map.groupBy(
    candidates.filter(({ lane }) => lane === null || !held.lanes.has(lane)),
    ({ partner }) => partner,
  );
  const queues = partners.map((partner) =>
    (byPartner.get(partner) ?? []).slice(0, Math.max(0, MOST_HELD - (held.byPartner.get(partner) ?? 0))),
  );
  const taken: Candidate[] = [];
  const longest = Math.max(...queues.map((queue) => queue.length));
  for (let round = 0; round < longest; round++) {
    for (const queue of queues) {
      const candidate = queue[round];
      if (candidate !== undefined && taken.length < limit) taken.push(candidate);
    }
  }
  return taken;
}

/**
 * How often a piece was lost, now that it is nobody's: whoever held it has neither given it back nor reported, so its process died,
 * or hangs. Who was held with others counts once, however often that happens.
 */
export function lostAgain(): RawBuilder<number> {
  return sql<number>`case when alone = 1 or lost = 0 then lost + held else lost end`;
}

async function claimThese(
  db: Kysely<LedgerTables>,
  ids: readonly string[],
  { kind, now, lease, alone }: WantedWork,
): Promise<readonly Claim[]> {
  const claims = new Map<string, Claim>();
  for (const chunk of inLists(ids)) {
    const rows = await db
      .updateTable('work')
      .set(({ eb }) => ({
        due_at: now + lease,
        held: 1,
        attempt: eb('attempt', '+', 1),
        epoch: eb('epoch', '+', 1),
        lost: lostAgain(),
        alone: alone ? 1 : 0,
      }))
      .where('id', 'in', chunk)
      .returning(['id', 'subject_id', 'attempt', 'epoch', 'lost'])
      .execute();
    for (const { id, subject_id, attempt, epoch, lost } of rows) {
      claims.set(id, { workId: id, kind, subjectId: subject_id, attempt, epoch, lost });
    }
  }
  return ids.flatMap((id) => claims.get(id) ?? []);
}
