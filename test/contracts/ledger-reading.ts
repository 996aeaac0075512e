import assert from 'node:assert/strict';
import type { Ledger, Page } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import {
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

/** What every ledger promises about reading. */
export function ledgerReadingContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, reading (${name})`, () => {
    let ledger: Ledger;

    before(async () => {
      ledger = await open();
      await takeIn(ledger, newFile('f1', { name: 'asn.edi' }), newSplit('f1', ['d1', 'd2']));
      const references = [{ type: 'purchase-order', value: 'PO-4711' }];
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1', 'e2'], { references }));
      await translateOne(ledger, newTranslation('d2', 'f1', [], { state: 'rejected' }));
      const interchanges = [newInterchange('f2', { controlNumber: '000000906', test: true, partnerId: 'beta' })];
      const documents = [
        newDocument('d3', 'f2', {
          type: '214',
          partnerId: 'beta',
          receivedAt: NOON + 10,
          controlNumber: '0042',
          groupControlNumber: '78',
          test: true,
        }),
      ];
      const file = newFile('f2', { partnerId: 'beta', receivedAt: NOON + 10 });
      await ledger.recordFiles([file]);
      const [claim] = await ledger.claim('split', 1, NOON + 10, 1000);
      assert.ok(claim !== undefined);
      await ledger.recordSplit([{ claim, result: newSplit('f2', [], { interchanges, documents }) }], NOON + 10);
      const [work] = await ledger.claim('translate', 1, NOON + 10, 1000);
      assert.ok(work !== undefined);
      const event = newEvent('e3', {
        type: 'logistics.shipment.status-reported.v1',
        subject: 'shipment/S2',
        partnerid: 'beta',
      });
      const result = newTranslation('d3', 'f2', [], { events: [event], test: true });
      await ledger.recordTranslations([{ claim: work, result }], NOON + 10);
      await ledger.recordFiles([newFile('f3', { receivedAt: NOON + 20 }), newFile('f4', { receivedAt: NOON + 20 })]);
    });
    after(async () => {
      await ledger.close();
    });

    const eventIds = async (...query: Parameters<Ledger['events']>) =>
      (await ledger.events(...query)).map(({ event }) => event.id);
    const idsOf = <T extends { readonly id: string }>(page: Page<T>) => page.items.map(({ id }) => id);

    it('lists files newest first, page by page', async () => {
      const first = await ledger.files({}, null, 3);
      assert.deepEqual(idsOf(first), ['f4', 'f3', 'f2']);
      const second = await ledger.files({}, first.next, 3);
      assert.deepEqual(idsOf(second), ['f1']);
      assert.equal(second.next, null);
      const exact = await ledger.files({}, null, 4);
      assert.equal(exact.next, null);
    });

    it('lists files by partner and state', async () => {
      assert.deepEqual(idsOf(await ledger.files({ partner: 'beta' }, null, 10)), ['f2']);
      assert.deepEqual(idsOf(await ledger.files({ state: 'received' }, null, 10)), ['f4', 'f3']);
    });

    it('refuses a cursor it never gave', async () => {
      await assert.rejects(ledger.files({}, 'bogus', 10), { code: 'REQUEST_INVALID' });
      await assert.rejects(ledger.documents({ ref: '0001' }, 'e30', 10), { code: 'REQUEST_INVALID' });
    });

    for (const [filter, expected] of [
      [{}, ['d3', 'd2', 'd1']],
      [{ partner: 'acme' }, ['d2', 'd1']],
      [{ type: '214' }, ['d3']],
      [{ direction: 'outbound' }, []],
      [{ state: 'rejected' }, ['d2']],
      [{ file: 'f1' }, ['d2', 'd1']],
      [{ from: NOON + 1 }, ['d3']],
      [{ to: NOON + 1 }, ['d2', 'd1']],
      [{ ref: 'PO-4711' }, ['d1']],
      [{ ref: '0001' }, ['d2', 'd1']],
      [{ ref: '78' }, ['d3']],
      [{ ref: '000000905' }, ['d2', 'd1']],
      [{ ref: '000000905', state: 'processed' }, ['d1']],
    ] as const) {
      it(`lists documents by ${JSON.stringify(filter)}, also page by page`, async () => {
        assert.deepEqual(idsOf(await ledger.documents(filter, null, 10)), expected);
        const paged: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<Ledger['documents']>> = await ledger.documents(filter, cursor, 1);
          paged.push(...idsOf(page));
          cursor = page.next;
        } while (cursor !== null);
        assert.deepEqual(paged, expected);
      });
    }

    it('gives several files at once, without those that are not there', async () => {
      assert.deepEqual(await ledger.filesByIds(['f2', 'nothing']), [await ledger.file('f2')]);
      assert.deepEqual(await ledger.filesByIds([]), []);
    });

    it('gives a document and an interchange back as they were recorded', async () => {
      const document = await ledger.document('d3');
      assert.equal(document?.controlNumber, '0042');
      assert.equal(document?.test, true);
      assert.deepEqual(await ledger.documentsByIds(['d3', 'nothing']), [document]);
      const interchange = newInterchange('f2', { controlNumber: '000000906', test: true, partnerId: 'beta' });
      assert.deepEqual(await ledger.interchange('int_f2'), interchange);
      assert.deepEqual(await ledger.interchangesByIds(['int_f2']), [interchange]);
      assert.deepEqual(await ledger.interchangesOf('f2'), [interchange]);
    });

    it('knows nothing of what is not there', async () => {
      assert.deepEqual(
        [await ledger.file('x'), await ledger.document('x'), await ledger.interchange('x'), await ledger.event('x')],
        [null, null, null, null],
      );
      assert.deepEqual(await ledger.documentsByIds([]), []);
      assert.deepEqual(await ledger.trace('x'), { files: [], documents: [], events: [], sent: [] });
    });

    it('feeds events in the order of recording, without those of test interchanges', async () => {
      assert.deepEqual(await eventIds({}, 0, 10), ['e1', 'e2']);
      assert.deepEqual(await eventIds({ test: true }, 0, 10), ['e3']);
      const [first] = await ledger.events({}, 0, 1);
      assert.ok(first !== undefined);
      assert.deepEqual(await eventIds({}, first.position, 10), ['e2']);
      assert.deepEqual(await ledger.event('e1'), first);
    });

    it('filters the feed by type, beginning of a type, subject, partner and document', async () => {
      assert.deepEqual(await eventIds({ type: 'logistics.shipment.advised.v1' }, 0, 10), ['e1', 'e2']);
      assert.deepEqual(await eventIds({ type: 'logistics.shipment.adv*' }, 0, 10), ['e1', 'e2']);
      assert.deepEqual(await eventIds({ type: '*', test: true }, 0, 10), ['e3']);
      assert.deepEqual(await eventIds({ type: 'LOGISTICS.*' }, 0, 10), []);
      assert.deepEqual(await eventIds({ subject: 'shipment/S2', test: true }, 0, 10), ['e3']);
      assert.deepEqual(await eventIds({ partner: 'beta' }, 0, 10), []);
      assert.deepEqual(await eventIds({ document: 'd1' }, 0, 1), ['e1']);
    });

    for (const [what, ref] of [
      ['file id', 'f1'],
      ['file name', 'asn.edi'],
      ['document id', 'd1'],
      ['event id', 'e1'],
      ['interchange control number', '000000905'],
      ['set control number', '0001'],
      ['group control number', '77'],
      ['reference', 'PO-4711'],
    ] as const) {
      it(`traces a ${what}`, async () => {
        const { files, documents, events } = await ledger.trace(ref);
        assert.deepEqual(
          files.map(({ id }) => id),
          ['f1'],
        );
        assert.ok(documents.some(({ id }) => id === 'd1'));
        assert.deepEqual(
          events.map(({ event }) => event.id),
          ['e1', 'e2'],
        );
      });
    }

    it('traces a hash, whole or from its first eight digits on', async () => {
      const sha256 = (await ledger.file('f2'))?.sha256 ?? '';
      for (const ref of [sha256, sha256.slice(0, 8), sha256.slice(0, 20).toUpperCase()]) {
        const { files, events } = await ledger.trace(ref);
        assert.deepEqual([files[0]?.id, events[0]?.event.id], ['f2', 'e3']);
      }
      assert.deepEqual((await ledger.trace(sha256.slice(0, 7))).files, []);
    });
  });
}
