import { type Kysely, type SqlBool, sql } from 'kysely';
import { decodeCursor, pageOf } from './cursor.ts';
import type { Purgeable, PurgeCounts, PurgePage } from './purge-types.ts';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import { FEED, inTransaction, takeTurn } from './transactions.ts';

const MARK = { bytes: 'bytes_at', events: 'events_at', documents: 'documents_at' } as const;

/** See PurgeLedger.filesToPurge. */
export async function filesToPurge(
  db: Kysely<LedgerTables>,
  what: Purgeable,
  before: number,
  after: string | null,
  limit: number,
): Promise<PurgePage> {
  const mark = MARK[what];
  let query = db
    .selectFrom('files')
    .leftJoin('purges', 'purges.file_id', 'files.id')
    .select(['files.id', 'files.size', 'files.received_at'])
    .where('files.received_at', '<', before)
    .where('files.state', 'not in', ['received', 'quarantined'])
    .where(`purges.${mark}`, 'is', null)
    .where(
      sql<SqlBool>`not exists (select 1 from documents where documents.file_id = files.id and documents.state in ('received', 'quarantined'))`,
    );
  // What a person is to look at, or to have tried again, must still be there.
  query = query.where(
    sql<SqlBool>`not exists (select 1 from exception_subjects where exception_subjects.file_id = files.id
      and exception_subjects.open = 1)`,
  );
  if (what === 'bytes') query = query.where('files.connection', 'not like', 'as2:%');
  if (what === 'documents') {
    query = query.where(
      sql<SqlBool>`(purges.events_at is not null
        or not exists (select 1 from documents where documents.file_id = files.id and documents.events > 0))`,
    );
  }
  if (after !== null) {
    const { at, id } = decodeCursor(after);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('files.received_at', 'files.id'), '>', tuple(at, id)));
  }
  const rows = await query
    .orderBy('files.received_at')
    .orderBy('files.id')
    .limit(limit + 1)
    .execute();
  const { items, next } = pageOf(rows, limit, ({ received_at, id }) => ({ at: received_at, id }));
  return { files: items.map(({ id, size }) => ({ id, size })), next };
}

/** See PurgeLedger.countPurge. */
export async function countPurge(
  db: Kysely<LedgerTables>,
  what: Purgeable,
  fileIds: readonly string[],
): Promise<PurgeCounts> {
  const nothing = { files: fileIds.length, bytes: 0, documents: 0, events: 0 };
  if (fileIds.length === 0) return nothing;
  if (what === 'bytes') {
    const { sum } = await db
      .selectFrom('files')
      .select(({ fn }) => fn.sum<number>('size').as('sum'))
      .where('id', 'in', fileIds)
      .executeTakeFirstOrThrow();
    return { ...nothing, bytes: Number(sum) };
  }
  const { documents, events } = await db
    .selectFrom('documents')
    .select(({ fn }) => [fn.countAll<number>().as('documents'), fn.sum<number>('events').as('events')])
    .where('file_id', 'in', fileIds)
    .executeTakeFirstOrThrow();
  return what === 'documents' ? { ...nothing, documents } : { ...nothing, events: Number(events ?? 0) };
}

/** See PurgeLedger.recordPurge. */
export async function recordPurge(
  db: Kysely<LedgerTables>,
  what: Purgeable,
  fileIds: readonly string[],
  now: number,
): Promise<PurgeCounts> {
  return inTransaction(db, async (trx) => {
    await takeTurn(trx, FEED);
    const counts = await countPurge(trx, what, fileIds);
    for (const ids of inLists(fileIds)) {
      if (what === 'events') await purgeEvents(trx, ids);
      await mark(trx, what, ids, now);
      if (what === 'documents') await purgeDocuments(trx, ids);
    }
    return counts;
  });
}

