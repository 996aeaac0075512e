import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { Kysely } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { Ids } from '../util/ids.ts';
import { createLedger } from './ledger.ts';
import { migrate, requireCurrent } from './migrations.ts';
import { endReplayLeases } from './replays.ts';
import type { LedgerTables } from './schema.ts';
import { createSqliteDialect, ledgerFault, sqliteCode } from './sqlite-dialect.ts';
import type { Ledger } from './types.ts';
import { endLeases } from './work.ts';

/** Where a ledger is kept. */
interface SqliteLocation {
  /** The database file; `-wal`, `-shm` and `.lock` lie beside it. */
  readonly file: string;
}

/** How long a statement waits for another connection, in milliseconds. */
const BUSY_TIMEOUT = 5_000;
/** Pages of the log that are copied to the main file together: up to 32 MB, which a restart reads in well under a second. */
const CHECKPOINT_EVERY = 8_000;
/** The first better-sqlite3 built for Node-API 10 crashes the process on older ones, without a word. */
const NODE_API = 10;

/**
 * Opens the ledger for writing and makes it when it is not there. One process only: DATA_FOLDER_IN_USE while another
 * one has it open. A commit survives a power cut. All work is due: whoever had claimed some of it is gone.
 */
export async function openSqliteLedger(options: SqliteLocation & { readonly ids: Ids }): Promise<Ledger> {
  const { file, ids } = options;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const lock = await takeLock(`${file}.lock`);
  try {
    if (!existsSync(file)) await writeFile(file, '', { mode: 0o600 });
    const database = await openDatabase(file, false);
    const db = new Kysely<LedgerTables>({ dialect: createSqliteDialect(database, file) });
    await migrate(db, file).catch(async (error: unknown) => {
      await db.destroy();
      throw error;
    });
    await endLeases(db);
    await endReplayLeases(db);
    return createLedger(db, ids, async () => {
      await db.destroy();
      lock.close();
    });
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Opens an existing ledger for reading, also while a gateway writes it. Writing to it throws LEDGER_UNAVAILABLE. */
export async function openSqliteLedgerForReading(options: SqliteLocation): Promise<Ledger> {
  const { file } = options;
  if (!existsSync(file)) {
    throw new GatewayError(
      'LEDGER_UNAVAILABLE',
      `${file}: there is no ledger here yet. Start the gateway once, or name the data folder with CROSSDOCK_DATA.`,
    );
  }
  const database = await openDatabase(file, true);
  const db = new Kysely<LedgerTables>({ dialect: createSqliteDialect(database, file) });
  await requireCurrent(db, file).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  return createLedger(db, noIds, () => db.destroy());
}

function noIds(): never {
  throw new GatewayError('LEDGER_UNAVAILABLE', 'The ledger is open for reading only. Ask the running gateway.');
}

/** An exclusive transaction on a file of its own: the operating system ends it with the process, however that ends. */
async function takeLock(file: string): Promise<Database> {
  const lock = await connect(file, false, 0);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    if (!sqliteCode(cause).startsWith('SQLITE_BUSY')) throw ledgerFault(cause, file);
    throw new GatewayError(
      'DATA_FOLDER_IN_USE',
      `${file} is held by another gateway process. Stop that one, or give this one its own CROSSDOCK_DATA.`,
      { cause },
    );
  }
}

async function openDatabase(file: string, readonly: boolean): Promise<Database> {
  const database = await connect(file, readonly, BUSY_TIMEOUT);
  try {
    if (!readonly) {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      // Pages that many commits touch are copied to the main file once for all of them.
      database.pragma(`wal_autocheckpoint = ${CHECKPOINT_EVERY}`);
    }
    database.pragma('temp_store = MEMORY');
    database.pragma('cache_size = -32000');
    database.pragma('schema_version');
    return database;
  } catch (cause) {
    database.close();
    throw ledgerFault(cause, file);
  }
}

async function connect(file: string, readonly: boolean, timeout: number): Promise<Database> {
  if (Number(process.versions.napi) < NODE_API) {
    throw new GatewayError(
      'NODE_TOO_OLD',
      `Node ${process.version} has no Node-API ${NODE_API}, which the ledger needs. Use Node 24 or newer.`,
    );
  }
  const { default: BetterSqlite } = await import('better-sqlite3');
  try {
    return new BetterSqlite(file, { readonly, fileMustExist: readonly, timeout });
  } catch (cause) {
    throw ledgerFault(cause, file);
  }
}
