import assert from 'node:assert/strict';
import { PURGEABLE, type Purgeable } from '../../src/ledger/purge-types.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import {
  claimOf,
  NOON,
  newDocument,
  newFile,
  newInterchange,
  newSplit,
  newTranslation,
  takeIn,
  translateOne,
} from './ledger-samples.ts';

/** What every ledger promises about what is purged. Each test ends with the accounting equations. */
export function ledgerPurgeContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, purging (${name})`, () => {
    const sha256 = 'ab'.repeat(32);
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
      const gaps = [{ reason: 'blank', start: 900, end: 1000 }];
      const interchanges = [newInterchange('f1', { end: 900 })];
      const documents = ['d1', 'd2'].map((id, index) =>
        newDocument(id, 'f1', { start: index * 100, end: index * 100 + 100 }),
      );
      await takeIn(ledger, newFile('f1', { sha256 }), newSplit('f1', [], { documents, interchanges, gaps }));
      const references = [{ type: 'purchase-order', value: 'PO-1' }];
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1', 'e2'], { references }));
      await translateOne(ledger, newTranslation('d2', 'f1', [], { state: 'rejected' }));
    });
    afterEach(async () => {
      assert.deepEqual(await ledger.check(), []);
      await ledger.close();
    });

    const candidates = async (what: Purgeable, before = NOON + 1) =>
      (await ledger.filesToPurge(what, before, null, 10)).files.map(({ id }) => id);
    const purgeAll = async () => {
      for (const what of PURGEABLE) await ledger.recordPurge(what, await candidates(what), NOON + 9);
    };

    it('keeps the counts of what is gone', async () => {
      const [counts, file] = [await ledger.counts(), await ledger.file('f1')];
      assert.deepEqual(await ledger.countPurge('events', ['f1']), { files: 1, bytes: 0, documents: 0, events: 2 });
      assert.deepEqual(await ledger.countPurge('bytes', ['f1']), { files: 1, bytes: 1000, documents: 0, events: 0 });
      await ledger.recordPurge('events', ['f1'], NOON + 9);
      assert.deepEqual(await ledger.check(), []);
      assert.deepEqual(await ledger.events({}, 0, 10), []);
      assert.deepEqual(await ledger.recordPurge('documents', ['f1'], NOON + 9), {
        files: 1,
        bytes: 0,
        documents: 2,
        events: 0,
      });
      assert.equal(await ledger.document('d1'), null);
      assert.deepEqual(await ledger.interchangesOf('f1'), []);
      assert.deepEqual((await ledger.documents({ ref: 'PO-1' }, null, 10)).items, []);
      assert.deepEqual(await ledger.counts(), counts);
      assert.deepEqual(await ledger.file('f1'), file);
      await ledger.recordPurge('bytes', ['f1'], NOON + 9);
      assert.deepEqual(await ledger.file('f1'), { ...file, bytesPurgedAt: NOON + 9 });
      assert.deepEqual(await Promise.all(PURGEABLE.map((what) => candidates(what))), [[], [], []]);
    });

    it('purges what a file was answered with its documents', async () => {
      await ledger.keepAcknowledgment('f1', Buffer.from('ISA*00*'));
      await purgeAll();
      assert.equal(await ledger.acknowledgment('f1'), null);
    });

    it('purges documents after their events, page by page', async () => {
      await takeIn(ledger, newFile('f2'), newSplit('f2', ['d3']));
      await translateOne(ledger, newTranslation('d3', 'f2', [], { state: 'rejected' }));
      assert.deepEqual(await candidates('documents'), ['f2']);
      assert.deepEqual(await candidates('events', NOON), []);
      const { files, next } = await ledger.filesToPurge('events', NOON + 1, null, 1);
      const rest = await ledger.filesToPurge('events', NOON + 1, next, 1);
      assert.deepEqual(
        [...files, ...rest.files].map(({ id }) => id),
        ['f1', 'f2'],
      );
      assert.equal(rest.next, null);
    });

    it('leaves what is in flight or waits for a person, and the bytes of AS2 messages', async () => {
      await takeIn(ledger, newFile('waits'), newSplit('waits', ['d4']));
      await takeIn(ledger, newFile('held'), newSplit('held', ['d5', 'd6']));
      const held = await claimOf(ledger, 'translate', 'd5', NOON + 2);
      await ledger.fail(held, NOON, 'no', null, { code: 'WORK_GAVE_UP', text: 'no' });
      await translateOne(ledger, newTranslation('d6', 'held', ['e6']));
      await takeIn(
        ledger,
        newFile('signed', { connection: 'as2:acme/main' }),
        newSplit('signed', [], { interchanges: [], gaps: [{ reason: 'x', start: 0, end: 1000 }] }),
      );
      assert.deepEqual(await candidates('events'), ['f1', 'signed']);
      assert.deepEqual(await candidates('bytes'), ['f1']);
    });

    it('leaves a file with an open exception until that is resolved', async () => {
      const reason = { code: 'ELEMENT_MISSING', text: 'HL03 is missing.' };
      await takeIn(ledger, newFile('bad'), newSplit('bad', ['d7']));
      await translateOne(ledger, newTranslation('d7', 'bad', [], { state: 'rejected', reason }));
      assert.deepEqual(await candidates('bytes'), ['f1']);
      const [exception] = (await ledger.exceptions({}, null, 9)).items;
      await ledger.resolveException(exception?.id ?? '', 'they send it anew', { actor: 'ann', at: NOON });
      assert.deepEqual(await candidates('bytes'), ['bad', 'f1']);
    });

    it('knows which blobs no row names', async () => {
      const [orphan, other] = ['cd'.repeat(32), 'ef'.repeat(32)];
      assert.deepEqual(await ledger.unnamedBlobs([orphan, sha256, other]), [orphan, other]);
      assert.deepEqual(await ledger.unnamedBlobs([]), []);
    });

    it('removes bytes only when no file needs them', async () => {
      await ledger.recordFiles([newFile('again', { sha256, partnerId: 'other', receivedAt: NOON + 5 })]);
      await ledger.recordPurge('bytes', ['f1'], NOON + 9);
      assert.deepEqual(await ledger.bytesToRemove('', 10), []);
      const split = newSplit('again', [], { interchanges: [], gaps: [{ reason: 'x', start: 0, end: 1000 }] });
      await ledger.recordSplit([{ claim: await claimOf(ledger, 'split', 'again', NOON + 5), result: split }], NOON + 6);
      await ledger.recordPurge('bytes', ['again'], NOON + 9);
      assert.deepEqual(await ledger.bytesToRemove('', 10), [sha256]);
      assert.deepEqual(await ledger.bytesToRemove(sha256, 10), []);
      await ledger.recordRemoved([sha256], NOON + 10);
      assert.deepEqual(await ledger.bytesToRemove('', 10), []);
    });

    it('knows what comes again after its events are gone', async () => {
      await purgeAll();
      await takeIn(ledger, newFile('f9'), newSplit('f9', ['d9']));
      await translateOne(ledger, newTranslation('d9', 'f9', ['e1', 'e2']));
      const again = await ledger.document('d9');
      assert.deepEqual([again?.state, again?.reason?.code, again?.duplicateOf], ['duplicate', 'RESEND', 'd1']);
      assert.deepEqual(await ledger.events({}, 0, 10), []);
    });
  });
}
