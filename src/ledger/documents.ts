import type { ExpressionBuilder, Kysely } from 'kysely';
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
  const rows = await documentsInOrder(db, 'desc', filter, cursor, limit + 1);
  return pageOf(rows, limit, (document) => ({ at: document.receivedAt, id: document.id }));
}

/** Documents from a cursor on, by the time they were received: newest first (`desc`) or oldest first. */
export async function documentsInOrder(
  db: Kysely<LedgerTables>,
  order: 'asc' | 'desc',
  filter: DocumentFilter,
  cursor: string | null,
  limit: number,
): Promise<readonly DocumentRow[]> {
  const query = documentQuery(db, order, filter, cursor).limit(limit);
  if (filter.ref === undefined) return (await query.execute()).map(toDocumentRow);
  const { ref } = filter;
  // Each kind of reference has its own index, so each is asked for its first; the first of those are the answer.
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
  const sign = order === 'asc' ? 1 : -1;
  return [...rows.values()]
    .sort((a, b) => sign * (a.received_at - b.received_at || (a.id < b.id ? -1 : 1)))
    .slice(0, limit)
    .map(toDocumentRow);
}

/** How many documents there are, up to `most`. */
export async function countDocuments(db: Kysely<LedgerTables>, filter: DocumentFilter, most: number): Promise<number> {
  if (filter.ref !== undefined) return (await documentsInOrder(db, 'asc', filter, null, most)).length;
  const found = db.selectFrom('documents').select('id').where(matching(filter)).limit(most).as('found');
  const { count } = await db
    .selectFrom(found)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

function documentQuery(db: Kysely<LedgerTables>, order: 'asc' | 'desc', filter: DocumentFilter, cursor: string | null) {
  const query = db
    .selectFrom('documents')
    .selectAll()
    .where(matching(filter))
    .orderBy('received_at', order)
    .orderBy('id', order);
  if (cursor === null) return query;
  const { at, id } = decodeCursor(cursor);
  const behind = order === 'asc' ? '>' : '<';
  return query.where(({ eb, refTuple, tuple }) => eb(refTuple('received_at', 'id'), behind, tuple(at, id)));
}

function matching(filter: DocumentFilter) {
  const { id, partner, type, direction, state, file, from, to } = filter;
  return ({ eb, and }: ExpressionBuilder<LedgerTables, 'documents'>) =>
    and([
      ...(id === undefined ? [] : [eb('id', '=', id)]),
      ...(partner === undefined ? [] : [eb('partner_id', '=', partner)]),
      ...(type === undefined ? [] : [eb('type', '=', type)]),
      ...(direction === undefined ? [] : [eb('direction', '=', direction)]),
      ...(state === undefined ? [] : [eb('state', '=', state)]),
      ...(file === undefined ? [] : [eb('file_id', '=', file)]),
      ...(from === undefined ? [] : [eb('received_at', '>=', from)]),
      ...(to === undefined ? [] : [eb('received_at', '<', to)]),
    ]);
}
