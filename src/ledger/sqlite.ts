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
import { createSqliteDialect } from './sqlite-dialect.ts';
import { connect, openDatabase } from './sqlite-open.ts';
import { createLocalSession, faultOf, ledgerFault, type SqliteSession } from './sqlite-session.ts';
import { openThreadSession } from './sqlite-thread-session.ts';
import type { Ledger } from './types.ts';
import { endLeases } from './work.ts';

/** Where a ledger is kept. */
interface SqliteLocation {
  /** The database file; `-wal`, `-shm` and `.lock` lie beside it. */
  readonly file: string;
}

interface WritingOptions {
  readonly ids: Ids;
  /** Statements run in a thread of their own, so that nothing else waits for the disk. For a process that serves. */
  readonly ownThread?: boolean;
}

/**
 * Opens the ledger for writing and makes it when it is not there. One process only: DATA_FOLDER_IN_USE while another
 * one has it open. A commit survives a power cut. What was claimed is due: whoever had claimed it is gone.
 */
export async function openSqliteLedger(options: SqliteLocation & WritingOptions): Promise<Ledger> {
  const { file, ids, ownThread = false } = options;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const lock = await takeLock(`${file}.lock`);
  try {
    if (!existsSync(file)) await writeFile(file, '', { mode: 0o600 });
    const session = ownThread ? await openThreadSession(file) : await openSession(file, false);
    const db = new Kysely<LedgerTables>({ dialect: createSqliteDialect(session, file) });
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
  const session = await openSession(file, true);
  const db = new Kysely<LedgerTables>({ dialect: createSqliteDialect(session, file) });
  await requireCurrent(db, file).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  return createLedger(db, noIds, () => db.destroy());
}

function noIds(): never {
  throw new GatewayError('LEDGER_UNAVAILABLE', 'The ledger is open for reading only. Ask the running gateway.');
}

async function openSession(file: string, readonly: boolean): Promise<SqliteSession> {
  return createLocalSession(await openDatabase(file, readonly).catch(throwFault(file)));
}

/** Faults of SQLite as the ledger's own. */
function throwFault(file: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof GatewayError ? error : ledgerFault(faultOf(error), file, error);
  };
}

/** An exclusive transaction on a file of its own: the operating system ends it with the process, however that ends. */
async function takeLock(file: string): Promise<Database> {
  const lock = await connect(file, false, 0).catch(throwFault(file));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    const fault = faultOf(cause);
    if (!fault.code.startsWith('SQLITE_BUSY')) throw ledgerFault(fault, file, cause);
    throw new GatewayError(
      'DATA_FOLDER_IN_USE',
      `${file} is held by another gateway process. Stop that one, or give this one its own CROSSDOCK_DATA.`,
      { cause },
    );
  }
}
