import assert from 'node:assert/strict';
import BetterSqlite from 'better-sqlite3';
import fc from 'fast-check';
import { Kysely } from 'kysely';
import { createLedger } from '../../src/ledger/ledger.ts';
import { migrate } from '../../src/ledger/migrations.ts';
import type { LedgerTables } from '../../src/ledger/schema.ts';
import { createSqliteDialect } from '../../src/ledger/sqlite-dialect.ts';
import { createLocalSession } from '../../src/ledger/sqlite-session.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { newOutboundEvent, newSent } from '../contracts/ledger-outbound.ts';
import {
  newFile,
  newInterchange,
  newSplit,
  newTranslation,
  takeIn,
  translateOne,
} from '../contracts/ledger-samples.ts';

async function openInMemory() {
  const database = new BetterSqlite(':memory:');
  const db = new Kysely<LedgerTables>({ dialect: createSqliteDialect(createLocalSession(database), 'memory') });
  await migrate(db, 'memory');
  const ids = createIds(systemClock);
  return { database, ids, ledger: createLedger(db, ids, () => db.destroy()) };
}

describe('ledger check', () => {
  for (const [what, change, equation] of [
    ['a settled file without its time', `update files set settled_at = null where id = 'f1'`, 'A1 receipts'],
    ['a file in a state nobody knows', `update files set state = 'lost' where id = 'f1'`, 'A1 receipts'],
    ['a file that waits without work', `delete from work where subject_id = 'f3'`, 'A1 what is in flight'],
    [
      'a settled file with a document that waits',
      `update files set state = 'processed', settled_at = 1 where id = 'f2'`,
      'A1 a file is in flight',
    ],
    [
      'a file that waits for nothing',
      `update files set state = 'received', settled_at = null where id = 'f1'`,
      'A1 a file is in flight',
    ],
    ['a file that lost its last bytes', `update files set size = 1001 where id = 'f1'`, 'A2 bytes'],
    ['a piece that ends before it begins', `update interchanges set end_byte = -1 where file_id = 'f1'`, 'A2 bytes'],
    ['documents that overlap', `update documents set end_byte = 501 where id = 'd1'`, 'A2 documents'],
    ['a document before its interchange', `update documents set start_byte = -1 where id = 'd1'`, 'A2 documents'],
    ['a document behind its interchange', `update documents set end_byte = 1001 where id = 'd2'`, 'A2 documents'],
    ['a document in another file', `update documents set file_id = 'f1' where id = 'd3'`, 'A2 documents'],
    ['a document that is gone', `delete from documents where id = 'd4'`, 'A3 documents seen'],
    ['a document that waits without work', `delete from work where subject_id = 'd3'`, 'A3 documents are settled'],
    [
      'a settled document without its time',
      `update documents set settled_at = null where id = 'd1'`,
      'A3 documents are',
    ],
    [
      'work for nothing',
      `insert into work (id, kind, subject_id, due_at, attempt, epoch) values ('w', 'translate', 'd1', 0, 0, 0)`,
      'A3 work',
    ],
    [
      'a correction of nothing',
      `update events set original_id = 'e2', revision = 2 where event_id = 'e1'`,
      'A4 corrections',
    ],
    ['a tally that lies', `update tallies set count = 7 where name = 'documents processed'`, 'A3 tallies'],
    ['an event that is gone', `delete from events where event_id = 'e1'`, 'A4 events'],
    [
      'a document that was asked for and is not there',
      `delete from sent_documents where id = 'doc_o1'`,
      'A6 documents',
    ],
    [
      'a sent document in a state nobody knows',
      `update sent_documents set state = 'lost' where id = 'doc_o1'`,
      'A6 sent',
    ],
    ['a document to send without work', `delete from work where subject_id = 'doc_o1'`, 'A6 what waits'],
    [
      'an answer that nobody would miss',
      `update sent_documents set state = 'sent', sent_at = 1 where id = 'doc_o1'`,
      'A6 expected',
    ],
    [
      'an acknowledgment of nothing to reconcile',
      `insert into work (id, kind, subject_id, due_at, attempt, epoch) values ('w', 'reconcile', 'gone', 0, 0, 0)`,
      'A6 work',
    ],
    ['a control number that is left out', `delete from sent_numbers where kind = 'ISA13' and serial = 2`, 'A7 control'],
    [
      'a control number of other bytes',
      `update sent_numbers set sha256 = 'other' where kind = 'GS06' and serial = 1`,
      'A7 every number',
    ],
    [
      'a control number that is used twice',
      `update sent_documents set interchange_number = '000000002' where id = 'doc_o1'`,
      'A7 no number',
    ],
    ['an event without its document', `update events set document_id = 'gone' where event_id = 'e1'`, 'A4 every event'],
  ] as const) {
    it(`finds ${what}`, async () => {
      const { ledger, database } = await openInMemory();
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2']));
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1', 'e2']));
      await translateOne(ledger, newTranslation('d2', 'f1', []));
      await takeIn(ledger, newFile('f2'), newSplit('f2', ['d3', 'd4']));
      await ledger.recordFiles([newFile('f3')]);
      for (const number of [1, 2, 3]) {
        await ledger.recordOutbound(newOutboundEvent(`o${number}`), [newSent(`o${number}`, number)]);
      }
      assert.deepEqual(await ledger.check(), []);
      database.pragma('foreign_keys = OFF');
      assert.equal(database.prepare(change).run().changes, 1);
      const found = await ledger.check();
      assert.ok(
        found.some((imbalance) => imbalance.equation.startsWith(equation)),
        JSON.stringify(found),
      );
      await ledger.close();
    });
  }

  it('finds every hole and every overlap in the bytes of a file, and nothing in a whole one', async () => {
    const { ledger, database, ids } = await openInMemory();
    // Lines of the report are limited, so a file does not stay once it was looked at.
    const forget = (id: string) => {
      for (const table of ['interchanges', 'gaps']) database.prepare(`delete from ${table} where file_id = ?`).run(id);
      database.prepare('delete from files where id = ?').run(id);
    };
    const file = fc.record({
      lengths: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }),
      interchange: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      changed: fc.nat(),
      edge: fc.constantFrom('start', 'end'),
      shift: fc.integer({ min: -5, max: 5 }),
    });
    const property = fc.asyncProperty(file, async ({ lengths, interchange, changed, edge, shift }) => {
      const id = ids('fil');
      let size = 0;
      const pieces = lengths.map((length) => {
        size += length;
        return { start: size - length, end: size };
      });
      const moved = pieces.map((piece, index) =>
        index === changed % pieces.length ? { ...piece, [edge]: piece[edge] + shift } : piece,
      );
      const split = newSplit(id, [], {
        interchanges: moved.flatMap((piece, ordinal) =>
          interchange[ordinal] ? newInterchange(id, { id: ids('int'), ordinal, ...piece }) : [],
        ),
        gaps: moved.flatMap((piece, ordinal) => (interchange[ordinal] ? [] : { reason: 'blank', ...piece })),
      });
      fc.pre(new Set(moved.map(({ start }) => start)).size === moved.length);
      await takeIn(ledger, newFile(id, { size }), split);
      const found = (await ledger.check()).filter(({ subject }) => subject === id);
      assert.equal(found.length > 0, shift !== 0);
      forget(id);
    });
    await fc.assert(property, { numRuns: 60 });
    await ledger.close();
  });
});
