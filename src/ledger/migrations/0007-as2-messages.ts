import { type Kysely, sql } from 'kysely';

/** Messages of partners over AS2, each with the MDN that answers it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('as2_messages')
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('theirs', 'text', (column) => column.notNull())
    .addColumn('ours', 'text', (column) => column.notNull())
    .addColumn('connection', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('headers', 'text', (column) => column.notNull())
    .addColumn('disposition', 'text', (column) => column.notNull())
    .addColumn('accepted', 'integer', (column) => column.notNull())
    .addColumn('content', 'text')
    .addColumn('mdn_headers', 'text')
    .addColumn('mdn_body', 'text')
    .addColumn('mdn_due', 'text')
    .addPrimaryKeyConstraint('as2_messages_key', ['message_id', 'theirs', 'ours'])
    .execute();
  await db.schema
    .createIndex('as2_messages_due')
    .on('as2_messages')
    .column('received_at')
    .where(sql.ref('mdn_due'), 'is not', null)
    .execute();
}