/** Makes or completes what remains of the files. Of documents it holds their states, and which bytes were what. */
async function mark(db: Kysely<LedgerTables>, what: Purgeable, ids: readonly string[], now: number): Promise<void> {
  const column = sql.ref(MARK[what]);
  const list = sql.join(ids);
  await sql`insert into purges (file_id, sha256, ${column}) select id, sha256, cast(${now} as bigint) from files
    where id in (${list}) on conflict (file_id) do update set ${column} = excluded.${column}`.execute(db);
  if (what === 'bytes') return;
  const states = (state: string) =>
    sql`(select count(*) from documents where documents.file_id = purges.file_id and documents.state = ${sql.lit(state)})`;
  const bytes = (table: string) =>
    sql`coalesce((select sum(end_byte - start_byte) from ${sql.table(table)} as pieces where pieces.file_id = purges.file_id), 0)`;
  if (what === 'events') {
    await sql`update purges set events = coalesce((select sum(documents.events) from documents
      where documents.file_id = purges.file_id), 0) where file_id in (${list})`.execute(db);
    return;
  }
  await sql`update purges set processed = ${states('processed')}, rejected = ${states('rejected')},
    duplicate = ${states('duplicate')}, interchange_bytes = ${bytes('interchanges')}, gap_bytes = ${bytes('gaps')}
    where file_id in (${list})`.execute(db);
}

async function purgeEvents(db: Kysely<LedgerTables>, fileIds: readonly string[]): Promise<void> {
  const documents = sql`select id from documents where file_id in (${sql.join(fileIds)})`;
  await sql`insert into past_events (event_id, document_id)
    select coalesce(original_id, event_id), document_id from events where document_id in (${documents})
    on conflict do nothing`.execute(db);
  await sql`delete from events where document_id in (${documents})`.execute(db);
}

async function purgeDocuments(db: Kysely<LedgerTables>, fileIds: readonly string[]): Promise<void> {
  const list = sql.join(fileIds);
  const documents = sql`select id from documents where file_id in (${list})`;
  await sql`delete from document_references where document_id in (${documents})`.execute(db);
  await sql`delete from attempts where subject_id in (${documents}) or subject_id in (${list})`.execute(db);
  for (const table of ['acknowledgments', 'documents', 'gaps', 'interchanges'] as const) {
    await db.deleteFrom(table).where('file_id', 'in', fileIds).execute();
  }
}

/** See PurgeLedger.bytesToRemove. */
export async function bytesToRemove(
  db: Kysely<LedgerTables>,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  // PostgreSQL would read all messages to join them; a subquery with a limit is asked for each row, by its index.
  const { rows } = await sql<{ sha256: string }>`select distinct sha256 from purges
    where bytes_at is not null and removed_at is null and sha256 > ${after}
      and not exists (select 1 from files left join purges as others on others.file_id = files.id
        where files.sha256 = purges.sha256 and others.bytes_at is null)
      and (select 1 from as2_messages where as2_messages.sha256 = purges.sha256 limit 1) is null
      and (select 1 from sent_documents where sent_documents.sha256 = purges.sha256 limit 1) is null
    order by sha256 limit ${limit}`.execute(db);
  return rows.map(({ sha256 }) => sha256);
}

/** See PurgeLedger.recordRemoved. */
export async function recordRemoved(db: Kysely<LedgerTables>, hashes: readonly string[], now: number): Promise<void> {
  for (const chunk of inLists(hashes)) {
    await db
      .updateTable('purges')
      .set({ removed_at: now })
      .where('sha256', 'in', chunk)
      .where(sql<boolean>`bytes_at is not null and removed_at is null`)
      .execute();
  }
}

/** Tables whose rows name blobs. The compiler asks for one that is new. */
type NamingTable = {
  [Table in keyof LedgerTables]: 'sha256' extends keyof LedgerTables[Table] ? Table : never;
}[keyof LedgerTables];

/** Purges are of files, and name nothing that those do not. */
const NAMES_BLOBS = {
  files: true,
  as2_messages: true,
  purges: false,
  sent_documents: true,
  sent_numbers: false,
} as const satisfies Record<NamingTable, boolean>;

/** See PurgeLedger.unnamedBlobs. */
export async function unnamedBlobs(db: Kysely<LedgerTables>, hashes: readonly string[]): Promise<readonly string[]> {
  const unnamed = new Set(hashes);
  for (const [table, names] of Object.entries(NAMES_BLOBS)) {
    if (!names) continue;
    for (const chunk of inLists([...unnamed])) {
      const { rows } = await sql<{ sha256: string }>`select distinct sha256 from ${sql.table(table)}
        where sha256 in (${sql.join(chunk)})`.execute(db);
      for (const { sha256 } of rows) unnamed.delete(sha256);
    }
  }
  return [...unnamed];
}
