import assert from 'node:assert/strict';
import { ADVISED, delivery, finished, TENDERED } from './examples.ts';

const SEATTLE = { city: 'Seattle', state: 'WA', country: 'US' };
const DALLAS = { city: 'Dallas', state: 'TX', country: 'US' };

describe("an event's time", () => {
  for (const { title, data, over, time, precision, tzSource } of [
    {
      title: 'keeps the offset that the document gave',
      data: { eventTime: '2026-12-04T10:30:00-05:00', place: SEATTLE },
      over: {},
      time: '2026-12-04T10:30:00-05:00',
      precision: 'minute',
      tzSource: 'given',
    },
    {
      title: 'is told by the clock of its place',
      data: { place: SEATTLE },
      over: {},
      time: '2026-12-04T10:30:00-08:00',
      precision: 'minute',
      tzSource: 'location',
    },
    {
      title: "is told by the partner's clock where the state has two",
      data: { place: DALLAS },
      over: {},
      time: '2026-12-04T10:30:00-06:00',
      precision: 'minute',
      tzSource: 'partner-default',
    },
    {
      title: 'is UTC, and says that this is assumed, when nothing tells the zone',
      data: { place: DALLAS },
      over: { timezone: null },
      time: '2026-12-04T10:30:00+00:00',
      precision: 'minute',
      tzSource: 'assumed-utc',
    },
    {
      title: 'knows seconds when they are not zero',
      data: { eventTime: '2026-12-04T10:30:07' },
      over: {},
      time: '2026-12-04T10:30:07-06:00',
      precision: 'second',
      tzSource: 'partner-default',
    },
    {
      title: 'is the midnight of its zone when only a date is given',
      data: { eventTime: '2026-07-04', place: SEATTLE },
      over: {},
      time: '2026-07-04T00:00:00-07:00',
      precision: 'date',
      tzSource: 'location',
    },
  ]) {
    it(title, () => {
      const event = finished(delivery(data), over);
      assert.equal(event.time, time);
      assert.deepEqual(event.data.when, { eventTime: time, precision, tzSource });
    });
  }

  it('leaves a date in the data a date', () => {
    assert.equal(finished(delivery({ eventTime: '2026-07-04' })).data.eventTime, '2026-07-04');
  });

  it("is the document's own time when the event has none, and the arrival when the document has none either", () => {
    const draft = { ...delivery(), data: { proNumber: '4711' } };
    assert.equal(finished(draft).time, '2026-12-04T12:15:00-06:00');
    assert.equal(finished(draft, { documentTime: null }).time, '2026-12-04T20:00:00.000Z');
  });

  it('tells each moment by the clock of its own place, at any depth', () => {
    const shipment = {
      shippedAt: '2026-12-04T10:00:00',
      expectedAt: '2026-12-06T10:00:00',
      shipFrom: SEATTLE,
      shipTo: { city: 'Atlanta', state: 'GA', country: 'US' },
    };
    const orders = [{ items: [{ sku: 'A', expiry: '2027-01-31T00:00:00' }] }, { purchaseOrder: 'PO2' }];
    const data = { adviceNumber: 'ASN1', createdAt: '2026-12-04T09:00:00', shipment, orders };
    const event = finished({ type: ADVISED, key: '', data });
    assert.equal(event.time, '2026-12-04T09:00:00-06:00');
    assert.deepEqual(event.data.shipment, {
      ...shipment,
      shippedAt: '2026-12-04T10:00:00-08:00',
      expectedAt: '2026-12-06T10:00:00-05:00',
    });
    assert.deepEqual(event.data.orders, [
      { items: [{ sku: 'A', expiry: '2027-01-31T00:00:00-06:00' }] },
      { purchaseOrder: 'PO2' },
    ]);
    assert.deepEqual(event.data.where, { ...SEATTLE, timezone: 'America/Los_Angeles' });
  });

  it('tells the times of each stop of a load by the clock of that stop', () => {
    const chicago = { city: 'Chicago', state: 'IL', country: 'US' };
    const times = { from: '2026-12-04T08:00:00', until: '2026-12-04T16:00:00' };
    const stops = [
      { activity: 'pickup', location: chicago, pickUp: times },
      { activity: 'delivery', location: SEATTLE, deliver: times },
      { activity: 'delivery', deliver: times },
    ];
    const event = finished({ type: TENDERED, key: '', data: { shipmentId: 'L1', stops } }, { timezone: 'UTC' });
    const told = (offset: string) => ({ from: `${times.from}${offset}`, until: `${times.until}${offset}` });
    assert.deepEqual(event.data.stops, [
      { ...stops[0], pickUp: told('-06:00') },
      { ...stops[1], deliver: told('-08:00') },
      { ...stops[2], deliver: told('+00:00') },
    ]);
  });
});
