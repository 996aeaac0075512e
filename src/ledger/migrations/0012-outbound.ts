import { type Kysely, sql } from 'kysely';

/** What we send: events that asked for it, documents made of them, and the control numbers these took. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outbound_events')
    .addColumn('event_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('partner_id', 'text', (column) => column.notNull())
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('documents', 'integer', (column) => column.notNull())
    .execute();
  await createSentDocuments(db);
  await db.schema
    .createTable('sent_references')
    .addColumn('document_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sent_references_once', ['document_id', 'type', 'value'])
    .execute();
  await db.schema.createIndex('sent_references_by_value').on('sent_references').column('value').execute();
  await db.schema
    .createTable('sent_numbers')
    .addColumn('partner_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('serial', 'bigint', (column) => column.notNull())
    .addColumn('document_id', 'text')
    .addColumn('sha256', 'text')
    .addColumn('voided_because', 'text')
    .addPrimaryKeyConstraint('sent_numbers_once', ['partner_id', 'kind', 'serial'])
    .execute();
  // The oldest delivery of each partner; no other kind of work pays for it.
  await db.schema
    .createIndex('work_deliveries_in_order')
    .on('work')
    .columns(['partner', 'id'])
    .where(sql.ref('kind'), '=', sql.lit('deliver'))
    .execute();
}

async function createSentDocuments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sent_documents')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('event_type', 'text', (column) => column.notNull())
    .addColumn('partner_id', 'text', (column) => column.notNull())
    .addColumn('connection', 'text', (column) => column.notNull())
    .addColumn('standard', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('release', 'text', (column) => column.notNull())
    .addColumn('map_pin', 'text', (column) => column.notNull())
    .addColumn('group_code', 'text', (column) => column.notNull())
    .addColumn('interchange_number', 'text', (column) => column.notNull())
    .addColumn('group_number', 'text', (column) => column.notNull())
    .addColumn('control_number', 'text', (column) => column.notNull())
    .addColumn('test', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('content_type', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('expects', 'text')
    .addColumn('expects_within', 'bigint')
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason_code', 'text')
    .addColumn('reason_text', 'text')
    .addColumn('sent_at', 'bigint')
    .addColumn('reference', 'text')
    .addColumn('says', 'text')
    .addColumn('answered_at', 'bigint')
    .execute();
  for (const columns of [
    ['accepted_at', 'id'],
    ['partner_id', 'accepted_at', 'id'],
    ['state', 'accepted_at', 'id'],
    ['event_id', 'id'],
    ['sha256'],
    ['partner_id', 'group_number'],
    ['partner_id', 'interchange_number'],
    ['group_number'],
    ['interchange_number'],
    ['control_number'],
  ]) {
    await db.schema
      .createIndex(`sent_documents_by_${columns.join('_')}`)
      .on('sent_documents')
      .columns(columns)
      .execute();
  }
}
