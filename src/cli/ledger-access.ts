import { join } from 'node:path';
import type { Command } from 'commander';
import { openPostgresLedgerForReading } from '../ledger/postgres.ts';
import { openSqliteLedgerForReading } from '../ledger/sqlite.ts';
import type { Ledger } from '../ledger/types.ts';
import { settingsOf } from './context.ts';

/** Opens the ledger of the settings for reading, also while a gateway runs, and closes it after `use`. */
export async function withLedger<T>(command: Command, use: (ledger: Ledger) => Promise<T>): Promise<T> {
  const { data, databaseUrl } = settingsOf(command);
  const ledger =
    databaseUrl === null
      ? await openSqliteLedgerForReading({ file: join(data, 'ledger.sqlite') })
      : await openPostgresLedgerForReading({ url: databaseUrl });
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
}
