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
