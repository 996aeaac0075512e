import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/events/types.ts';
import { shippedMap } from '../support/maps.ts';
import { event, refusals, segmentsOf } from '../support/written.ts';

const MAP = shippedMap('x12/945@1.0.0');
const order = (data: JsonObject) => event(MAP, { depositorOrder: 'D1', ...data });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

/** What the 945 has room for in its heading, and what is one more of it. */
const ROOM: readonly (readonly [what: string, most: number, said: (count: number) => JsonObject, refused: string])[] = [
  [
    'references',
    10,
    (count) => ({ references: numbered(count).map((value) => ({ type: 'ZZ', value })) }),
    'MAP_WRITE_RULE data/references/10 cannot be written: the standard takes 10 N9 there, and this would be one more.',
  ],
  [
    'parties, each a loop',
    10,
    (count) => ({ parties: numbered(count).map((name) => ({ role: 'carrier', name })) }),
    'MAP_WRITE_RULE data/parties/10 cannot be written: the standard takes 10 N1 there, and this would be one more.',
  ],
  [
    'lines of a street, two in each segment',
    4,
    (count) => ({ shipTo: { name: 'Harbor Street Foods', street: numbered(count) } }),
    'MAP_WRITE_RULE data/shipTo/street/4 cannot be written: the standard takes 2 N3 there, and this would be one more.',
  ],
];

describe('The room that the standard has in one place', () => {
  for (const [what, most, said, refused] of ROOM) {
    it(`is enough for ${most} ${what}`, () => {
      assert.ok(segmentsOf(MAP, order(said(most))).length > most / 2);
    });

    it(`is too small for ${most + 1} ${what}, and the last of them is named`, () => {
      assert.deepEqual(refusals(MAP, order(said(most + 1))), [refused]);
    });
  }

  it('counts the segments of a field of its own with those of a list', () => {
    const nine = numbered(9).map((value) => ({ type: 'ZZ', value }));
    assert.ok(segmentsOf(MAP, order({ billOfLading: 'B1', references: nine })).includes('N9*BM*B1'));
    const ten = [...nine, { type: 'ZZ', value: '10' }];
    assert.equal(refusals(MAP, order({ billOfLading: 'B1', references: ten })).length, 1);
  });
});
