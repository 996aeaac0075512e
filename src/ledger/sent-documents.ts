import type { ExpressionBuilder, Insertable, Kysely, Selectable } from 'kysely';
import { reasonColumns, reasonOf } from './codec.ts';
import { decodeCursor, pageOf } from './cursor.ts';
import type { NewOutboundEvent, NewSentDocument, SentDocumentFilter, SentDocumentRow } from './outbound-types.ts';
import { inLists } from './rows.ts';
import type { LedgerTables, SentDocumentsTable } from './schema.ts';
import type { Page } from './types.ts';

/** See OutboundLedger.outboundEvent. */
export async function findOutboundEvent(db: Kysely<LedgerTables>, eventId: string): Promise<NewOutboundEvent | null> {
  const row = await db.selectFrom('outbound_events').selectAll().where('event_id', '=', eventId).executeTakeFirst();
  if (row === undefined) return null;
  const { event_id, partner_id, content_hash, body, accepted_at } = row;
  return { eventId: event_id, partnerId: partner_id, contentHash: content_hash, body, acceptedAt: accepted_at };
}

/** See OutboundLedger.documentsOfEvent. */
export async function documentsOfEvent(db: Kysely<LedgerTables>, eventId: string): Promise<readonly SentDocumentRow[]> {
  const rows = await db
    .selectFrom('sent_documents')
    .selectAll()
    .where('event_id', '=', eventId)
    .orderBy('id')
    .execute();
  return rows.map(toSentDocument);
}

/** See OutboundLedger.sentDocument. */
export async function findSentDocument(db: Kysely<LedgerTables>, id: string): Promise<SentDocumentRow | null> {
  const row = await db.selectFrom('sent_documents').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toSentDocument(row);
}

/** See OutboundLedger.sentUnder. */
export async function sentUnder(
  db: Kysely<LedgerTables>,
  partnerId: string,
  level: 'group' | 'interchange',
  controlNumbers: readonly string[],
): Promise<readonly SentDocumentRow[]> {
  const found: SentDocumentRow[] = [];
  for (const numbers of inLists(controlNumbers)) {
    const rows = await db
      .selectFrom('sent_documents')
      .selectAll()
      .where('partner_id', '=', partnerId)
      .where(level === 'group' ? 'group_number' : 'interchange_number', 'in', numbers)
      .execute();
    for (const row of rows) found.push(toSentDocument(row));
  }
  return found;
}

/** See OutboundLedger.sentDocuments. */
export async function listSentDocuments(
  db: Kysely<LedgerTables>,
  filter: SentDocumentFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<SentDocumentRow>> {
  let query = db
    .selectFrom('sent_documents')
    .selectAll()
    .where(matching(filter))
    .orderBy('accepted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== null) {
    const { at, id } = decodeCursor(cursor);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('accepted_at', 'id'), '<', tuple(at, id)));
  }
  const { ref } = filter;
  if (ref !== undefined) {
    // Each kind of reference has an index of its own.
    query = query.where('id', 'in', (sub) => {
      const ids = sub.selectFrom('sent_documents').select('id');
      return ids
        .where('event_id', '=', ref)
        .union(ids.where('interchange_number', '=', ref))
        .union(ids.where('group_number', '=', ref))
        .union(ids.where('control_number', '=', ref))
        .union(sub.selectFrom('sent_references').select('document_id as id').where('value', '=', ref));
    });
  }
  const rows = (await query.execute()).map(toSentDocument);
  return pageOf(rows, limit, ({ acceptedAt, id }) => ({ at: acceptedAt, id }));
}

function matching({ partner, type, state, from, to }: SentDocumentFilter) {
  return ({ eb, and }: ExpressionBuilder<LedgerTables, 'sent_documents'>) =>
    and([
      ...(partner === undefined ? [] : [eb('partner_id', '=', partner)]),
      ...(type === undefined ? [] : [eb('type', '=', type)]),
      ...(state === undefined ? [] : [eb('state', '=', state)]),
      ...(from === undefined ? [] : [eb('accepted_at', '>=', from)]),
      ...(to === undefined ? [] : [eb('accepted_at', '<', to)]),
    ]);
}

export function toSentColumns(document: NewSentDocument): Insertable<SentDocumentsTable> {
  return {
    id: document.id,
    event_id: document.eventId,
    event_type: document.eventType,
    partner_id: document.partnerId,
    connection: document.connection,
    standard: document.standard,
    type: document.type,
    release: document.release,
    map_pin: document.mapPin,
    group_code: document.groupCode,
    interchange_number: document.interchangeControlNumber,
    group_number: document.groupControlNumber,
    control_number: document.controlNumber,
    test: document.test ? 1 : 0,
    name: document.name,
    content_type: document.contentType,
    size: document.size,
    sha256: document.sha256,
    expects: document.expect?.answer ?? null,
    expects_within: document.expect?.within ?? null,
    accepted_at: document.acceptedAt,
    state: 'queued',
    ...reasonColumns(null),
    sent_at: null,
    reference: null,
    says: null,
    answered_at: null,
  };
}

function toSentDocument(row: Selectable<SentDocumentsTable>): SentDocumentRow {
  const { expects, expects_within: within } = row;
  return {
    id: row.id,
    eventId: row.event_id,
    eventType: row.event_type,
    partnerId: row.partner_id,
    connection: row.connection,
    standard: row.standard,
    type: row.type,
    release: row.release,
    mapPin: row.map_pin,
    groupCode: row.group_code,
    interchangeControlNumber: row.interchange_number,
    groupControlNumber: row.group_number,
    controlNumber: row.control_number,
    test: row.test === 1,
    name: row.name,
    contentType: row.content_type,
    size: row.size,
    sha256: row.sha256,
    expect: expects === null || within === null ? null : { answer: expects, within },
    acceptedAt: row.accepted_at,
    state: row.state,
    reason: reasonOf(row),
    sentAt: row.sent_at,
    reference: row.reference,
    says: row.says,
    answeredAt: row.answered_at,
  };
}
