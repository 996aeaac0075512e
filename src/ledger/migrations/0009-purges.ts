import { type Kysely, sql } from 'kysely';

/** What remains of files whose bytes, events or documents were purged; and the ids of events that are gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let purges = db.schema
    .createTable('purges')
    .addColumn('file_id', 'text', (column) => column.primaryKey().notNull().references('files.id'))
    .addColumn('sha256', 'text', (column) => column.notNull());
  for (const name of ['bytes_at', 'removed_at', 'events_at', 'documents_at']) {
    purges = purges.addColumn(name, 'bigint');
  }
  for (const name of ['processed', 'rejected', 'duplicate', 'events', 'interchange_bytes', 'gap_bytes']) {
    purges = purges.addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0));
  }
  await purges.execute();
  await db.schema
    .createIndex('purges_to_remove')
    .on('purges')
    .columns(['sha256'])
    .where(sql<boolean>`bytes_at is not null and removed_at is null`)
    .execute();
  await db.schema.createIndex('as2_messages_by_sha256').on('as2_messages').columns(['sha256']).execute();
  await db.schema
    .createTable('past_events')
    .addColumn('event_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('document_id', 'text', (column) => column.notNull())
    .execute();
}
