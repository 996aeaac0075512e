import assert from 'node:assert/strict';
import type {
  NewOutboundEvent,
  NumberedDocument,
  SentAnswer,
  SentDocumentRow,
  TakenNumber,
} from '../../src/ledger/outbound-types.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import { claimOf, LEASE, NOON, newFile, newSplit, newTranslation, takeIn, translateOne } from './ledger-samples.ts';

const HOUR = 3_600_000;

/** An event that was handed over to be sent. */
export function newOutboundEvent(eventId: string, rest: Partial<NewOutboundEvent> = {}): NewOutboundEvent {
  return { eventId, partnerId: 'acme', contentHash: `hash of ${eventId}`, body: '{}', acceptedAt: NOON, ...rest };
}

/** A 940 of that event in an interchange, group and set of that number. */
export function newSent(
  eventId: string,
  number: number,
  rest: Partial<NumberedDocument['document']> = {},
): NumberedDocument {
  const id = `doc_${eventId}`;
  const document = {
    id,
    eventId,
    eventType: 'logistics.warehouse-order.released.v1',
    partnerId: 'acme',
    connection: 'main',
    standard: 'x12' as const,
    type: '940',
    release: '004010',
    mapPin: 'x12/940@1.0.0',
    groupCode: 'OW',
    interchangeControlNumber: String(number).padStart(9, '0'),
    groupControlNumber: String(number),
    controlNumber: String(number).padStart(4, '0'),
    test: false,
    name: `${id}.edi`,
    contentType: 'application/edi-x12',
    size: 735,
    sha256: `sha256 of ${eventId}`,
    expect: { answer: '997', within: 4 * HOUR } as const,
    acceptedAt: NOON,
    ...rest,
  };
  const numbers: TakenNumber[] = (['ISA13', 'GS06', 'ST02'] as const).map((kind) => ({ kind, serial: number }));
  return { document, numbers, references: [{ type: 'depositorOrder', value: `DO-${eventId}` }] };
}

const RECEIPT = { reference: '/in/doc.edi', confirmed: true, says: null };

