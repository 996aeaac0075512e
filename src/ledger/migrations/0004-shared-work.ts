import { type Kysely, sql } from 'kysely';

/** Work that many processes share: whose it is, what may not run beside it, whether somebody holds it; and leases by name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('work')
    .addColumn('partner', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await db.schema.alterTable('work').addColumn('lane', 'text').execute();
  await db.schema
    .alterTable('work')
    .addColumn('held', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('work_by_kind_partner_due_at_id')
    .on('work')
    .columns(['kind', 'partner', 'due_at', 'id'])
    .execute();
  await db.schema
    .createIndex('work_held_by_kind')
    .on('work')
    .columns(['kind', 'partner', 'lane'])
    .where(sql.ref('held'), '=', sql.lit(1))
    .execute();
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
}
