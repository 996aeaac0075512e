import { type Kysely, PostgresAdapter } from 'kysely';

/** True on PostgreSQL, where others write at the same time; false on SQLite, where one process does, one transaction at a time. */
export function isPostgres<T>(db: Kysely<T>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
