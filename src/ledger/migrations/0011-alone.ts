import type { Kysely } from 'kysely';

/** Whether a claim was for one piece of work alone: then nothing else can be what ended the process. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('work')
    .addColumn('alone', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
