import assert from 'node:assert/strict';
import { dataOf, read } from '../support/documents.ts';
import { compiled, linesOf, load, map214, map945, shippedMap } from '../support/maps.ts';

const B10 = 'B10*PRO1*SHP1*ABCD';

describe('several events of one document', () => {
  const map = compiled(
    map214(`  proNumber: B1001
  shipmentId: B1002
  billOfLading: /L11(02=BM)01
  stopNumber: L11(02=QN)01
  eventTime: { at: AT705..07, as: datetime }
  place: { city: MS101 }
  parties: { each: /N1, role: 01, name: 02 }
  classifier: { either: [ { also: AT701, codes: classifier }, { also: AT703, codes: classifier } ] }
  rawCodes: { status: { also: AT701 }, reason: { also: AT702 }, appointment: { also: AT703 }, zone: { also: AT707 } }
`),
  );
  const document = [
    B10,
    'L11*BOL*BM',
    'N1*ST*Depot',
    'LX*1',
    'AT7*AF*NS***20261204*1030*CT',
    'MS1*Dallas*TX*US',
    'L11*1*QN',
    'L11*LXBOL*BM',
    'LX*2',
    'AT7***AA*NA*20261205*0900*LT',
    'AT7*D1',
    'L11*2*QN',
  ];
  const { events, findings } = read(map, document);

  it('come in the order of the document, each with its place', () => {
    assert.deepEqual(findings, []);
    assert.deepEqual(
      events.map(({ type, key }) => [type, key]),
      [
        ['logistics.transport.picked-up.v1', 'LX[1]/AT7[1]'],
        ['logistics.transport.appointment-set.v1', 'LX[2]/AT7[1]'],
        ['logistics.transport.delivered.v1', 'LX[2]/AT7[2]'],
      ],
    );
  });

  it('each know what the loops around them and the heading say', () => {
    const header = {
      proNumber: 'PRO1',
      shipmentId: 'SHP1',
      billOfLading: 'BOL',
      parties: [{ role: 'ST', name: 'Depot' }],
    };
    assert.deepEqual(
      events.map(({ data }) => data),
      [
        {
          ...header,
          stopNumber: '1',
          eventTime: '2026-12-04T10:30:00-06:00',
          place: { city: 'Dallas' },
          classifier: 'actual',
          rawCodes: { status: 'AF', reason: 'NS', zone: 'CT' },
        },
        {
          ...header,
          stopNumber: '2',
          eventTime: '2026-12-05T09:00:00',
          classifier: 'actual',
          rawCodes: { appointment: 'AA', zone: 'LT' },
        },
        { ...header, stopNumber: '2', classifier: 'actual', rawCodes: { status: 'D1' } },
      ],
    );
  });

  it('of a status that no table knows are events of an unknown status, with the raw code', () => {
    const unknown = read(map, [B10, 'LX*1', 'AT7*QQ']);
    assert.deepEqual(unknown.findings, []);
    assert.deepEqual(
      unknown.events.map(({ type, data }) => [type, data.rawCodes]),
      [['logistics.transport.status-unknown.v1', { status: 'QQ' }]],
    );
  });

  it('keep their places, whatever else the document says', () => {
    const more = read(map, [B10, 'LX*1', 'AT7*AF', 'LX*2', 'LX*3', 'AT7*D1']);
    assert.deepEqual(
      more.events.map(({ key }) => key),
      ['LX[1]/AT7[1]', 'LX[3]/AT7[1]'],
    );
  });

  it('may come from segments that are no loop', () => {
    const text = map945('').replace(
      'event: logistics.warehouse-order.shipped.v1',
      'event: { each: N9(01=DO), type: logistics.warehouse-order.shipped.v1 }',
    );
    const each = compiled(text.replace('depositorOrder: W0602', 'depositorOrder: 02'));
    const reading = read(each, ['W06*F', 'N9*DO*A', 'N9*BM*B', 'N9*DO*C']);
    assert.deepEqual(
      reading.events.map(({ key, data }) => [key, data.depositorOrder]),
      [
        ['N9[1]', 'A'],
        ['N9[3]', 'C'],
      ],
    );
  });
});

