import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { GroupCommitDriver } from './sqlite-group.ts';
import type { SqliteSession } from './sqlite-session.ts';

/**
 * Kysely's SQLite dialect over an open database: transactions that wait for each other are flushed together, faults become
 * GatewayErrors that name `file`. `now` counts milliseconds.
 */
export function createSqliteDialect(
  session: SqliteSession,
  file: string,
  now: () => number = () => performance.now(),
): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new GroupCommitDriver(session, file, now),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** SQLite changes tables in transactions, so a migration happens whole or not at all. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** There is one connection; the driver itself gives it to one after the other. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}
