import type { Kysely } from 'kysely';
import { toDocumentRow } from './codec.ts';
import { decodeCursor, pageOf } from './cursor.ts';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import type { DocumentFilter, DocumentRow, Page } from './types.ts';

/** See Ledger.documentsByIds; ids that do not exist are left out. */
export async function documentsByIds(
  db: Kysely<LedgerTables>,
  ids: readonly string[],
): Promise<readonly DocumentRow[]> {
  const found: DocumentRow[] = [];
  for (const chunk of inLists(ids)) {
    const rows = await db.selectFrom('documents').selectAll().where('id', 'in', chunk).execute();
    for (const row of rows) found.push(toDocumentRow(row));
  }
  return found;
}

/** See Ledger.documents. */
export async function listDocuments(
  db: Kysely<LedgerTables>,
  filter: DocumentFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<DocumentRow>> {
  const rows =
    filter.ref === undefined
      ? await newestDocuments(db, filter, cursor, limit)
      : await newestWithReference(db, filter, filter.ref, cursor, limit);
  return pageOf(rows.map(toDocumentRow), limit, (document) => ({ at: document.receivedAt, id: document.id }));
}

function newestDocuments(db: Kysely<LedgerTables>, filter: DocumentFilter, cursor: string | null, limit: number) {
  return documentQuery(db, filter, cursor, limit).execute();
}

/** Each kind of reference has its own index, so each is asked for its newest; the newest of those are the answer. */
async function newestWithReference(
  db: Kysely<LedgerTables>,
  filter: DocumentFilter,
  ref: string,
  cursor: string | null,
  limit: number,
) {
  const query = documentQuery(db, filter, cursor, limit);
  const answers = [
    await query.where('documents.control_number', '=', ref).execute(),
    await query.where('documents.group_control_number', '=', ref).execute(),
    await query
      .where('documents.interchange_id', 'in', (sub) =>
        sub.selectFrom('interchanges').select('interchanges.id').where('interchanges.control_number', '=', ref),
      )
      .execute(),
    await query
      .where('documents.id', 'in', (sub) =>
        sub.selectFrom('document_references').select('document_id').where('value', '=', ref),
      )
      .execute(),
  ];
  const rows = new Map(answers.flat().map((row) => [row.id, row]));
  return [...rows.values()].sort((a, b) => b.received_at - a.received_at || (a.id < b.id ? 1 : -1)).slice(0, limit + 1);
}

function documentQuery(db: Kysely<LedgerTables>, filter: DocumentFilter, cursor: string | null, limit: number) {
  let query = db.selectFrom('documents').selectAll();
  if (filter.partner !== undefined) query = query.where('partner_id', '=', filter.partner);
  if (filter.type !== undefined) query = query.where('type', '=', filter.type);
  if (filter.direction !== undefined) query = query.where('direction', '=', filter.direction);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.file !== undefined) query = query.where('file_id', '=', filter.file);
  if (filter.from !== undefined) query = query.where('received_at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('received_at', '<', filter.to);
  if (cursor !== null) {
    const { at, id } = decodeCursor(cursor);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('received_at', 'id'), '<', tuple(at, id)));
  }
  return query
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
}
