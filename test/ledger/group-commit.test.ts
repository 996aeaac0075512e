import assert from 'node:assert/strict';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { createLedger } from '../../src/ledger/ledger.ts';
import { migrate } from '../../src/ledger/migrations.ts';
import type { LedgerTables } from '../../src/ledger/schema.ts';
import { openSqliteLedger, openSqliteLedgerForReading } from '../../src/ledger/sqlite.ts';
import { createSqliteDialect } from '../../src/ledger/sqlite-dialect.ts';
import { createLocalSession } from '../../src/ledger/sqlite-session.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { LEASE, NOON, newFile, newSplit } from '../contracts/ledger-samples.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ids = createIds(systemClock);

/** Its clock moves by so many milliseconds whenever it is looked at. */
async function openInMemory(tick = 0) {
  let time = 0;
  const now = () => {
    time += tick;
    return time;
  };
  const asked: string[] = [];
  const database = new BetterSqlite(':memory:');
  const db = new Kysely<LedgerTables>({
    dialect: createSqliteDialect(createLocalSession(database), 'memory', now),
    log: ({ query }) => {
      asked.push(query.sql);
    },
  });
  await migrate(db, 'memory');
  return { database, ledger: createLedger(db, ids, () => db.destroy()), asked };
}

describe('transactions that wait for each other', () => {
  const folder = tempFolder();

  for (const [what, tick, flushes] of [
    ['are committed with one flush', 0, 1],
    ['are not kept waiting for long: a flush every twenty milliseconds', 11, 10],
  ] as const) {
    it(what, async () => {
      const { ledger, asked } = await openInMemory(tick);
      asked.length = 0;
      await Promise.all(Array.from({ length: 20 }, (_, index) => ledger.recordFiles([newFile(`f${index}`)])));
      assert.equal(asked.filter((text) => text === 'commit').length, flushes);
      assert.equal((await ledger.counts()).files.received, 20);
      await ledger.close();
    });
  }

  it('stand on their own: one that fails takes no other with it', async () => {
    const { ledger } = await openInMemory();
    await ledger.recordFiles([newFile('f1'), newFile('f2')]);
    const [first, second] = await ledger.claim('split', 2, NOON, LEASE);
    assert.ok(first !== undefined && second !== undefined);
    const twice = newSplit('f2', ['same', 'same']);
    const answers = await Promise.allSettled([
      ledger.recordFiles([newFile('f3')]),
      ledger.recordSplit([{ claim: second, result: twice }], NOON),
      ledger.recordSplit([{ claim: first, result: newSplit('f1', ['d1']) }], NOON),
      ledger.document('d1'),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
    assert.equal((await ledger.file('f3'))?.state, 'received');
    assert.deepEqual(await ledger.interchangesOf('f2'), []);
    assert.deepEqual(await ledger.check(), []);
    await ledger.close();
  });

  it('fail together when the disk is full, and nobody is told otherwise', async () => {
    const { ledger, database } = await openInMemory();
    const most = database.pragma('max_page_count', { simple: true });
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 8}`);
    const many = (name: string) => Array.from({ length: 200 }, (_, index) => newFile(`${name}${index}`));
    const answers = await Promise.allSettled([
      ledger.recordFiles([newFile('small')]),
      ledger.recordFiles(many('a')),
      ledger.recordFiles(many('b')),
      ledger.recordFiles([newFile('last')]),
    ]);
    database.pragma(`max_page_count = ${most}`);
    const names = ['small', 'a0', 'b0', 'last'];
    for (const [index, { status }] of answers.entries()) {
      const there = (await ledger.file(names[index] ?? '')) !== null;
      assert.equal(there, status === 'fulfilled', names[index]);
    }
    assert.ok(answers.some(({ status }) => status === 'rejected'));
    await ledger.recordFiles(many('c'));
    assert.deepEqual(await ledger.check(), []);
    await ledger.close();
  });

  it('fail together when the thread of the database is gone', async () => {
    const database = new BetterSqlite(':memory:');
    const session = createLocalSession(database);
    let gone = false;
    const ending = {
      ...session,
      execute: async (text: string, parameters: readonly unknown[]) => {
        gone ||= text === 'commit' && armed;
        if (gone) throw new Error('The thread ended before it answered.');
        return session.execute(text, parameters);
      },
    };
    let armed = false;
    const db = new Kysely<LedgerTables>({ dialect: createSqliteDialect(ending, 'memory') });
    await migrate(db, 'memory');
    const ledger = createLedger(db, ids, () => db.destroy());
    armed = true;
    const answers = await Promise.allSettled(['f1', 'f2'].map((id) => ledger.recordFiles([newFile(id)])));
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await ledger.close();
  });

  it('are answered when another process can see them, not before', async () => {
    const file = join(folder(), 'ledger.db');
    const ledger = await openSqliteLedger({ file, ids });
    const reader = await openSqliteLedgerForReading({ file });
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        await ledger.recordFiles([newFile(`f${index}`)]);
        assert.equal((await reader.file(`f${index}`))?.id, `f${index}`);
      }),
    );
    await reader.close();
    await ledger.close();
  });
});
