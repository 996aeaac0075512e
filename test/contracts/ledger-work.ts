import assert from 'node:assert/strict';
import type { Ledger } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import { claimOf, LEASE, NOON, newFile, newSplit, newTranslation, takeIn, translateOne } from './ledger-samples.ts';

const GAVE_UP = { code: 'WORK_GAVE_UP', text: 'Every attempt failed.' };

/** What every ledger promises about the work between the steps. */
export function ledgerWorkContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, work (${name})`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(async () => {
      assert.deepEqual(await ledger.check(), []);
      await ledger.close();
    });

    it('leases what is due, oldest first, and to one only', async () => {
      await ledger.recordFiles(['f1', 'f2', 'f3'].map((id, index) => newFile(id, { receivedAt: NOON + index })));
      const first = await ledger.claim('split', 2, NOON + 10, LEASE);
      const second = await ledger.claim('split', 2, NOON + 10, LEASE);
      assert.deepEqual(
        [first, second].map((claims) => claims.map(({ subjectId }) => subjectId)),
        [['f1', 'f2'], ['f3']],
      );
      assert.deepEqual(await ledger.claim('split', 2, NOON + 10, LEASE), []);
      assert.deepEqual(await ledger.claim('translate', 2, NOON + 10, LEASE), []);
    });

    it('gives work out again when its lease is over, with the attempt and the epoch counted', async () => {
      await ledger.recordFiles([newFile('f1')]);
      const [first] = await ledger.claim('split', 1, NOON, LEASE);
      assert.deepEqual([first?.attempt, first?.epoch], [1, 1]);
      assert.equal(await ledger.nextDueAt('split'), NOON + LEASE);
      assert.deepEqual(await ledger.claim('split', 1, NOON + LEASE - 1, LEASE), []);
      const [again] = await ledger.claim('split', 1, NOON + LEASE, LEASE);
      assert.deepEqual([again?.workId, again?.attempt, again?.epoch], [first?.workId, 2, 2]);
    });

    it('makes released work due at once and does not count the attempt', async () => {
      await ledger.recordFiles([newFile('f1')]);
      await ledger.release(await ledger.claim('split', 1, NOON, LEASE), NOON + 1);
      const [again] = await ledger.claim('split', 1, NOON + 1, LEASE);
      assert.deepEqual([again?.attempt, again?.epoch], [1, 2]);
    });

    it('notes a failed attempt and waits until the time given', async () => {
      await ledger.recordFiles([newFile('f1')]);
      const claim = await claimOf(ledger, 'split', 'f1');
      await ledger.fail(claim, NOON, 'disk is slow', NOON + 5000, GAVE_UP);
      assert.equal(await ledger.nextDueAt('split'), NOON + 5000);
      const attempts = await ledger.attemptsOf('f1');
      assert.deepEqual(
        attempts.map(({ id, ...attempt }) => attempt),
        [{ kind: 'split', subjectId: 'f1', attempt: 1, at: NOON, error: 'disk is slow' }],
      );
    });

    it('quarantines a file whose splitting was given up', async () => {
      await ledger.recordFiles([newFile('f1')]);
      await ledger.fail(await claimOf(ledger, 'split', 'f1'), NOON, 'poison', null, GAVE_UP);
      const file = await ledger.file('f1');
      assert.deepEqual([file?.state, file?.reason, file?.settledAt], ['quarantined', GAVE_UP, NOON]);
      assert.equal(await ledger.nextDueAt('split'), null);
      assert.equal((await ledger.attemptsOf('f1')).length, 1);
    });

    it('quarantines a document whose translation was given up, and settles its file after the last one by what its documents came to', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2']));
      await ledger.fail(await claimOf(ledger, 'translate', 'd1', NOON + 1), NOON, 'poison', null, GAVE_UP);
      assert.equal((await ledger.document('d1'))?.state, 'quarantined');
      assert.equal((await ledger.file('f1'))?.state, 'received');
      await translateOne(ledger, newTranslation('d2', 'f1', ['e1']));
      assert.equal((await ledger.file('f1'))?.state, 'processed');
      await takeIn(ledger, newFile('f2'), newSplit('f2', ['d3']));
      await ledger.fail(await claimOf(ledger, 'translate', 'd3', NOON + 1), NOON, 'poison', null, GAVE_UP);
      const file = await ledger.file('f2');
      assert.deepEqual([file?.state, file?.reason], ['quarantined', GAVE_UP]);
    });

    it('counts what is there and what waits, for the gauges', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2']));
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1', 'e2']));
      const counts = await ledger.counts();
      assert.equal(counts.files.received, 1);
      assert.deepEqual([counts.documents.received, counts.documents.processed], [1, 1]);
      assert.deepEqual([counts.events, counts.workDue, counts.oldestInFlightAt], [2, 1, NOON]);
      assert.equal(await ledger.writable(), true);
    });
  });
}
