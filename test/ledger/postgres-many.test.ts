import assert from 'node:assert/strict';
import pg from 'pg';
import { openPostgresLedger, openPostgresLedgerForReading } from '../../src/ledger/postgres.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import {
  LEASE,
  NOON,
  newFile,
  newInterchange,
  newSplit,
  newTranslation,
  takeIn,
  translateOne,
} from '../contracts/ledger-samples.ts';
import { POSTGRES } from '../support/servers/postgres.ts';
import { withServer } from '../support/servers/server.ts';

const ids = createIds(systemClock);

describe('one PostgreSQL ledger of several processes', function () {
  this.timeout(60_000);
  const server = withServer(POSTGRES);
  let url = '';
  let one: Ledger;
  let other: Ledger;

  beforeEach(async () => {
    url = await server().createDatabase();
    // Both make the tables at once.
    [one, other] = await Promise.all([openPostgresLedger({ url, ids }), openPostgresLedger({ url, ids })]);
  });
  afterEach(async () => {
    assert.deepEqual(await one.check(), []);
    await Promise.all([one.close(), other.close()]);
  });

  it('records a file once that both saw, and takes the same bytes for a duplicate', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const ledger = index % 2 === 0 ? one : other;
        return ledger.recordFiles([newFile(`f${index}`, { sourceKey: 'same' })]);
      }),
    );
    assert.equal(outcomes.flat().filter(({ outcome }) => outcome === 'recorded').length, 1);
    const sha256 = 'cc'.repeat(32);
    const again = await Promise.all(
      [one, other].map((ledger, index) => ledger.recordFiles([newFile(`same${index}`, { sha256 })])),
    );
    assert.deepEqual(
      again
        .flat()
        .map(({ outcome }) => outcome)
        .sort(),
      ['duplicate', 'recorded'],
    );
  });

  it('gives each piece of work to one of them', async () => {
    const documents = Array.from({ length: 60 }, (_, index) => `d${index}`);
    await takeIn(one, newFile('f1'), newSplit('f1', documents));
    const claims = await Promise.all(
      Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? one : other).claim('translate', 10, NOON + 2, LEASE)),
    );
    const subjects = claims.flat().map(({ subjectId }) => subjectId);
    assert.deepEqual([subjects.length, new Set(subjects).size], [60, 60]);
  });

  it('shows no event before one of a smaller position, and settles each file with its last document', async () => {
    const documents = Array.from({ length: 200 }, (_, index) => `d${index}`);
    await takeIn(one, newFile('f1'), newSplit('f1', documents));
    const seen: string[] = [];
    let position = 0;
    let writing = true;
    const reader = (async () => {
      for (;;) {
        const last = !writing;
        const page = await other.events({}, position, 1000);
        for (const item of page) {
          position = item.position;
          seen.push(item.event.id);
        }
        if (last) return;
      }
    })();
    const work = async (ledger: Ledger) => {
      for (;;) {
        const claims = await ledger.claim('translate', 3, NOON + 2, LEASE);
        if (claims.length === 0) return;
        const results = claims.map((claim) => {
          const { subjectId } = claim;
          // Some have no event: they settle their file without a turn in the feed.
          const events = Number(subjectId.slice(1)) % 5 === 0 ? [] : [`event of ${subjectId}`];
          return { claim, result: newTranslation(subjectId, 'f1', events) };
        });
        await ledger.recordTranslations(results, NOON + 2);
      }
    };
    await Promise.all([one, other, one, other, one, other].map(work));
    writing = false;
    await reader;
    assert.equal(seen.length, 160);
    assert.equal(new Set(seen).size, 160);
    assert.equal((await one.file('f1'))?.state, 'processed');
  });

  it('says that it is not there, without the password, and goes on when it is again', async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const kill = () =>
      client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = $1',
        [new URL(url).pathname.slice(1)],
      );
    const asking = Array.from({ length: 20 }, () => one.check().catch((error: unknown) => error));
    await kill();
    for (const answer of await Promise.all(asking)) {
      if (!Array.isArray(answer)) assert.match(String(answer), /the ledger did not answer/);
    }
    await one.recordFiles([newFile('f1')]);
    assert.equal((await other.file('f1'))?.id, 'f1');
    await client.end();
    const nowhere = url.replace(/\/\/.*@.*\//, '//us:hunter2@127.0.0.1:1/');
    await assert.rejects(openPostgresLedger({ url: nowhere, ids }), (error: Error) => {
      assert.match(error.message, /127\.0\.0\.1:1/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  });

  it('keeps texts that PostgreSQL cannot, with a sign for the character', async () => {
    const interchanges = [newInterchange('f1', { controlNumber: '00\u0000905' })];
    await takeIn(one, newFile('f1'), newSplit('f1', ['d1'], { interchanges }));
    const references = [{ type: 'purchase-order', value: 'PO\u00001' }];
    await translateOne(one, newTranslation('d1', 'f1', ['e1'], { references }));
    assert.equal((await one.interchange('int_f1'))?.controlNumber, '00\u2400905');
    assert.equal((await one.documents({ ref: 'PO\u00001' }, null, 10)).items.length, 1);
  });

  it('is read by commands without a write', async () => {
    await one.recordFiles([newFile('f1')]);
    const reader = await openPostgresLedgerForReading({ url });
    assert.equal((await reader.file('f1'))?.id, 'f1');
    assert.deepEqual(await reader.check(), []);
    assert.equal(await reader.writable(), false);
    await reader.close();
    const empty = openPostgresLedgerForReading({ url: await server().createDatabase() });
    await assert.rejects(empty, { code: 'LEDGER_UNAVAILABLE', message: /Start the gateway once/ });
  });
});
