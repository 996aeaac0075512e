import assert from 'node:assert/strict';
import type { PlainSegment } from '../../../src/edi/plain-segment.ts';
import type { JsonObject } from '../../../src/events/types.ts';
import { compiled, map856 } from '../support/maps.ts';
import { event, segmentsOf } from '../support/written.ts';

const MAP = `map: x12/204
version: next
document: { standard: x12, set: 204, release: 004010, group: SM }
event: logistics.load.tendered.v1
data:
  carrier: { payment: B206 }
  respondBy: { at: [ G62(01=64)02, G62(01=64)04 ], as: datetime }
  stops: { each: S5, rawCodes: { activity: { also: 02 } }, activity: 02 }
write:
  B2A01: 00
  G62(01=64)03: 1
`;

/** The dates of the tender that is written for this data. */
function datesOf(data: JsonObject): readonly PlainSegment[] {
  const event = {
    type: 'logistics.load.tendered.v1',
    data: { carrier: { payment: 'PP' }, stops: [{ activity: 'LD' }], ...data },
  };
  const { documents, findings } = compiled(MAP).writer.write([event], { timezone: null });
  assert.deepEqual(findings, []);
  return documents.flatMap(({ segments }) => segments).filter(([tag]) => tag === 'G62');
}

describe('a constant that an "also" reads', () => {
  const MAP = `map: x12/210
version: next
document: { standard: x12, set: 210, release: 004010, group: IM }
event: logistics.freight-invoice.issued.v1
data:
  invoiceNumber: B302
  deliveredOn: { at: B309, as: date }
  rawCodes: { deliveryDate: { also: B310 } }
write: { B310: 035 }
`;
  const kindOf = (data: JsonObject) => {
    const event = { type: 'logistics.freight-invoice.issued.v1', data: { invoiceNumber: 'I-1', ...data } };
    const { documents } = compiled(MAP).writer.write([event], { timezone: null });
    return documents[0]?.segments[0]?.[10];
  };

  it('is written where no code was given', () => {
    assert.equal(kindOf({ deliveredOn: '2026-12-07' }), '035');
  });

  it('gives way to the code that was given', () => {
    assert.equal(kindOf({ deliveredOn: '2026-12-07', rawCodes: { deliveryDate: '017' } }), '017');
  });
});

describe('a constant that is half of a pair', () => {
  it('is written where the other half is there', () => {
    assert.deepEqual(datesOf({ respondBy: '2026-12-04T10:30:00' }), [['G62', '64', '20261204', '1', '1030']]);
  });

  it('is left out without the other half', () => {
    assert.deepEqual(datesOf({ respondBy: '2026-12-04' }), [['G62', '64', '20261204']]);
  });

  it('makes no segment', () => {
    assert.deepEqual(datesOf({}), []);
  });
});

describe('A count or a sum', () => {
  const items = (...quantities: readonly number[]) => quantities.map((quantity) => ({ sku: 'S', quantity }));
  const orders = [
    { purchaseOrder: 'P1', items: items(2, 3.5) },
    { purchaseOrder: 'P2', items: items(10) },
  ];
  for (const [total, written] of [
    ['count HL', ['TD1**3', 'TD1**2', 'CTT*6*15.5']],
    ['sum SN102', ['TD1**5.5', 'TD1**10', 'CTT*6*15.5']],
  ] as const) {
    it(`in a block is that of the block, in the document that of the document: ${total}`, () => {
      const rules = `  orders:
    in: HL(S)
    each: HL(O)
    purchaseOrder: PRF01
    items: { each: HL(I), sku: LIN(235=SK)234, quantity: { at: SN102, as: number } }
    write: { TD102: ${total} }
`;
      const map = compiled(map856(rules, 'write: { CTT01: count HL, CTT02: sum SN102 }\n'));
      assert.deepEqual(
        segmentsOf(map, event(map, { adviceNumber: 'A1', orders })).filter((segment) => /^(TD1|CTT)/.test(segment)),
        written,
      );
    });
  }
});
