import type { Kysely } from 'kysely';

/** What files were answered, as it was told first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('acknowledgments')
    .addColumn('file_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .execute();
}
