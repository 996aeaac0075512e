import assert from 'node:assert/strict';
import BetterSqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { createLedger } from '../../src/ledger/ledger.ts';
import { migrate } from '../../src/ledger/migrations.ts';
import type { LedgerTables } from '../../src/ledger/schema.ts';
import { createSqliteDialect } from '../../src/ledger/sqlite-dialect.ts';
import { createLocalSession } from '../../src/ledger/sqlite-session.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { newFile } from '../contracts/ledger-samples.ts';

describe('the SQLite ledger on a full disk', () => {
  it('says so, keeps what it has, and goes on when there is room again', async () => {
    const database = new BetterSqlite(':memory:');
    const db = new Kysely<LedgerTables>({ dialect: createSqliteDialect(createLocalSession(database), 'ledger.db') });
    await migrate(db, 'ledger.db');
    const ledger = createLedger(db, createIds(systemClock), () => db.destroy());
    await ledger.recordFiles([newFile('f1')]);
    const most = database.pragma('max_page_count', { simple: true });
    database.pragma('max_page_count = 1');
    const files = Array.from({ length: 500 }, (_, index) => newFile(`full${index}`));
    await assert.rejects(ledger.recordFiles(files), { code: 'LEDGER_UNAVAILABLE', message: /full/ });
    database.pragma(`max_page_count = ${most}`);
    assert.equal(await ledger.file('full0'), null);
    await ledger.recordFiles(files);
    assert.equal((await ledger.counts()).files.received, 501);
    assert.deepEqual(await ledger.check(), []);
    await ledger.close();
  });
});
