import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { GatewayError } from '../errors.ts';
import { openPostgresLedger } from '../ledger/postgres.ts';
import { openSqliteLedger } from '../ledger/sqlite.ts';
import type { Ledger } from '../ledger/types.ts';
import { systemClock } from '../util/clock.ts';
import { createIds, type Ids } from '../util/ids.ts';
import { settingsOf } from './context.ts';
import { type OperationsClient, operationsClient } from './operations-client.ts';

/**
 * Does what changes the ledger: `here`, on PostgreSQL or where no gateway owns the data folder; else the gateway is asked to,
 * as SQLite has one writer.
 */
export async function changeLedger<T>(
  command: Command,
  here: (ledger: Ledger, ids: Ids) => Promise<T>,
  ask: (gateway: OperationsClient) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(command);
  const ids = createIds(systemClock);
  let ledger: Ledger;
  try {
    ledger = await openForWriting(settings, ids);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'DATA_FOLDER_IN_USE') return ask(operationsClient(settings));
    throw error;
  }
  try {
    return await here(ledger, ids);
  } finally {
    await ledger.close();
  }
}

async function openForWriting({ data, databaseUrl }: ReturnType<typeof settingsOf>, ids: Ids): Promise<Ledger> {
  if (databaseUrl !== null) return openPostgresLedger({ url: databaseUrl, ids });
  const file = join(data, 'ledger.sqlite');
  if (existsSync(file)) return openSqliteLedger({ file, ids });
  const remedy = 'Start the gateway once, or name the data folder with CROSSDOCK_DATA.';
  throw new GatewayError('LEDGER_UNAVAILABLE', `${file}: there is no ledger here yet. ${remedy}`);
}
