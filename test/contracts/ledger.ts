import assert from 'node:assert/strict';
import type { Ledger } from '../../src/ledger/types.ts';
import {
  claimOf,
  LEASE,
  NOON,
  newDocument,
  newEvent,
  newFile,
  newInterchange,
  newSplit,
  newTranslation,
  takeIn,
  translateOne,
} from './ledger-samples.ts';

/** Opens an empty ledger for one test; whoever opens it cleans up after the test. */
export type OpenLedger = () => Promise<Ledger>;

/** What every ledger promises about writing. Each test ends with the accounting equations. */
export function ledgerWritingContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, writing (${name})`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(async () => {
      assert.deepEqual(await ledger.check(), []);
      await ledger.close();
    });

    const outcomes = async (...files: Parameters<typeof newFile>[]) =>
      (await ledger.recordFiles(files.map((file) => newFile(...file)))).map(({ id, outcome }) => `${id} ${outcome}`);

    it('records a file once, however often it is seen', async () => {
      assert.deepEqual(await outcomes(['f1']), ['f1 recorded']);
      assert.deepEqual(await outcomes(['f9', { sourceKey: 'folder:acme/main/f1' }]), ['f1 known']);
      assert.deepEqual(await outcomes(['f2'], ['f3', { sourceKey: 'folder:acme/main/f2' }]), [
        'f2 recorded',
        'f2 known',
      ]);
      assert.equal((await ledger.counts()).files.received, 2);
    });

    it('settles the same bytes from the same partner as a duplicate of the first', async () => {
      await outcomes(['f1', { sha256: 'aa'.repeat(32) }]);
      assert.deepEqual(await outcomes(['f2', { sha256: 'aa'.repeat(32) }]), ['f2 duplicate']);
      const again = await ledger.file('f2');
      assert.equal(again?.state, 'duplicate');
      assert.equal(again?.duplicateOf, 'f1');
      assert.equal(again?.reason?.code, 'SAME_BYTES');
      assert.equal((await ledger.claim('split', 10, NOON, LEASE)).length, 1);
    });

    it('takes the same bytes anew from another partner, an unknown one, or after a quarantine', async () => {
      const sha256 = 'bb'.repeat(32);
      assert.deepEqual(
        await outcomes(['f1', { sha256 }], ['f2', { sha256, partnerId: 'other' }], ['f3', { sha256, partnerId: null }]),
        ['f1 recorded', 'f2 recorded', 'f3 recorded'],
      );
      assert.deepEqual(await outcomes(['f4', { sha256, partnerId: null }]), ['f4 recorded']);
      const claim = await claimOf(ledger, 'split', 'f1');
      await ledger.fail(claim, NOON, 'broken', null, { code: 'WORK_GAVE_UP', text: 'broken' });
      assert.deepEqual(await outcomes(['f5', { sha256 }]), ['f5 recorded']);
    });

    it('settles a file when its last document settles, not before', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2']));
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1']));
      assert.equal((await ledger.file('f1'))?.state, 'received');
      await translateOne(ledger, newTranslation('d2', 'f1', [], { state: 'rejected' }));
      const file = await ledger.file('f1');
      assert.equal(file?.state, 'processed');
      assert.equal(file?.settledAt, NOON + 2);
      assert.deepEqual(file?.documents, { received: 0, processed: 1, rejected: 1, quarantined: 0, duplicate: 0 });
    });

    it('settles a file at once when splitting leaves nothing to translate', async () => {
      const reason = { code: 'UNKNOWN_SENDER', text: 'Nobody knows ZZ/NOBODY.' };
      const gaps = [{ reason: 'not EDI', start: 0, end: 1000 }];
      await takeIn(ledger, newFile('f1'), newSplit('f1', [], { state: 'quarantined', reason, interchanges: [], gaps }));
      await takeIn(ledger, newFile('f2', { size: 0 }), newSplit('f2', [], { interchanges: [] }));
      assert.deepEqual((await ledger.file('f1'))?.reason, reason);
      assert.deepEqual(await ledger.gapsOf('f1'), gaps);
      assert.equal((await ledger.file('f2'))?.state, 'processed');
    });

    it('ignores what a claim records after another one took its work over', async () => {
      await ledger.recordFiles([newFile('f1')]);
      const late = await claimOf(ledger, 'split', 'f1');
      const current = await claimOf(ledger, 'split', 'f1', NOON + LEASE);
      assert.equal(current.epoch, late.epoch + 1);
      await ledger.recordSplit([{ claim: late, result: newSplit('f1', ['late']) }], NOON);
      await ledger.fail(late, NOON, 'late', null, { code: 'WORK_GAVE_UP', text: 'late' });
      await ledger.release([late], NOON);
      assert.equal(await ledger.document('late'), null);
      assert.deepEqual(await ledger.attemptsOf('f1'), []);
      await ledger.recordSplit([{ claim: current, result: newSplit('f1', ['d1']) }], NOON);
      assert.equal((await ledger.document('d1'))?.state, 'received');
      const [lost] = await ledger.claim('translate', 1, NOON, LEASE);
      const [taken] = await ledger.claim('translate', 1, NOON + LEASE, LEASE);
      assert.ok(lost !== undefined && taken !== undefined);
      await ledger.recordTranslations([{ claim: lost, result: newTranslation('d1', 'f1', ['lost']) }], NOON);
      assert.equal(await ledger.event('lost'), null);
      await ledger.recordTranslations([{ claim: taken, result: newTranslation('d1', 'f1', ['e1']) }], NOON);
      await ledger.recordTranslations([{ claim: taken, result: newTranslation('d1', 'f1', ['e2']) }], NOON);
      assert.deepEqual(
        (await ledger.events({}, 0, 10)).map(({ event }) => event.id),
        ['e1'],
      );
    });

    it('numbers the events of each subject from 1 and gives every event a greater position', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2']));
      const events = ['a', 'b', 'a'].map((subject, index) => newEvent(`e${index}`, { subject }));
      await translateOne(ledger, newTranslation('d1', 'f1', [], { events }));
      await translateOne(ledger, newTranslation('d2', 'f1', [], { events: [newEvent('e3', { subject: 'a' })] }));
      const feed = await ledger.events({}, 0, 10);
      assert.deepEqual(
        feed.map(({ event }) => `${event.subject}${event.sequence}`),
        ['a1', 'b1', 'a2', 'a3'],
      );
      assert.ok(feed.every(({ position }, index) => position > (feed[index - 1]?.position ?? 0)));
    });

    it('settles a document as a duplicate when all its events came before from another one', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2', 'd3']));
      const claims = await ledger.claim('translate', 10, NOON + 2, LEASE);
      const results = [
        newTranslation('d1', 'f1', ['e1', 'e2']),
        newTranslation('d2', 'f1', ['e1', 'e2']),
        newTranslation('d3', 'f1', ['e2', 'e3']),
      ];
      await ledger.recordTranslations(
        claims.map((claim) => {
          const result = results.find(({ documentId }) => documentId === claim.subjectId);
          assert.ok(result !== undefined);
          return { claim, result };
        }),
        NOON + 2,
      );
      const resent = await ledger.document('d2');
      assert.deepEqual(
        [resent?.state, resent?.reason?.code, resent?.duplicateOf, resent?.events],
        ['duplicate', 'RESEND', 'd1', 0],
      );
      const partly = await ledger.document('d3');
      assert.deepEqual([partly?.state, partly?.events], ['processed', 1]);
      assert.equal((await ledger.file('f1'))?.state, 'processed');
    });

    it('keeps what translating found: map, findings, unread parts and references', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1']));
      const reference = { type: 'bill-of-lading', value: 'BOL-7' };
      const unread = ['REF(01=IV)'];
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1'], { unread, references: [reference, reference] }));
      const document = await ledger.document('d1');
      assert.deepEqual(document?.unread, unread);
      assert.equal(document?.mapPin, 'x12/856@1.0.0');
      const { items } = await ledger.documents({ ref: 'BOL-7' }, null, 10);
      assert.deepEqual(items, [document]);
    });

    it('finds interchanges accepted before by their keys, the latest of each', async () => {
      const key = { duplicateKey: 'ZZ/ACME ZZ/OURCO 905' };
      const rejected = newInterchange('f0', { ...key, state: 'rejected' });
      await takeIn(ledger, newFile('f0'), newSplit('f0', [], { interchanges: [rejected] }));
      assert.deepEqual(await ledger.acceptedInterchanges([key.duplicateKey]), new Map());
      const accepted = [newInterchange('f1', key), newInterchange('f2', key)];
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1'], { interchanges: accepted.slice(0, 1) }));
      await takeIn(ledger, newFile('f2'), newSplit('f2', ['d2'], { interchanges: accepted.slice(1) }));
      const latest = accepted.reduce((late, other) => (other.id > late.id ? other : late));
      assert.deepEqual(
        await ledger.acceptedInterchanges([key.duplicateKey, 'unknown', key.duplicateKey]),
        new Map([[key.duplicateKey, { id: latest.id, contentHash: latest.contentHash, receivedAt: NOON }]]),
      );
    });

    it('writes a batch whole or not at all', async () => {
      await ledger.recordFiles([newFile('f1'), newFile('f2')]);
      const claims = await ledger.claim('split', 2, NOON, LEASE);
      const results = claims.map((claim) => ({ claim, result: newSplit(claim.subjectId, ['same id']) }));
      await assert.rejects(ledger.recordSplit(results, NOON), { code: 'INTERNAL' });
      assert.deepEqual(await ledger.interchangesOf('f1'), []);
      assert.equal((await ledger.file('f1'))?.state, 'received');
    });

    it('keeps how far each source has been read', async () => {
      assert.equal(await ledger.mark('poll:acme/api'), null);
      await ledger.setMark('poll:acme/api', '{"since":"1"}');
      await ledger.setMark('poll:other/api', 'x');
      await ledger.setMark('poll:acme/api', '{"since":"2"}');
      assert.equal(await ledger.mark('poll:acme/api'), '{"since":"2"}');
    });

    it('keeps what a file was answered first, byte for byte', async () => {
      assert.equal(await ledger.acknowledgment('f1'), null);
      const first = Buffer.from('ISA*00*\0\u00e9~', 'latin1');
      assert.deepEqual(await ledger.keepAcknowledgment('f1', first), first);
      assert.deepEqual(await ledger.keepAcknowledgment('f1', Buffer.from('another')), first);
      assert.deepEqual(await ledger.acknowledgment('f1'), first);
      assert.deepEqual(await ledger.keepAcknowledgment('f2', Buffer.alloc(0)), Buffer.alloc(0));
    });

    it('splits a file of several thousand documents and translates it in batches', async () => {
      const size = 3000;
      const documents = Array.from({ length: size }, (_, index) =>
        newDocument(`d${index}`, 'f1', { ordinal: index + 1, start: index, end: index + 1 }),
      );
      const interchanges = [newInterchange('f1', { end: size })];
      await takeIn(ledger, newFile('f1', { size }), newSplit('f1', [], { interchanges, documents }));
      for (;;) {
        const claims = await ledger.claim('translate', 500, NOON + 2, LEASE);
        if (claims.length === 0) break;
        await ledger.recordTranslations(
          claims.map((claim) => ({
            claim,
            result: newTranslation(claim.subjectId, 'f1', [`event of ${claim.subjectId}`]),
          })),
          NOON + 2,
        );
      }
      assert.equal((await ledger.file('f1'))?.documents.processed, size);
      assert.equal((await ledger.file('f1'))?.state, 'processed');
    });
  });
}
