import assert from 'node:assert/strict';
import BetterSqlite from 'better-sqlite3';
import { type CompiledQuery, Kysely } from 'kysely';
import { createLedger } from '../../src/ledger/ledger.ts';
import { migrate } from '../../src/ledger/migrations.ts';
import type { LedgerTables } from '../../src/ledger/schema.ts';
import { createSqliteDialect } from '../../src/ledger/sqlite-dialect.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { LEASE, NOON, newFile, newSplit, newTranslation, takeIn, translateOne } from '../contracts/ledger-samples.ts';

/** A page deep in a list, as a cursor. */
const CURSOR = Buffer.from(JSON.stringify([NOON, 'd1'])).toString('base64url');

const PARTS: readonly (readonly [string, (ledger: Ledger) => Promise<unknown>])[] = [
  ['the feed', (ledger) => ledger.events({}, 5, 10)],
  ['the feed of a type', (ledger) => ledger.events({ type: 'logistics.shipment.advised.v1' }, 5, 10)],
  ['the feed of types', (ledger) => ledger.events({ type: 'logistics.*' }, 5, 10)],
  ['the feed of a subject', (ledger) => ledger.events({ subject: 'shipment/S1' }, 5, 10)],
  ['the feed of a partner', (ledger) => ledger.events({ partner: 'acme' }, 5, 10)],
  ['the events of a document', (ledger) => ledger.events({ document: 'd1' }, 0, 10)],
  ['an event', (ledger) => ledger.event('e1')],
  ['a file', (ledger) => ledger.file('f1')],
  ['files', (ledger) => ledger.files({}, CURSOR, 10)],
  ['files of a partner', (ledger) => ledger.files({ partner: 'acme' }, CURSOR, 10)],
  ['files in a state', (ledger) => ledger.files({ state: 'received' }, CURSOR, 10)],
  ['documents', (ledger) => ledger.documents({}, CURSOR, 10)],
  ['documents of a partner', (ledger) => ledger.documents({ partner: 'acme' }, CURSOR, 10)],
  ['documents of a type', (ledger) => ledger.documents({ type: '856' }, CURSOR, 10)],
  ['documents in a state', (ledger) => ledger.documents({ state: 'received' }, CURSOR, 10)],
  ['documents of a file', (ledger) => ledger.documents({ file: 'f1' }, CURSOR, 10)],
  ['documents of a time', (ledger) => ledger.documents({ from: NOON, to: NOON + 1 }, CURSOR, 10)],
  ['documents with a reference', (ledger) => ledger.documents({ ref: '0001' }, CURSOR, 10)],
  ['interchanges of a file', (ledger) => ledger.interchangesOf('f1')],
  ['gaps of a file', (ledger) => ledger.gapsOf('f1')],
  ['attempts', (ledger) => ledger.attemptsOf('f1')],
  ['an accepted interchange', (ledger) => ledger.findAcceptedInterchange('key', NOON)],
  ['claiming', (ledger) => ledger.claim('split', 64, NOON, LEASE)],
  ['the next due time', (ledger) => ledger.nextDueAt('translate')],
  ['recording files', (ledger) => ledger.recordFiles([newFile('f3')])],
  ['trace by word', (ledger) => ledger.trace('PO-4711')],
  ['trace by hash', (ledger) => ledger.trace('abcdef0123')],
  ['trace of a file', (ledger) => ledger.trace('f1')],
];

describe('query plans of the SQLite ledger', () => {
  const database = new BetterSqlite(':memory:');
  let asked: CompiledQuery[] = [];
  const db = new Kysely<LedgerTables>({
    dialect: createSqliteDialect(database, 'memory'),
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
    plans().filter((line) => /^SCAN (?!CONSTANT|\d|outcomes)/.test(line) && !/USING.*INDEX/.test(line));
  const sorts = () => plans().filter((line) => /TEMP B-TREE FOR ORDER BY/.test(line));

  for (const [what, ask] of PARTS) {
    it(`searches ${what} by an index`, async () => {
      asked = [];
      await ask(ledger);
      assert.ok(asked.length > 0);
      assert.deepEqual(scans(), []);
      if (!what.startsWith('trace') && !what.endsWith('reference')) assert.deepEqual(sorts(), []);
    });
  }

  it('searches by an index while recording translations', async () => {
    asked = [];
    const references = [{ type: 'purchase-order', value: 'PO-4711' }];
    await translateOne(ledger, newTranslation('d1', 'f1', ['e1'], { references }));
    assert.deepEqual(scans(), []);
  });
});
