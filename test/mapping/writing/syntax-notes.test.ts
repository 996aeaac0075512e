import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/events/types.ts';
import { compiled, map214, map856, map945, shippedMap } from '../support/maps.ts';
import { event, refusals, segmentsOf } from '../support/written.ts';

/** Rules, what is said, and the field that makes a segment break a note of the standard. */
const BROKEN: readonly (readonly [note: string, rules: string, shipment: JsonObject, refused: string])[] = [
  [
    'half of a pair',
    'weight: { value: { at: TD107, as: number }, unit: { at: TD108, codes: weight-unit } }, packageCount: { at: TD102, as: number }',
    { weight: { value: 12 }, packageCount: 1 },
    'MAP_WRITE_RULE data/shipment/weight/value cannot be written: TD1 takes 07 and 08 together or none of them, and TD108 would be empty.',
  ],
  [
    'the first of several that wants the others',
    'packaging: TD101, packageCount: { at: TD102, as: number }',
    { packaging: 'CTN' },
    'MAP_WRITE_RULE data/shipment/packaging cannot be written: TD1 takes 02 where 01 is there, and TD102 would be empty.',
  ],
  [
    'none of several, where one must be there',
    'shipTo: { in: N1(01=ST), name: 02, city: N401, state: N402 }',
    { shipTo: { city: 'Reno', state: 'NV' } },
    'MAP_WRITE_RULE data/shipment/shipTo cannot be written: N1 takes at least one of 02 and 03, and N102 would be empty.',
  ],
];

describe('A syntax note of the standard', () => {
  for (const [note, rules, shipment, refused] of BROKEN) {
    it(`that would be broken (${note}) refuses the event, and names the field`, () => {
      const map = compiled(map856(`  shipment: { in: HL(S), ${rules} }\n`));
      assert.deepEqual(refusals(map, event(map, { adviceNumber: 'A1', shipment })), [refused]);
    });
  }

  it('that forbids two together names the one that is too many', () => {
    const map = compiled(
      map214('  place: { city: MS101, state: MS102, longitude: MS104, latitude: MS105 }\nwrite: { AT702: NS }\n'),
    );
    const place = { city: 'Reno', state: 'NV', longitude: '1195000', latitude: '0392700' };
    assert.deepEqual(refusals(map, event(map, { place }, 'logistics.transport.delivered.v1')), [
      'MAP_WRITE_RULE data/place/longitude cannot be written: MS1 takes at most one of 01 and 04, and MS104 would be one too many.',
    ]);
  });

  it('is kept by a constant, which is written where it is wanted and else left out', () => {
    const rules = `  shipment:
    in: HL(S)
    weight: { value: { at: TD107, as: number }, unit: { at: TD108, codes: weight-unit } }
    write: { TD106: G }
`;
    const map = compiled(map856(rules));
    const written = (shipment: JsonObject) => segmentsOf(map, event(map, { adviceNumber: 'A1', shipment })).at(-1);
    assert.equal(written({ weight: { value: 12, unit: 'pound' } }), 'TD1******G*12*LB');
  });

  it('that no event could keep is a gap of the map', () => {
    const map = compiled(
      map945(
        '  lines: { each: LX/W12, fulfilment: { at: 01, codes: fulfilment }, weight: { value: { at: 10, as: number } } }\n',
      ),
    );
    assert.deepEqual(
      map.writer.gaps.map(({ line, what }) => `${line} ${what}`),
      [
        '6 W0601 is mandatory, and writing would leave it empty.',
        '7 W1206 is filled by no rule, and W12 takes at least one of 06 and 07.',
        '7 W1211 is filled by no rule, and W12 takes 10, 11 and 12 together or none of them.',
      ],
    );
  });
});

describe('The documents that the shipped maps write', () => {
  it('say the weight of a line of a 945 with what kind of weight it is', () => {
    const line = { fulfilment: 'full', shipped: 2, weight: { value: 4, unit: 'pound' }, gtin: '036000291452' };
    const map = shippedMap('x12/945@1.0.0');
    assert.deepEqual(segmentsOf(map, event(map, { depositorOrder: 'D1', lines: [line] })), [
      ...['W06*F*D1', 'LX*1', 'W12*CC**2***036000291452****4*G*L'],
    ]);
  });

  it('say that a status of a 214 has no reason, as AT7 wants one', () => {
    const map = shippedMap('x12/214@1.0.0');
    const status = (data: JsonObject) =>
      segmentsOf(map, event(map, { proNumber: 'P1', ...data }, 'logistics.transport.delivered.v1')).at(-1);
    assert.equal(status({}), 'AT7*D1*NS');
    assert.equal(status({ reason: 'weather' }), 'AT7*D1*AO');
  });
});
