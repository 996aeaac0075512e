import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { Ids } from '../util/ids.ts';
import { reasonColumns, toFileColumns, toFileRow } from './codec.ts';
import { decodeCursor, pageOf } from './cursor.ts';
import { sameBytes } from './reasons.ts';
import { inLists, insertRows } from './rows.ts';
import type { FilesTable, LedgerTables, WorkTable } from './schema.ts';
import { inTransaction, takeTurn } from './transactions.ts';
import type { DocumentState, FileFilter, FileRow, Ledger, NewFile, Page } from './types.ts';
import { newWork } from './work.ts';

/** See Ledger.recordFiles. A file of an unknown partner is never a duplicate: nobody says that it came from the same one. */
export async function recordFiles(
  db: Kysely<LedgerTables>,
  ids: Ids,
  files: readonly NewFile[],
): ReturnType<Ledger['recordFiles']> {
  return inTransaction(db, async (trx) => {
    await takeTurn(trx, ...turnsOf(files));
    return insertFiles(trx, ids, files);
  });
}

/** The turns that whoever records these files takes: nobody else decides about the same partner's files meanwhile. */
export function turnsOf(files: readonly NewFile[]): readonly string[] {
  return files.map((file) => `files ${file.partnerId ?? file.connection}`);
}

/** Inside a transaction, in turn: see Ledger.recordFiles. */
export async function insertFiles(
  trx: Kysely<LedgerTables>,
  ids: Ids,
  files: readonly NewFile[],
): ReturnType<Ledger['recordFiles']> {
  const known = await filesBySourceKey(trx, files);
  const originals = await originalsByContent(trx, files);
  const outcomes: Awaited<ReturnType<Ledger['recordFiles']>>[number][] = [];
  const rows: Insertable<FilesTable>[] = [];
  const work: Insertable<WorkTable>[] = [];
  for (const file of files) {
    const knownId = known.get(file.sourceKey);
    if (knownId !== undefined) {
      outcomes.push({ id: knownId, outcome: 'known' });
      continue;
    }
    known.set(file.sourceKey, file.id);
    const row = toFileColumns(file);
    const original = file.partnerId === null ? undefined : originals.get(contentKey(file.partnerId, file.sha256));
    if (original === undefined) {
      if (file.partnerId !== null) originals.set(contentKey(file.partnerId, file.sha256), file.id);
      rows.push(row);
      work.push(newWork(ids, 'split', file.id, file.receivedAt, laneOf(file)));
      outcomes.push({ id: file.id, outcome: 'recorded' });
    } else {
      const reason = reasonColumns(sameBytes(original));
      rows.push({ ...row, ...reason, state: 'duplicate', duplicate_of: original, settled_at: file.receivedAt });
      outcomes.push({ id: file.id, outcome: 'duplicate' });
    }
  }
  await insertRows(trx, 'files', rows);
  await insertRows(trx, 'work', work);
  return outcomes;
}

/** What came before is recognised by what was split before: files of one partner are split by one process at a time. */
function laneOf({ partnerId, connection }: NewFile): { readonly partner: string | null; readonly lane: string } {
  return { partner: partnerId, lane: partnerId ?? connection };
}

async function filesBySourceKey(db: Kysely<LedgerTables>, files: readonly NewFile[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const keys of inLists(files.map((file) => file.sourceKey))) {
    const rows = await db.selectFrom('files').select(['id', 'source_key']).where('source_key', 'in', keys).execute();
    for (const row of rows) known.set(row.source_key, row.id);
  }
  return known;
}

/** The oldest live file of each partner and content. */
async function originalsByContent(db: Kysely<LedgerTables>, files: readonly NewFile[]): Promise<Map<string, string>> {
  const originals = new Map<string, string>();
  for (const hashes of inLists(files.map((file) => file.sha256))) {
    const rows = await db
      .selectFrom('files')
      .select(['id', 'partner_id', 'sha256'])
      .where('sha256', 'in', hashes)
      // Of all files most are processed: an index of states would read them all.
      .where(sql<boolean>`state || '' in ('received', 'processed')`)
      .execute();
    for (const { id, partner_id, sha256 } of rows) {
      if (partner_id === null) continue;
      const key = contentKey(partner_id, sha256);
      const other = originals.get(key);
      if (other === undefined || id < other) originals.set(key, id);
    }
  }
  return originals;
}

function contentKey(partnerId: string, sha256: string): string {
  return `${sha256} ${partnerId}`;
}

/** One file by its id. */
export async function findFile(db: Kysely<LedgerTables>, id: string): Promise<FileRow | null> {
  const [file] = await filesByIds(db, [id]);
  return file ?? null;
}

/** Files by their ids, newest first; ids that do not exist are left out. */
export async function filesByIds(db: Kysely<LedgerTables>, ids: readonly string[]): Promise<readonly FileRow[]> {
  if (ids.length === 0) return [];
  return inTransaction(db, async (trx) => {
    const rows = await trx.selectFrom('files').selectAll().where('id', 'in', ids).execute();
    rows.sort((a, b) => b.received_at - a.received_at || (a.id < b.id ? 1 : -1));
    return withDocumentCounts(trx, rows);
  });
}

/** See Ledger.files. */
export async function listFiles(
  db: Kysely<LedgerTables>,
  filter: FileFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<FileRow>> {
  let query = db.selectFrom('files').selectAll();
  if (filter.partner !== undefined) query = query.where('partner_id', '=', filter.partner);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (cursor !== null) {
    const { at, id } = decodeCursor(cursor);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('received_at', 'id'), '<', tuple(at, id)));
  }
  const page = query
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  return inTransaction(db, async (trx) => {
    const rows = await trx.executeQuery(page);
    const files = await withDocumentCounts(trx, rows.rows);
    return pageOf(files, limit, (file) => ({ at: file.receivedAt, id: file.id }));
  });
}

async function withDocumentCounts(
  db: Kysely<LedgerTables>,
  rows: readonly Selectable<FilesTable>[],
): Promise<readonly FileRow[]> {
  if (rows.length === 0) return [];
  const counted = await db
    .selectFrom('documents')
    .select(({ fn }) => ['file_id', 'state', fn.countAll<number>().as('count')])
    .where(
      'file_id',
      'in',
      rows.map((row) => row.id),
    )
    .groupBy(['file_id', 'state'])
    .execute();
  const byFile = new Map(rows.map((row) => [row.id, noDocuments()]));
  for (const { file_id, state, count } of counted) {
    const counts = byFile.get(file_id);
    if (counts !== undefined) counts[state] = count;
  }
  const purged = await db
    .selectFrom('purges')
    .selectAll()
    .where(
      'file_id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();
  const purges = new Map(purged.map((purge) => [purge.file_id, purge]));
  return rows.map((row) => {
    const counts = byFile.get(row.id) ?? noDocuments();
    const purge = purges.get(row.id);
    if (purge === undefined) return toFileRow(row, counts, null);
    const { processed, rejected, duplicate } = purge;
    const all = purge.documents_at === null ? counts : { ...counts, processed, rejected, duplicate };
    return toFileRow(row, all, purge.bytes_at);
  });
}

function noDocuments(): Record<DocumentState, number> {
  return { received: 0, processed: 0, rejected: 0, quarantined: 0, duplicate: 0 };
}
