import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/events/types.ts';
import type { MapWriting } from '../../../src/mapping/writing/types.ts';
import { compiled, mapDesadv, shippedMap } from '../support/maps.ts';

function write(rules: string, data: JsonObject): MapWriting {
  const event = { type: 'logistics.shipment.advised.v1', data: { adviceNumber: 'D1', ...data } };
  return compiled(mapDesadv(rules)).writer.write([event], { timezone: null });
}

/** The segments behind the beginning, with `+` and `:`. */
function segmentsOf({ documents, findings }: MapWriting): readonly string[] {
  assert.deepEqual(findings, []);
  const texts = documents[0]?.segments.map((segment) =>
    segment
      .map((element) => (Array.isArray(element) ? element.join(':') : element))
      .join('+')
      .replace(/\++$/, ''),
  );
  return texts?.slice(1) ?? [];
}

describe('writing EDIFACT', () => {
  const party =
    '  shipment: { shipTo: { in: NAD(3035=ST), gln: NAD(3055=9)3039, code: NAD(3055!=9)3039, idQualifier: { also: NAD(3055!=9)3055 } } }\n';

  it('a condition with != writes nothing by itself', () => {
    assert.deepEqual(segmentsOf(write(party, { shipment: { shipTo: { code: '17' } } })), ['NAD+ST+17']);
  });

  it('a condition with != agrees with any other code', () => {
    const shipment = { shipTo: { code: '17', idQualifier: '92' } };
    assert.deepEqual(segmentsOf(write(party, { shipment })), ['NAD+ST+17::92']);
  });

  it('a condition with != refuses the code', () => {
    const { findings } = write(party, { shipment: { shipTo: { gln: '4012345000009', code: '17' } } });
    assert.deepEqual(
      findings.map(({ code, path }) => `${code} ${path}`),
      ['MAP_WRITE_CONFLICT data/shipment/shipTo/code'],
    );
  });

  it('pairs of components fill the composites of a segment', () => {
    const rules = '  shipment: { in: CPS, items: { each: LIN, sku: PIA(7143=SA)7140, lot: PIA(7143=NB)7140 } }\n';
    const written = write(rules, { shipment: { items: [{ sku: 'A', lot: 'L' }] } });
    assert.deepEqual(segmentsOf(written), ['CPS+1', 'LIN+1', 'PIA++A:SA+L:NB']);
  });

  it('a list of components fills the first of each composite, then further segments', () => {
    const rules = '  shipment: { in: CPS, items: { each: LIN, serialNumbers: { all: GIN(7405=BN)7402-1 } } }\n';
    const serialNumbers = ['1', '2', '3', '4', '5', '6'];
    assert.deepEqual(segmentsOf(write(rules, { shipment: { items: [{ serialNumbers }] } })), [
      'CPS+1',
      'LIN+1',
      'GIN+BN+1+2+3+4+5',
      'GIN+BN+6',
    ]);
  });
});

/** Lines of an order, written by rules below `lines:`; and what is read back. */
function lines(rules: string, ...entries: readonly JsonObject[]) {
  const map = compiled(`map: edifact/orders
version: next
document: { standard: edifact, set: ORDERS, release: D96A }
event: logistics.order.acknowledged.v1
data: { purchaseOrder: BGM1004, charges: { each: UNS/ALC, indicator: 5463 }, lines: { each: LIN, ${rules} } }
write: { UNS0081: S }
`);
  const data = { purchaseOrder: 'PO1', lines: entries };
  return { map, writing: map.writer.write([{ type: 'logistics.order.acknowledged.v1', data }], { timezone: null }) };
}

describe('writing the numbers of lines', () => {
  it('takes those of the event, where a field says them, and makes none for a line without', () => {
    const { writing } = lines('lineNumber: 1082, sku: LIN(7143=SA)7140', { lineNumber: '10', sku: 'A' }, { sku: 'B' });
    assert.deepEqual(segmentsOf(writing), ['LIN+10++A:SA', 'LIN+++B:SA', 'UNS+S']);
  });

  it('makes them, where no field says them', () => {
    const { writing } = lines('sku: LIN(7143=SA)7140', { sku: 'A' }, { sku: 'B' });
    assert.deepEqual(segmentsOf(writing), ['LIN+1++A:SA', 'LIN+2++B:SA', 'UNS+S']);
  });

  it('makes them, where a field only reads them', () => {
    const rules = 'lineNumber: { at: 1082, only: read }, sku: LIN(7143=SA)7140';
    assert.deepEqual(segmentsOf(lines(rules, { sku: 'A' }).writing), ['LIN+1++A:SA', 'UNS+S']);
  });
});

