import { type Kysely, sql } from 'kysely';

/** Open problems that somebody must see, what each is about, and how often a claim of work was lost. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('exceptions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('partner_id', 'text')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('remedy', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('assignee', 'text')
    .addColumn('affected', 'integer', (column) => column.notNull())
    .addColumn('first_seen', 'bigint', (column) => column.notNull())
    .addColumn('last_seen', 'bigint', (column) => column.notNull())
    .addColumn('resolved_at', 'bigint')
    .addColumn('resolution', 'text')
    .execute();
  await db.schema
    .createIndex('exceptions_open_once')
    .on('exceptions')
    .column('fingerprint')
    .unique()
    .where(sql.ref('state'), '=', sql.lit('open'))
    .execute();
  for (const columns of [['first_seen', 'id'], ...['state', 'owner', 'code', 'partner_id'].map(byTime)]) {
    await db.schema
      .createIndex(`exceptions_by_${columns.join('_')}`)
      .on('exceptions')
      .columns(columns)
      .execute();
  }
  await db.schema
    .createTable('exception_subjects')
    .addColumn('exception_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('file_id', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('exception_subjects_once', ['exception_id', 'subject_id'])
    .execute();
  for (const column of ['subject_id', 'file_id']) {
    await db.schema.createIndex(`exception_subjects_by_${column}`).on('exception_subjects').column(column).execute();
  }
  await db.schema
    .alterTable('work')
    .addColumn('lost', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

function byTime(column: string): string[] {
  return [column, 'first_seen', 'id'];
}
