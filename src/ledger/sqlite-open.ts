import type { Database } from 'better-sqlite3';
import { GatewayError } from '../errors.ts';

/** How long a statement waits for another connection, in milliseconds. */
const BUSY_TIMEOUT = 5_000;
/** Pages of the log that are copied to the main file together: up to 32 MB, which a restart reads in well under a second. */
const CHECKPOINT_EVERY = 8_000;
/** The first better-sqlite3 built for Node-API 10 crashes the process on older ones, without a word. */
const NODE_API = 10;

/** Opens a ledger's file with what durability asks for. Throws what SQLite throws, or NODE_TOO_OLD. */
export async function openDatabase(file: string, readonly: boolean): Promise<Database> {
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
    database.pragma('cache_size = -16000');
    database.pragma('schema_version');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A connection without any settings; a statement waits `timeout` milliseconds for another connection. */
export async function connect(file: string, readonly: boolean, timeout: number): Promise<Database> {
  if (Number(process.versions.napi) < NODE_API) {
    throw new GatewayError(
      'NODE_TOO_OLD',
      `Node ${process.version} has no Node-API ${NODE_API}, which the ledger needs. Use Node 24 or newer.`,
    );
  }
  const { default: BetterSqlite } = await import('better-sqlite3');
  return new BetterSqlite(file, { readonly, fileMustExist: readonly, timeout });
}