describe('a list in a block that can hold one entry (`each: .`)', () => {
  const rules =
    'lineNumber: 1082, statuses: { each: ., status: 1229, quantity: { at: QTY(6063=113)6060, as: number } }';

  it('is written into the block, and read again', () => {
    const data = { lineNumber: '1', statuses: [{ status: '5', quantity: 4 }] };
    assert.deepEqual(segmentsOf(lines(rules, data).writing), ['LIN+1+5', 'QTY+113:4', 'UNS+S']);
  });

  it('refuses a second entry', () => {
    const { findings } = lines(rules, { statuses: [{ status: '5' }, { quantity: 7 }] }).writing;
    assert.deepEqual(
      findings.map(({ code, path }) => `${code} ${path}`),
      ['MAP_WRITE_VALUE data/lines/0/statuses/1'],
    );
  });
});

describe('an answer that two elements can say', () => {
  const { writer } = shippedMap('edifact/ordrsp@1.0.0');
  const beginning = (data: JsonObject): unknown => {
    const event = {
      type: 'logistics.order.acknowledged.v1',
      data: { purchaseOrder: 'PO1', createdAt: '2026-12-04', ...data },
    };
    const { documents, findings } = writer.write([event], { timezone: null });
    assert.deepEqual(findings, []);
    return documents[0]?.segments[0];
  };

  it('stands in the first that has a code for it', () => {
    assert.deepEqual(beginning({ acknowledgment: 'accepted' }), ['BGM', ['231'], '', '29']);
    assert.deepEqual(beginning({ acknowledgment: 'received' }), ['BGM', ['231'], '', '9', 'AB']);
  });

  it('stands in the other where its raw code is given', () => {
    const answer = { acknowledgment: 'accepted', acknowledgmentCode: 'AD' };
    assert.deepEqual(beginning(answer), ['BGM', ['231'], '', '9', 'AD']);
  });
});

describe('a group behind the UNS', () => {
  it('is written there, and read from there, where the heading has one of its name', () => {
    const { map } = lines('lineNumber: 1082', {});
    const type = 'logistics.order.acknowledged.v1';
    const data = { purchaseOrder: 'PO1', charges: [{ indicator: 'A' }, { indicator: 'C' }] };
    const { documents, findings } = map.writer.write([{ type, data }], { timezone: null });
    assert.deepEqual(segmentsOf({ documents, findings }), ['UNS+S', 'ALC+A', 'ALC+C']);
  });
});

describe('writing orders that only lines name (`per`)', () => {
  const { writer } = shippedMap('edifact/desadv@1.0.0');
  const codesOf = (orders: readonly JsonObject[]): readonly string[] => {
    const event = { type: 'logistics.shipment.advised.v1', data: { adviceNumber: 'D1', orders } };
    return writer.write([event], { timezone: null }).findings.map(({ code, path }) => `${code} ${path}`);
  };
  const item = { sku: 'A' };

  it('takes an order with a line in a package', () => {
    assert.deepEqual(codesOf([{ purchaseOrder: 'PO1', packages: [{ items: [item] }] }]), []);
  });

  it('refuses an order without a line', () => {
    assert.deepEqual(codesOf([{ purchaseOrder: 'PO1' }]), ['MAP_WRITE_VALUE data/orders/0']);
  });

  it('refuses a package without a line, which would belong to nobody', () => {
    assert.deepEqual(codesOf([{ purchaseOrder: 'PO1', items: [item], packages: [{ sscc: ['1'] }] }]), [
      'MAP_WRITE_VALUE data/orders/0/packages/0',
    ]);
  });

  it('takes a package without a line on a pallet that has one', () => {
    const pallets = [{ items: [item], packages: [{ sscc: ['1'] }] }];
    assert.deepEqual(codesOf([{ purchaseOrder: 'PO1', pallets }]), []);
  });

  it('refuses lines of an order without a number', () => {
    assert.deepEqual(codesOf([{ items: [item] }]), ['MAP_WRITE_VALUE data/orders/0']);
  });
});
