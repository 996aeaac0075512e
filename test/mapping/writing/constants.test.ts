import assert from 'node:assert/strict';
import type { PlainSegment } from '../../../src/edi/plain-segment.ts';
import type { JsonObject } from '../../../src/events/types.ts';
import { compiled } from '../support/maps.ts';

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
