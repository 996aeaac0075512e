import { type Kysely, sql } from 'kysely';

/** Documents read again: the requests, how far each has come, and events that take the place of others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('replays')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('because', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('map_pin', 'text')
    .addColumn('dry_run', 'integer', (column) => column.notNull())
    .addColumn('rate', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('total', 'bigint', (column) => column.notNull())
    .addColumn('done', 'bigint', (column) => column.notNull())
    .addColumn('cursor', 'text')
    .addColumn('report', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  await db.schema.createIndex('replays_by_created_at_id').on('replays').columns(['created_at', 'id']).execute();
  await db.schema
    .createIndex('replays_by_due_at')
    .on('replays')
    .columns(['due_at', 'id'])
    .where(sql.ref('ended_at'), 'is', null)
    .execute();
  await db.schema.alterTable('events').addColumn('original_id', 'text').execute();
  await db.schema
    .alterTable('events')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('events_by_original_id_revision')
    .unique()
    .on('events')
    .columns(['original_id', 'revision'])
    .where(sql.ref('original_id'), 'is not', null)
    .execute();
}
