import type { Database, Statement } from 'better-sqlite3';
import {
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { GatewayError, messageOf } from '../errors.ts';
import { GroupCommitDriver } from './sqlite-group.ts';

/** Prepared statements kept for the next time, oldest dropped first. */
const KEPT_STATEMENTS = 200;
/** Long statements carry many rows; they are seldom alike and hold much memory. */
const KEPT_LENGTH = 20_000;

/**
 * Kysely's SQLite dialect over an open database: statements are prepared once, transactions that wait for each other are
 * flushed together, faults become GatewayErrors.
 */
export function createSqliteDialect(
  database: Database,
  file: string,
  now: () => number = () => performance.now(),
): Dialect {
  const config = { database: keepStatements(database, file) };
  const dialect = new SqliteDialect(config);
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new GroupCommitDriver(new SqliteDriver(config), database, now),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
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

function keepStatements(database: Database, file: string): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const translated = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw ledgerFault(error, file);
    }
  };
  const prepare = (text: string): SqliteStatement => {
    const statement: Statement<unknown[]> = translated(() => database.prepare<unknown[]>(text));
    return {
      reader: statement.reader,
      all: (parameters) => translated(() => statement.all(parameters)),
      run: (parameters) => translated(() => statement.run(parameters)),
      iterate: (parameters) => translated(() => statement.iterate(parameters)),
    };
  };
  return {
    close: () => {
      database.close();
    },
    prepare: (text) => {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = prepare(text);
      if (text.length > KEPT_LENGTH) return statement;
      const [oldest] = kept.keys();
      if (kept.size >= KEPT_STATEMENTS && oldest !== undefined) kept.delete(oldest);
      kept.set(text, statement);
      return statement;
    },
  };
}

// Faults of what was asked for; every other one says that the database did not answer.
const OUR_FAULT = /^SQLITE_(CONSTRAINT|MISMATCH|RANGE|TOOBIG|MISUSE|ERROR)/;

/** What SQLite threw, as the ledger's own error. */
export function ledgerFault(error: unknown, file: string): GatewayError {
  if (OUR_FAULT.test(sqliteCode(error))) {
    return new GatewayError('INTERNAL', `${file}: the ledger refused a statement: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  return new GatewayError(
    'LEDGER_UNAVAILABLE',
    `${file}: the ledger did not answer: ${messageOf(error)}. Look at the disk's space and the file's permissions.`,
    { cause: error },
  );
}

/** `SQLITE_BUSY` and the like; empty when something else was thrown. */
export function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
