import type { Database, Statement } from 'better-sqlite3';
import { GatewayError, messageOf } from '../errors.ts';

/** What became of a statement. */
export interface Outcome {
  /** In the shape that the statement asks for, which only its author knows. */
  readonly rows: readonly never[];
  /** Rows that were written; null for a statement that answers rows. */
  readonly changes: number | null;
  /** What SQLite said when it refused, null when it did not. */
  readonly fault: SqliteFault | null;
  /** Whether a transaction is open now: a full disk ends one by itself. */
  readonly inTransaction: boolean;
}

/** `SQLITE_BUSY` and the like, empty when something else was thrown; and what it said. */
export interface SqliteFault {
  readonly code: string;
  readonly message: string;
}

/** An open SQLite database, in this thread or in another one. Statements run in the order in which they are given. */
export interface SqliteSession {
  execute(text: string, parameters: readonly unknown[]): Promise<Outcome>;
  close(): Promise<void>;
}

/** Prepared statements kept for the next time, oldest dropped first. */
const KEPT_STATEMENTS = 200;
/** Long statements carry many rows; they are seldom alike and hold much memory. */
const KEPT_LENGTH = 20_000;

/** Runs statements on an open database, each prepared once. Never throws: what SQLite says is part of the outcome. */
export function createExecutor(database: Database): (text: string, parameters: readonly unknown[]) => Outcome {
  const kept = new Map<string, Statement<unknown[], never>>();

  function prepare(text: string): Statement<unknown[], never> {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare<unknown[], never>(text);
    if (text.length > KEPT_LENGTH) return statement;
    const [oldest] = kept.keys();
    if (kept.size >= KEPT_STATEMENTS && oldest !== undefined) kept.delete(oldest);
    kept.set(text, statement);
    return statement;
  }

  return (text, parameters) => {
    try {
      const statement = prepare(text);
      const rows = statement.reader ? statement.all(parameters) : [];
      const changes = statement.reader ? null : statement.run(parameters).changes;
      return { rows, changes, fault: null, inTransaction: database.inTransaction };
    } catch (error) {
      return { rows: [], changes: null, fault: faultOf(error), inTransaction: database.inTransaction };
    }
  };
}

/** A session in this thread: the event loop waits for the disk. */
export function createLocalSession(database: Database): SqliteSession {
  const execute = createExecutor(database);
  return {
    execute: async (text, parameters) => execute(text, parameters),
    close: async () => {
      database.close();
    },
  };
}

/** What was thrown, in a form that a thread can be told. */
export function faultOf(error: unknown): SqliteFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { code, message: messageOf(error) };
}

// Faults of what was asked for; every other one says that the database did not answer.
const OUR_FAULT = /^SQLITE_(CONSTRAINT|MISMATCH|RANGE|TOOBIG|MISUSE|ERROR)/;

/** What SQLite said, as the ledger's own error. */
export function ledgerFault({ code, message }: SqliteFault, file: string, cause?: unknown): GatewayError {
  return OUR_FAULT.test(code)
    ? new GatewayError('INTERNAL', `${file}: the ledger refused a statement: ${message}.`, { cause })
    : new GatewayError(
        'LEDGER_UNAVAILABLE',
        `${file}: the ledger did not answer: ${message}. Look at the disk's space and the file's permissions.`,
        { cause },
      );
}
