import assert from 'node:assert/strict';
import type { Claim, Ledger } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import {
  claimOf,
  LEASE,
  NOON,
  newDocument,
  newFile,
  newInterchange,
  newSplit,
  newTranslation,
  takeIn,
  translateOne,
} from './ledger-samples.ts';

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

    const subjects = (claims: readonly Claim[]) => claims.map(({ subjectId }) => subjectId);

    it('leases what is due, oldest first, and to one only', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2', 'd3']));
      const first = await ledger.claim('translate', 2, NOON + 10, LEASE);
      const second = await ledger.claim('translate', 2, NOON + 10, LEASE);
      assert.deepEqual([first, second].map(subjects), [['d1', 'd2'], ['d3']]);
      assert.deepEqual(await ledger.claim('translate', 2, NOON + 10, LEASE), []);
      assert.deepEqual(await ledger.claim('split', 2, NOON + 10, LEASE), []);
    });

    it('gives partners their turns: the many pieces of one do not keep those of another waiting', async () => {
      const many = Array.from({ length: 40 }, (_, index) => newFile(`a${index}`, { receivedAt: NOON + index }));
      await ledger.recordFiles(many);
      await ledger.recordFiles(['b1', 'b2'].map((id) => newFile(id, { partnerId: 'beta', receivedAt: NOON + 100 })));
      await ledger.recordFiles([newFile('c1', { partnerId: null, receivedAt: NOON + 200 })]);
      const claims = subjects(await ledger.claim('split', 6, NOON + 300, LEASE));
      assert.deepEqual(claims, ['a0', 'a1', 'a2', 'b1', 'b2', 'c1']);
    });

    it('gives every one of very many partners its turn', async () => {
      const partners = Array.from({ length: 150 }, (_, index) => `p${index}`);
      await ledger.recordFiles(
        partners.flatMap((partnerId) => [1, 2].map((n) => newFile(`${partnerId}-${n}`, { partnerId }))),
      );
      const seen = new Set<string>();
      for (let claim = 0; claim < 3; claim++) {
        for (const subject of subjects(await ledger.claim('split', 64, NOON, LEASE)))
          seen.add(subject.split('-')[0] ?? '');
      }
      assert.equal(seen.size, 150);
    });

    it('lets files of one partner be split by one at a time, in the order they came', async () => {
      await ledger.recordFiles(['f1', 'f2', 'f3'].map((id, index) => newFile(id, { receivedAt: NOON + index })));
      await ledger.recordFiles([newFile('b1', { partnerId: 'beta', receivedAt: NOON + 5 })]);
      const first = await ledger.claim('split', 2, NOON + 10, LEASE);
      assert.deepEqual(subjects(first), ['f1', 'b1']);
      assert.deepEqual(await ledger.claim('split', 2, NOON + 10, LEASE), []);
      await ledger.recordSplit(
        first.map((claim) => ({ claim, result: newSplit(claim.subjectId, [`d of ${claim.subjectId}`]) })),
        NOON + 10,
      );
      assert.deepEqual(subjects(await ledger.claim('split', 2, NOON + 10, LEASE)), ['f2', 'f3']);
    });

    it('lets no partner hold more than a thousand pieces at once', async () => {
      const size = 1_200;
      const documents = Array.from({ length: size }, (_, index) =>
        newDocument(`d${index}`, 'f1', { ordinal: index + 1, start: index, end: index + 1 }),
      );
      const interchanges = [newInterchange('f1', { end: size })];
      await takeIn(ledger, newFile('f1', { size }), newSplit('f1', [], { interchanges, documents }));
      const claims = await ledger.claim('translate', 2_000, NOON + 2, LEASE);
      assert.equal(claims.length, 1_000);
      assert.equal((await ledger.claim('translate', 10, NOON + 2, LEASE)).length, 0);
      await ledger.release(claims, NOON + 2);
      assert.equal((await ledger.claim('translate', 10, NOON + 2, LEASE)).length, 10);
    });

    it('extends the lease of what is still held, and of nothing else', async () => {
      await ledger.recordFiles([newFile('f1')]);
      const late = await ledger.claim('split', 1, NOON, LEASE);
      await ledger.extend(late, NOON + LEASE - 1, LEASE);
      assert.equal(await ledger.nextDueAt('split'), NOON + 2 * LEASE - 1);
      const current = await ledger.claim('split', 1, NOON + 2 * LEASE, LEASE);
      await ledger.extend(late, NOON + 3 * LEASE, LEASE);
      assert.equal(await ledger.nextDueAt('split'), NOON + 3 * LEASE);
      await ledger.release(current, NOON);
      await ledger.extend(current, NOON, LEASE);
      assert.equal(await ledger.nextDueAt('split'), NOON);
    });

    it('gives the next one to the next partner, also when one is claimed at a time', async () => {
      for (const partnerId of ['acme', 'beta', 'gamma']) {
        await ledger.recordFiles(['1', '2'].map((number) => newFile(`${partnerId} ${number}`, { partnerId })));
      }
      const claimed: string[] = [];
      for (let turn = 0; turn < 6; turn++) {
        const claims = await ledger.claim('split', 1, NOON, LEASE);
        claimed.push(...claims.map(({ subjectId }) => subjectId.replace(/ .*/, '')));
        await ledger.release(claims, NOON);
      }
      assert.deepEqual(claimed, ['acme', 'beta', 'gamma', 'acme', 'beta', 'gamma']);
    });

    it('counts what waits of a partner, up to a limit', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2']));
      await ledger.recordFiles([newFile('f2'), newFile('b1', { partnerId: 'beta' })]);
      assert.deepEqual(
        [await ledger.backlog('acme', 10), await ledger.backlog('acme', 2), await ledger.backlog('beta', 10)],
        [3, 2, 1],
      );
      assert.equal(await ledger.backlog('nobody', 10), 0);
    });

    it('gives a lease by name to one holder until it ends or is let go', async () => {
      const take = (holder: string, now: number) => ledger.takeLease('poll folder:acme/main', holder, now, now + LEASE);
      assert.deepEqual([await take('one', NOON), await take('other', NOON)], [true, false]);
      assert.equal(await take('one', NOON + LEASE / 2), true);
      assert.equal(await take('other', NOON + LEASE), false);
      assert.equal(await take('other', NOON + 2 * LEASE), true);
      await ledger.endLease('poll folder:acme/main', 'one');
      assert.equal(await take('one', NOON + 2 * LEASE), false);
      await ledger.endLease('poll folder:acme/main', 'other');
      assert.equal(await take('one', NOON + 2 * LEASE), true);
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

    it('brings forward what nobody holds when the clock went back, and leaves what is held', async () => {
      const [day, hour] = [86_400_000, 3_600_000];
      await ledger.recordFiles([newFile('tried'), newFile('held', { partnerId: 'beta' })]);
      await ledger.fail(await claimOf(ledger, 'split', 'tried'), NOON, 'away', NOON + hour, GAVE_UP);
      const held = await claimOf(ledger, 'split', 'held');
      await ledger.recordFiles([newFile('new', { partnerId: 'gamma', receivedAt: NOON + 60_000 })]);
      const due = async (now: number) => {
        const claims = await ledger.claim('split', 10, now, LEASE);
        await ledger.release(claims, now);
        return claims.map(({ subjectId }) => subjectId);
      };
      const yesterday = NOON - day;
      assert.deepEqual(await due(yesterday), []);
      await ledger.bringForward(yesterday, day);
      assert.deepEqual(await due(yesterday), ['new']);
      assert.deepEqual(await due(yesterday + hour), ['new', 'tried']);
      await ledger.extend([held], yesterday, LEASE);
      assert.deepEqual((await due(yesterday + LEASE)).includes('held'), true);
    });

    it('brings forward what was never tried when nobody looked at the clock', async () => {
      await ledger.recordFiles([newFile('f1')]);
      await ledger.bringForward(NOON - 86_400_000, 0);
      assert.equal(await ledger.nextDueAt('split'), NOON - 86_400_000);
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
