import { join } from 'node:path';
import type { Command } from 'commander';
import { openSqliteLedgerForReading } from '../ledger/sqlite.ts';
import type { Ledger } from '../ledger/types.ts';
import { settingsOf } from './context.ts';

/** Opens the ledger of the data folder for reading, also while a gateway runs, and closes it after `use`. */
export async function withLedger<T>(command: Command, use: (ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = await openSqliteLedgerForReading({ file: join(settingsOf(command).data, 'ledger.sqlite') });
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
}
