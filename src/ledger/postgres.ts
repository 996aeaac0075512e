import { Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { Ids } from '../util/ids.ts';
import { createLedger } from './ledger.ts';
import { migrate, requireCurrent } from './migrations.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import type { LedgerTables } from './schema.ts';
import type { Ledger } from './types.ts';

/** Where a ledger is kept. */
interface PostgresLocation {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Connections at most. */
  readonly connections?: number;
}

const CONNECTIONS = 10;
/** How long a connection may take, in milliseconds. */
const CONNECTING = 5_000;
/** A statement that takes longer is ended by the server, and a moment later by this side. */
const STATEMENT = 60_000;
const SILENCE = 70_000;
/** Nothing of ours waits that long for a lock; whoever holds it is stuck. */
const LOCK = 30_000;
const INT8 = 20;

/**
 * Opens the ledger for writing and makes its tables when they are not there. Any number of processes may have it open:
 * work is theirs by lease. A commit survives a power cut as far as the server's own settings say so.
 */
export async function openPostgresLedger(options: PostgresLocation & { readonly ids: Ids }): Promise<Ledger> {
  const { db, where } = await connect(options, '');
  await orDestroy(db, migrate(db, where));
  return createLedger(db, options.ids, () => db.destroy());
}

/** Opens an existing ledger for reading. Writing to it throws LEDGER_UNAVAILABLE. */
export async function openPostgresLedgerForReading(options: PostgresLocation): Promise<Ledger> {
  const { db, where } = await connect(options, '-c default_transaction_read_only=on');
  await orDestroy(db, requireCurrent(db, where));
  return createLedger(
    db,
    (prefix) => `${prefix}_none`,
    () => db.destroy(),
  );
}

async function orDestroy(db: Kysely<LedgerTables>, opened: Promise<void>): Promise<void> {
  await opened.catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
}

async function connect(
  { url, connections = CONNECTIONS }: PostgresLocation,
  options: string,
): Promise<{ readonly db: Kysely<LedgerTables>; readonly where: string }> {
  // Loaded here so that a gateway on SQLite does not wait for it.
  const { default: pg } = await import('pg');
  const pool: Pool = new pg.Pool({
    connectionString: url,
    max: connections,
    options,
    application_name: 'crossdock',
    keepAlive: true,
    connectionTimeoutMillis: CONNECTING,
    statement_timeout: STATEMENT,
    query_timeout: SILENCE,
    lock_timeout: LOCK,
    idle_in_transaction_session_timeout: STATEMENT,
    types: { getTypeParser: (oid, format) => (oid === INT8 ? wholeNumber : pg.types.getTypeParser(oid, format)) },
  });
  // A connection that breaks is told to whoever uses it; here it is enough that the process goes on.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const where = placeOf(url);
  return { db: new Kysely<LedgerTables>({ dialect: createPostgresDialect(pool, where) }), where };
}

/** `postgres://host:5432/ledger`: without the user and the password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is too large for a number.`);
  return value;
}
