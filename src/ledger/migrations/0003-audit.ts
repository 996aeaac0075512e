import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../postgres-adapter.ts';

/** What people did, each row bound to the one before; the database refuses to change or remove one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('seq', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  if (isPostgres(db)) {
    await sql`create function audit_is_append_only() returns trigger language plpgsql as
      $$ begin raise exception 'the audit log is append-only'; end $$`.execute(db);
    await sql`create trigger audit_keeps before update or delete on audit
      for each row execute function audit_is_append_only()`.execute(db);
    return;
  }
  for (const act of ['update', 'delete']) {
    await sql
      .raw(
        `create trigger audit_keeps_${act} before ${act} on audit begin select raise(abort, 'the audit log is append-only'); end`,
      )
      .execute(db);
  }
}
