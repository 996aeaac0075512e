import assert from 'node:assert/strict';
import BetterSqlite from 'better-sqlite3';
import { type CompiledQuery, Kysely } from 'kysely';
import { createLedger } from '../../src/ledger/ledger.ts';
import { migrate } from '../../src/ledger/migrations.ts';
import type { LedgerTables } from '../../src/ledger/schema.ts';
import { createSqliteDialect } from '../../src/ledger/sqlite-dialect.ts';
import { createLocalSession } from '../../src/ledger/sqlite-session.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { newFile, newSplit, newTranslation, takeIn, translateOne } from '../contracts/ledger-samples.ts';
import { QUERIES } from './queries.ts';

describe('query plans of the SQLite ledger', () => {
  const database = new BetterSqlite(':memory:');
  let asked: CompiledQuery[] = [];
  const db = new Kysely<LedgerTables>({
    dialect: createSqliteDialect(createLocalSession(database), 'memory'),
    log: ({ query }) => {
      asked.push(query);
    },
  });
  const ledger = createLedger(db, createIds(systemClock), () => db.destroy());

  before(async () => {
    await migrate(db, 'memory');
    await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2']));
    await ledger.recordFiles([newFile('f2')]);
  });
  after(() => ledger.close());

  /** The lines of the plans of everything that was asked since the last call. */
  const plans = (): string[] => {
    const lines: string[] = [];
    for (const { sql, parameters } of asked) {
      if (!/^\s*(select|insert|update|delete|with)\b/i.test(sql)) continue;
      for (const row of database.prepare(`explain query plan ${sql}`).all(parameters)) {
        if (row instanceof Object && 'detail' in row) lines.push(String(row.detail));
      }
    }
    return lines;
  };
  const scans = () =>
    plans().filter(
      (line) =>
        /^SCAN (?!CONSTANT|\d|outcomes|partners|due|waiting|found|oldest)/.test(line) && !/USING.*INDEX/.test(line),
    );
  const sorts = () => plans().filter((line) => /TEMP B-TREE FOR ORDER BY/.test(line));

  for (const [what, ask] of QUERIES) {
    it(`searches ${what} by an index`, async () => {
      asked = [];
      await ask(ledger);
      assert.ok(asked.length > 0);
      assert.deepEqual(scans(), []);
      if (!what.startsWith('trace') && !what.endsWith('reference')) assert.deepEqual(sorts(), []);
    });
  }

  it('searches files with the same bytes by their hash, not by the states that most files are in', async () => {
    asked = [];
    await ledger.recordFiles(Array.from({ length: 64 }, (_, index) => newFile(`many${index}`)));
    const searches = plans().filter((line) => line.startsWith('SEARCH files'));
    assert.ok(searches.some((line) => line.includes('files_by_sha256')));
    assert.ok(!searches.some((line) => line.includes('files_by_state')));
  });

  it('searches by an index while recording translations', async () => {
    asked = [];
    const references = [{ type: 'purchase-order', value: 'PO-4711' }];
    await translateOne(ledger, newTranslation('d1', 'f1', ['e1'], { references }));
    assert.deepEqual(scans(), []);
  });
});
