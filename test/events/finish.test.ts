import assert from 'node:assert/strict';
import type { EventContext } from '../../src/events/context.ts';
import { finishEvent } from '../../src/events/finish.ts';
import type { JsonObject } from '../../src/events/types.ts';
import { ADVISED, context, delivery, finished } from './examples.ts';

describe('a finished event', () => {
  it('keeps its id when the same content comes again in another file, later, read by a newer map', () => {
    const again = { fileId: 'file-2', documentId: 'doc-2', receivedAt: 0, mapPin: 'x12/214@2.0.0' };
    assert.equal(finished(delivery(), again).id, finished(delivery()).id);
    assert.match(finished(delivery()).id, /^[0-9a-f]{32}$/);
  });

  it('has another id for another partner, document type, content, place in the document or event type', () => {
    const ids = [
      finished(delivery()),
      finished(delivery(), { partnerId: 'other-3pl' }),
      finished(delivery(), { documentType: 'edifact/IFTSTA' }),
      finished(delivery(), { contentHash: 'decaf' }),
      finished(delivery({}, 'LX[1]/AT7[2]')),
      finished({ ...delivery(), type: 'logistics.transport.damaged.v1' }),
    ].map((event) => event.id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('has every attribute that CloudEvents requires, and only lower-case letters and digits in attribute names', () => {
    const event = finished(delivery());
    assert.equal(event.specversion, '1.0');
    assert.equal(event.source, '/partners/acme-3pl/x12/214');
    assert.equal(event.type, 'logistics.transport.delivered.v1');
    assert.equal(event.dataschema, 'https://crossdock.dev/schemas/logistics.transport.delivered.v1/1.0.0');
    assert.equal(event.receivedtime, '2026-12-04T20:00:00.000Z');
    assert.deepEqual([event.correlationid, event.causationid], ['file-1', 'doc-1']);
    for (const name of Object.keys(event)) assert.match(name, /^[a-z0-9]{1,20}$/);
  });

  it('leaves what the map read untouched', () => {
    const draft = Object.freeze(delivery({ place: Object.freeze({ city: 'Seattle', state: 'WA', country: 'US' }) }));
    const before = structuredClone(draft.data);
    finished(draft);
    assert.deepEqual(draft.data, before);
  });

  it('collects its references, each once, and those without a field by their own type', () => {
    const references = [{ type: 'CR', value: 'C9' }, { type: 'ZZ' }];
    const draft = delivery({ purchaseOrders: ['PO1', 'PO2', 'PO1'], references });
    const result = finishEvent(draft, context());
    assert('event' in result);
    const expected = [
      { type: 'pro-number', value: '4711' },
      { type: 'scac', value: 'ABCD' },
      { type: 'purchase-order', value: 'PO1' },
      { type: 'purchase-order', value: 'PO2' },
      { type: 'CR', value: 'C9' },
    ];
    assert.deepEqual(result.references, expected);
    assert.deepEqual(result.event.data.refs, expected);
  });

  it('finds SSCCs on pallets and in packages on pallets', () => {
    const pallets = [{ sscc: ['P1'], packages: [{ sscc: ['C1', 'C2'] }] }];
    const event = finished({ type: ADVISED, key: '', data: { adviceNumber: 'ASN1', orders: [{ pallets }] } });
    assert.deepEqual(event.data.refs, [
      { type: 'advice-number', value: 'ASN1' },
      { type: 'sscc', value: 'P1' },
      { type: 'sscc', value: 'C1' },
      { type: 'sscc', value: 'C2' },
    ]);
  });

  it('says its classifier: the one the partner gave, else that of its type', () => {
    const estimate = { ...delivery(), type: 'logistics.transport.eta-updated.v1' };
    assert.equal(finished(delivery()).classifier, 'actual');
    assert.equal(finished(estimate).classifier, 'estimated');
    assert.equal(finished(estimate).data.classifier, 'estimated');
    assert.equal(finished(delivery({ classifier: 'planned' })).classifier, 'planned');
  });

  for (const { data, subject } of [
    { data: { shipmentId: 'S1', proNumber: 'P1', scac: 'ABCD' }, subject: 'shipment/S1' },
    { data: { proNumber: 'P1', scac: 'ABCD' }, subject: 'shipment/ABCD:P1' },
    { data: { proNumber: 'P1' }, subject: 'shipment/acme-3pl:P1' },
    { data: { billOfLading: 'B1' }, subject: 'shipment/B1' },
    { data: { signedBy: 'Jo' }, subject: 'document/doc-1' },
  ]) {
    it(`is about ${subject} when it carries ${Object.keys(data).join(', ')}`, () => {
      assert.equal(finished({ ...delivery(), data }).subject, subject);
    });
  }

  it('is not made of data that breaks the schema: a finding names the field, what is wrong and what to do', () => {
    const result = finishEvent(delivery({ packageCount: '12' }), context({ documentStart: 107 }));
    assert('findings' in result);
    const [finding, ...others] = result.findings;
    assert.deepEqual(others, []);
    assert.equal(finding?.code, 'EVENT_SCHEMA');
    assert.equal(finding?.severity, 'rejected');
    assert.equal(finding?.path, 'x12/214/LX[1]/AT7[1]');
    assert.equal(finding?.position.byte, 107);
    assert.match(finding?.text ?? '', /data\/packageCount must be a number, not text\.$/);
    assert.match(finding?.remedy ?? '', /x12\/214@1\.0\.0/);
  });

  it('takes the word of a map that its data keeps the schema, but not for its moments', () => {
    const finishedAs = (data: JsonObject, over: Partial<EventContext> = {}) => {
      const result = finishEvent({ ...delivery(data), keepsSchema: true }, context(over));
      return 'findings' in result ? result.findings.map(({ code }) => code) : result.event.data.eventTime;
    };
    assert.equal(finishedAs({}), '2026-12-04T10:30:00-06:00');
    assert.deepEqual(finishedAs({ eventTime: '2026-12-04T25:30:00' }), ['EVENT_SCHEMA']);
    // The clock of Chicago was 5:50:36 behind until it got a zone.
    assert.deepEqual(finishedAs({ eventTime: '1880-12-04T10:30:00' }), ['EVENT_SCHEMA', 'EVENT_SCHEMA']);
    assert.deepEqual(finishedAs({ eventTime: '2026-12-04T10:30:00Z' }, { timezone: null }), '2026-12-04T10:30:00Z');
  });

  it('is not made of an unknown type', () => {
    const result = finishEvent({ ...delivery(), type: 'logistics.transport.beamed.v1' }, context());
    assert('findings' in result);
    assert.match(result.findings[0]?.text ?? '', /beamed/);
  });
});