/** What every ledger promises about documents that we send. */
export function ledgerOutboundContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, documents we send (${name})`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(async () => {
      assert.deepEqual(await ledger.check(), []);
      await ledger.close();
    });

    const record = (eventId: string, number: number, rest: Partial<NumberedDocument['document']> = {}) =>
      ledger.recordOutbound(newOutboundEvent(eventId, { partnerId: rest.partnerId ?? 'acme' }), [
        newSent(eventId, number, rest),
      ]);
    const deliver = async (eventId: string, receipt = RECEIPT, now = NOON) =>
      ledger.recordDelivery(await claimOf(ledger, 'deliver', `doc_${eventId}`, now), receipt, now);
    const sent = async (eventId: string): Promise<SentDocumentRow> => {
      const row = await ledger.sentDocument(`doc_${eventId}`);
      assert.ok(row !== null);
      return row;
    };
    /** The partner acknowledges: its 997 comes in and is reconciled. */
    const acknowledge = async (fileId: string, answers: readonly SentAnswer[], now = NOON) => {
      await takeIn(ledger, newFile(fileId), newSplit(fileId, [`ack_${fileId}`]));
      await translateOne(ledger, newTranslation(`ack_${fileId}`, fileId, [], { mapPin: null, acknowledges: true }));
      await ledger.recordAnswers(await claimOf(ledger, 'reconcile', `ack_${fileId}`, now + 10), answers, [], now + 10);
    };
    const answer = (eventId: string, told: SentAnswer['told'], code: string | null = null): SentAnswer => ({
      documentId: `doc_${eventId}`,
      kind: '997',
      told,
      reason: code === null ? null : { code, text: `It says ${code}.` },
    });
    const open_ = async () =>
      (await ledger.exceptions({ state: 'open' }, null, 10)).items.map(({ code, affected }) => `${code} ${affected}`);

    it('keeps an event with its documents, and knows it again by its id', async () => {
      assert.equal(await record('e1', 1), 'recorded');
      assert.equal(await record('e1', 2), 'known');
      assert.deepEqual(await ledger.outboundEvent('e1'), newOutboundEvent('e1'));
      assert.deepEqual(await ledger.documentsOfEvent('e1'), [
        {
          ...newSent('e1', 1).document,
          state: 'queued',
          reason: null,
          sentAt: null,
          reference: null,
          says: null,
          answeredAt: null,
        },
      ]);
      assert.equal(await ledger.outboundEvent('e2'), null);
    });

    it('counts each kind of number by itself, for each partner', async () => {
      assert.deepEqual(await ledger.nextSerials('acme'), { ISA13: 1, GS06: 1, ST02: 1, UNB: 1, UNH: 1 });
      await record('e1', 1);
      await record('e2', 2);
      assert.deepEqual(await ledger.nextSerials('acme'), { ISA13: 3, GS06: 3, ST02: 3, UNB: 1, UNH: 1 });
      assert.deepEqual(await ledger.nextSerials('other'), { ISA13: 1, GS06: 1, ST02: 1, UNB: 1, UNH: 1 });
    });

    it('gives a number to one document only, and leaves none out', async () => {
      await record('e1', 1);
      assert.equal(await record('e2', 1), 'numbers-taken');
      assert.equal(await record('e2', 3), 'numbers-taken');
      assert.equal(await ledger.outboundEvent('e2'), null);
      assert.deepEqual(await ledger.documentsOfEvent('e2'), []);
      assert.equal(await record('e2', 2), 'recorded');
    });

    it('lets one of many that come at the same time have a number', async () => {
      const outcomes = await Promise.all(['e1', 'e2', 'e3', 'e4'].map((id) => record(id, 1)));
      assert.deepEqual(outcomes.toSorted(), ['numbers-taken', 'numbers-taken', 'numbers-taken', 'recorded']);
    });

    it('delivers the documents of a partner in order, one at a time, and those of others meanwhile', async () => {
      await record('e1', 1);
      await record('e2', 2);
      await record('o1', 1, { partnerId: 'other' });
      const first = await ledger.claim('deliver', 10, NOON, LEASE);
      assert.deepEqual(first.map(({ subjectId }) => subjectId).sort(), ['doc_e1', 'doc_o1']);
      assert.deepEqual(await ledger.claim('deliver', 10, NOON, LEASE), []);
      const [held] = first.filter(({ subjectId }) => subjectId === 'doc_e1');
      assert.ok(held !== undefined);
      await ledger.fail(held, NOON, 'away', NOON + 60_000, { code: 'CONNECTION_UNAVAILABLE', text: 'away' });
      assert.deepEqual(await ledger.claim('deliver', 10, NOON + 1, LEASE), [], 'the second waits behind the first');
      assert.equal(await ledger.nextDueAt('deliver'), NOON + 60_000);
      const again = await claimOf(ledger, 'deliver', 'doc_e1', NOON + 60_000);
      await ledger.recordDelivery(again, RECEIPT, NOON + 60_001);
      assert.equal((await claimOf(ledger, 'deliver', 'doc_e2', NOON + 60_002)).attempt, 1);
    });

    it('notes that a document is with the partner, or only on its way', async () => {
      await record('e1', 1);
      await record('e2', 2);
      await deliver('e1');
      await deliver('e2', { reference: '<doc_e2@us>', confirmed: false, says: null });
      const { state, sentAt, reference } = await sent('e1');
      assert.deepEqual([state, sentAt, reference], ['transport-confirmed', NOON, '/in/doc.edi']);
      assert.equal((await sent('e2')).state, 'sent');
    });

    it('records a delivery once, whoever else claimed it meanwhile', async () => {
      await record('e1', 1);
      const stale = await claimOf(ledger, 'deliver', 'doc_e1');
      const fresh = await claimOf(ledger, 'deliver', 'doc_e1', NOON + 2 * LEASE);
      await ledger.recordDelivery(stale, { ...RECEIPT, reference: 'stale' }, NOON + LEASE);
      assert.equal((await sent('e1')).state, 'queued');
      await ledger.recordDelivery(fresh, RECEIPT, NOON + 2 * LEASE);
      assert.equal((await sent('e1')).reference, '/in/doc.edi');
    });

    it('gives a delivery up with an exception, and takes it up again when somebody retries', async () => {
      await record('e1', 1);
      const reason = { code: 'DELIVERY_DENIED', text: 'We may not write there.' };
      await ledger.fail(await claimOf(ledger, 'deliver', 'doc_e1'), NOON, 'denied', null, reason);
      assert.deepEqual([(await sent('e1')).state, (await sent('e1')).reason], ['failed', reason]);
      assert.deepEqual(await open_(), ['DELIVERY_DENIED 1']);
      assert.equal((await ledger.attemptsOf('doc_e1')).length, 1);
      const [exception] = (await ledger.exceptions({}, null, 1)).items;
      assert.equal(await ledger.retryException(exception?.id ?? '', { actor: 'me', at: NOON + 1 }), 1);
      await deliver('e1', RECEIPT, NOON + 2);
      assert.equal((await sent('e1')).state, 'transport-confirmed');
      assert.deepEqual(await open_(), []);
    });

    it('settles a document by what is acknowledged, and awaits nothing more', async () => {
      await record('e1', 1);
      await deliver('e1');
      await acknowledge('f1', [answer('e1', 'accepted')]);
      const { state, answeredAt } = await sent('e1');
      assert.deepEqual([state, answeredAt], ['accepted', NOON + 10]);
      assert.deepEqual(await ledger.claim('expect', 10, NOON + 5 * HOUR, LEASE), []);
    });

    it('takes a refusal for an exception, and the worse of two answers', async () => {
      await record('e1', 1);
      await deliver('e1');
      await acknowledge('f1', [answer('e1', 'rejected', 'SENT_REJECTED')]);
      await acknowledge('f2', [answer('e1', 'accepted')]);
      const { state, reason } = await sent('e1');
      assert.deepEqual([state, reason?.code], ['rejected', 'SENT_REJECTED']);
      assert.deepEqual(await open_(), ['SENT_REJECTED 1']);
    });

    it('calls a document overdue when its time is over, until the answer comes late', async () => {
      await record('e1', 1);
      await deliver('e1');
      await ledger.bringForward(NOON + 1, 0);
      assert.equal(await ledger.nextDueAt('expect'), NOON + 4 * HOUR, 'a restart makes nothing overdue');
      assert.deepEqual(await ledger.claim('expect', 10, NOON + 4 * HOUR - 1, LEASE), []);
      await ledger.recordOverdue([await claimOf(ledger, 'expect', 'doc_e1', NOON + 4 * HOUR)], NOON + 4 * HOUR);
      assert.equal((await sent('e1')).state, 'overdue');
      assert.deepEqual(await open_(), ['ACKNOWLEDGMENT_OVERDUE 1']);
      await acknowledge('f1', [answer('e1', 'accepted')], NOON + 5 * HOUR);
      assert.equal((await sent('e1')).state, 'accepted');
      assert.deepEqual(await open_(), []);
    });

    it('does not take a receipt for the answer that is awaited', async () => {
      await record('e1', 1);
      await deliver('e1');
      assert.equal(await ledger.recordAnswer({ ...answer('e1', 'received'), kind: 'TA1' }, NOON + 1), true);
      assert.equal((await sent('e1')).answeredAt, null);
      assert.equal(await ledger.nextDueAt('expect'), NOON + 4 * HOUR);
    });

    it('takes an MDN that comes later, good or bad', async () => {
      const away = { reference: '<1@us>', confirmed: false, says: null };
      const expect = { answer: 'MDN', within: HOUR } as const;
      await record('e1', 1, { expect });
      await record('e2', 2, { expect });
      await deliver('e1', away);
      await deliver('e2', away);
      assert.equal(await ledger.recordAnswer({ ...answer('e1', 'received'), kind: 'MDN' }, NOON + 1), true);
      const refused = { ...answer('e2', 'rejected', 'DELIVERY_REFUSED'), kind: 'MDN' } as const;
      assert.equal(await ledger.recordAnswer(refused, NOON + 1), true);
      assert.equal(await ledger.recordAnswer({ ...refused, documentId: 'doc_nobody' }, NOON + 1), false);
      assert.deepEqual([(await sent('e1')).state, (await sent('e2')).state], ['transport-confirmed', 'failed']);
      assert.equal(await ledger.nextDueAt('expect'), null);
      assert.deepEqual(await open_(), ['DELIVERY_REFUSED 1']);
    });

    it('keeps an answer that is faster than the note that it was sent', async () => {
      await record('e1', 1);
      await acknowledge('f1', [answer('e1', 'accepted')]);
      await deliver('e1', RECEIPT, NOON + 20);
      const { state, sentAt } = await sent('e1');
      assert.deepEqual([state, sentAt], ['accepted', NOON + 20]);
      assert.equal(await ledger.nextDueAt('expect'), null);
    });

    it('finds what went to a partner by its numbers', async () => {
      await record('e1', 1);
      await record('o1', 1, { partnerId: 'other' });
      const found = async (...asked: Parameters<Ledger['sentUnder']>) =>
        (await ledger.sentUnder(...asked)).map(({ id }) => id);
      assert.deepEqual(await found('acme', 'group', ['1', '2']), ['doc_e1']);
      assert.deepEqual(await found('acme', 'interchange', ['000000001']), ['doc_e1']);
      assert.deepEqual(await found('acme', 'group', []), []);
    });

    it('lists them newest first, page by page, and by what is asked for', async () => {
      for (const number of [1, 2, 3]) await record(`e${number}`, number, { acceptedAt: NOON + number });
      await deliver('e1');
      const first = await ledger.sentDocuments({}, null, 2);
      assert.deepEqual(
        first.items.map(({ id }) => id),
        ['doc_e3', 'doc_e2'],
      );
      const second = await ledger.sentDocuments({}, first.next, 2);
      assert.deepEqual([second.items.map(({ id }) => id), second.next], [['doc_e1'], null]);
      for (const [filter, expected] of [
        [{ state: 'queued' }, ['doc_e3', 'doc_e2']],
        [{ ref: 'DO-e2' }, ['doc_e2']],
        [{ ref: 'e3' }, ['doc_e3']],
        [{ ref: '000000001' }, ['doc_e1']],
        [{ partner: 'acme', type: '940', from: NOON + 2, to: NOON + 3 }, ['doc_e2']],
        [{ type: '856' }, []],
      ] as const) {
        const { items } = await ledger.sentDocuments(filter, null, 10);
        assert.deepEqual(
          items.map(({ id }) => id),
          expected,
          JSON.stringify(filter),
        );
      }
    });
  });
}