describe('one event said again', () => {
  it('is so when the segment is there, with the same data', () => {
    const text = map945('  lines: { each: LX/W12, fulfilment: { at: 01, codes: fulfilment } }\n').replace(
      'event: logistics.warehouse-order.shipped.v1',
      'event: { type: logistics.warehouse-order.shipped.v1, also: { logistics.warehouse-order.short-shipped.v1: LX/W12(01=BO) } }',
    );
    const types = (code: string) =>
      read(compiled(text), ['W06*F*D1', 'LX*1', `W12*${code}*1*1*0*EA`]).events.map(({ type }) => type.split('.')[2]);
    assert.deepEqual(types('CC'), ['shipped']);
    assert.deepEqual(types('BO'), ['shipped', 'short-shipped']);
  });

  it('may depend on a segment around the one that makes the event', () => {
    const text = map214('  proNumber: B1001\n').replace(
      '  by:',
      '  also: { logistics.transport.delayed.v1: L11(02=ZZ) }\n  by:',
    );
    const types = (...segments: string[]) =>
      read(compiled(text), [B10, 'LX*1', 'AT7*D1', ...segments]).events.map(({ type }) => type.split('.')[2]);
    assert.deepEqual(types(), ['delivered']);
    assert.deepEqual(types('L11*1*ZZ'), ['delivered', 'delayed']);
  });
});

describe('the type of an event', () => {
  it('is that of the code beside `by`', () => {
    const types = ['00', '01', '05'].map(
      (code) => read(shippedMap('x12/856@1.0.0'), [`BSN*${code}*S1*20261204*1030`]).events[0]?.type,
    );
    assert.deepEqual(types, [
      'logistics.shipment.advised.v1',
      'logistics.shipment.advice-cancelled.v1',
      'logistics.shipment.advice-replaced.v1',
    ]);
  });

  it('is that of `type` where the code is not there', () => {
    const text = map214('  proNumber: B1001\n').replace(
      /by: .*/,
      'by: AT701\n  type: logistics.transport.delivered.v1\n  D1: logistics.transport.delivered.v1\n  AF: logistics.transport.picked-up.v1',
    );
    const type = (at7: string) => read(compiled(text), [B10, 'LX*1', at7]).events[0]?.type.split('.')[2];
    assert.deepEqual([type('AT7*AF'), type('AT7*D1'), type('AT7**NS')], ['picked-up', 'delivered', 'delivered']);
    assert.deepEqual([type('AT7*X3')], [undefined]);
  });

  it('may hang on several elements', () => {
    const text = map214('  proNumber: B1001\n').replace(
      /by: .*/,
      'by: [ AT701, MS103 ]\n  X3 US: logistics.transport.pickup-arrived.v1\n  X3 MX: logistics.transport.customs-arrived.v1',
    );
    const type = (country: string) =>
      read(compiled(text), [B10, 'LX*1', 'AT7*X3', `MS1*Town*ST*${country}`]).events[0]?.type.split('.')[2];
    assert.deepEqual([type('US'), type('MX'), type('CA')], ['pickup-arrived', 'customs-arrived', undefined]);
  });

  it('may be in a section of the table for the very element', () => {
    const codes = { status: 'codes: status\nx12-1650:\n  D1: logistics.transport.delivered.v1\n' };
    const map = compiled(map214('  proNumber: B1001\n'), { codes });
    assert.deepEqual(read(map, [B10, 'LX*1', 'AT7*D1']).events[0]?.type, 'logistics.transport.delivered.v1');
    assert.deepEqual(
      read(map, [B10, 'LX*1', 'AT7*AF']).findings.map(({ code, value }) => [code, value]),
      [['MAP_EVENT_TYPE', 'AF']],
    );
  });

  it('is never a code that a table keeps: the map does not load', () => {
    const codes = { status: 'codes: status\nx12:\n  D1: logistics.transport.delivered.v1\n  else: keep\n' };
    const maps = { 'x12/214/next.yaml': map214('  proNumber: B1001\n') };
    assert.deepEqual(linesOf(load({ maps, codes })), [
      'm/x12/214/next.yaml:6:39 MAP_EVENT The table "status" keeps unknown codes, and a code is no event type. ' +
        'Write "else:" with the type of an unknown code, or take "else:" away.',
    ]);
  });

  it('is the same for every event where the map names one', () => {
    assert.deepEqual(dataOf(compiled(map945('')), ['W06*F*D1']), [{ depositorOrder: 'D1' }]);
  });
});
