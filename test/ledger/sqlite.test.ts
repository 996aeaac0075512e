import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLedger, openSqliteLedgerForReading } from '../../src/ledger/sqlite.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { ledgerWritingContract } from '../contracts/ledger.ts';
import { ledgerAuditContract } from '../contracts/ledger-audit.ts';
import { ledgerExceptionContract } from '../contracts/ledger-exceptions.ts';
import { ledgerMessagesContract } from '../contracts/ledger-messages.ts';
import { ledgerOutboundContract } from '../contracts/ledger-outbound.ts';
import { ledgerPurgeContract } from '../contracts/ledger-purges.ts';
import { ledgerReadingContract } from '../contracts/ledger-reading.ts';
import { ledgerReplayContract } from '../contracts/ledger-replays.ts';
import { NOON, newFile } from '../contracts/ledger-samples.ts';
import { ledgerWorkContract } from '../contracts/ledger-work.ts';

const ids = createIds(systemClock);
const folders: string[] = [];

async function newLedgerFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-ledger-'));
  folders.push(folder);
  return join(folder, 'data', 'ledger.db');
}

const open = async () => openSqliteLedger({ file: await newLedgerFile(), ids, ownThread: true });

after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

ledgerWritingContract('SQLite', open);
ledgerWorkContract('SQLite', open);
ledgerMessagesContract('SQLite', open);
ledgerReadingContract('SQLite', open);
ledgerAuditContract('SQLite', open);
ledgerReplayContract('SQLite', open);
ledgerPurgeContract('SQLite', open);
ledgerExceptionContract('SQLite', open);
ledgerOutboundContract('SQLite', open);

describe('the SQLite ledger', () => {
  it('keeps what was recorded when it is opened again', async () => {
    const file = await newLedgerFile();
    const first = await openSqliteLedger({ file, ids });
    await first.recordFiles([newFile('f1')]);
    await first.close();
    const second = await openSqliteLedger({ file, ids });
    assert.equal((await second.file('f1'))?.state, 'received');
    await second.close();
  });

  it('is readable by its owner only', async () => {
    const file = await newLedgerFile();
    const ledger = await openSqliteLedger({ file, ids });
    for (const name of [file, `${file}-wal`]) assert.equal((await stat(name)).mode & 0o777, 0o600);
    await ledger.close();
  });

  it('refuses a second writer until the first one has closed it', async () => {
    const file = await newLedgerFile();
    const first = await openSqliteLedger({ file, ids });
    await assert.rejects(openSqliteLedger({ file, ids }), { code: 'DATA_FOLDER_IN_USE' });
    await first.close();
    const second = await openSqliteLedger({ file, ids });
    await second.close();
  });

  it('lets others read while it is written, and not write', async () => {
    const file = await newLedgerFile();
    const writer = await openSqliteLedger({ file, ids });
    const reader = await openSqliteLedgerForReading({ file });
    await writer.recordFiles([newFile('f1')]);
    assert.equal((await reader.file('f1'))?.id, 'f1');
    assert.deepEqual(await reader.check(), []);
    assert.equal(await reader.writable(), false);
    await assert.rejects(reader.recordFiles([newFile('f2')]), { code: 'LEDGER_UNAVAILABLE' });
    await assert.rejects(reader.claim('split', 1, NOON, 1), { code: 'LEDGER_UNAVAILABLE' });
    await reader.close();
    await writer.close();
  });

  it('is read after its writer has gone', async () => {
    const file = await newLedgerFile();
    const writer = await openSqliteLedger({ file, ids });
    await writer.recordFiles([newFile('f1')]);
    await writer.close();
    const reader = await openSqliteLedgerForReading({ file });
    assert.equal((await reader.file('f1'))?.id, 'f1');
    await reader.close();
  });

  it('says so when there is nothing to read', async () => {
    const file = await newLedgerFile();
    const message = /Start the gateway once/;
    await assert.rejects(openSqliteLedgerForReading({ file }), { code: 'LEDGER_UNAVAILABLE', message });
    const ledger = await openSqliteLedger({ file, ids });
    await ledger.close();
    const empty = `${file}.empty`;
    await writeFile(empty, '');
    await assert.rejects(openSqliteLedgerForReading({ file: empty }), { code: 'LEDGER_UNAVAILABLE', message });
    await writeFile(`${file}.text`, 'This is no database, however long it may be.'.repeat(50));
    await assert.rejects(openSqliteLedgerForReading({ file: `${file}.text` }), { code: 'LEDGER_UNAVAILABLE' });
    await assert.rejects(openSqliteLedger({ file: `${file}.text`, ids }), { code: 'LEDGER_UNAVAILABLE' });
  });
});
