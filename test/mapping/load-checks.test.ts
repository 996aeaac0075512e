import assert from 'node:assert/strict';
import { EVENT_TYPES } from '../../src/events/event-types.ts';
import { type Shape, shapeOf } from '../../src/events/shape.ts';
import { isWord } from '../../src/mapping/vocabulary.ts';
import { read } from './support/documents.ts';
import { compiled, linesOf, load, map856, mapDesadv } from './support/maps.ts';

function told(map: string, codes: Readonly<Record<string, string>> = {}): string {
  const path = map.startsWith('map: x12') ? 'x12/856/next.yaml' : 'edifact/desadv/next.yaml';
  const library = load({ maps: { [path]: map }, codes });
  return [...linesOf(library), ...(library.maps[0]?.writer.gaps ?? []).map(({ code, what }) => `${code} ${what}`)].join(
    '\n',
  );
}

const inShipment = (rules: string) => map856(`  shipment: { in: HL(S), ${rules} }\n`);

/** What is found when a map is loaded, before a document could show it; in the order in which it turned out to be needed. */
const CHECKS: readonly (readonly [
  check: string,
  map: string,
  told: RegExp,
  codes?: Readonly<Record<string, string>>,
])[] = [
  ['a reference that can be read in no way', inShipment('trailer: TD303X'), /MAP_(REFERENCE|SEGMENT)/],
  [
    'a number that a segment has several times',
    map856('  orders: { in: HL(S), each: HL(O), items: { each: HL(I), sku: LIN234 } }\n'),
    /MAP_ELEMENT .* occurs \d+ times in LIN\. Write the position/,
  ],
  [
    'a tag with a condition and without',
    inShipment('billOfLading: REF(01=BM)02, proNumber: REF02'),
    /MAP_BARE_AND_CONDITIONAL/,
  ],
  ['two rules on one element', inShipment('trailer: TD303, equipment: TD303'), /MAP_CELL .*Write "also:"/],
  [
    'an entry without the field that it needs',
    inShipment('references: { each: REF, value: 02 }'),
    /MAP_FIELD_REQUIRED .*"type"/,
  ],
  [
    'a level that is not to be reached from there',
    map856('  orders: { each: HL(O), purchaseOrder: PRF01 }\n'),
    /MAP_UNREACHABLE .*"in: HL\(S\)"/,
  ],
  [
    'a constant that names no segment for certain',
    inShipment('billOfLading: REF(01=BM)02, write: { REF03: X }'),
    /MAP_BARE_AND_CONDITIONAL/,
  ],
  [
    'a table that leaves a code open where the field has few words',
    mapDesadv('').replace(
      'BGM1225, 9: logistics.shipment.advised.v1, 5: logistics.shipment.advice-replaced.v1',
      'BGM1225, codes: open',
    ),
    /MAP_/,
    { open: 'codes: open\nedifact:\n  "9": logistics.shipment.advised.v1\n  else: keep\n' },
  ],
  [
    'a key of entries that is not in their lines',
    mapDesadv('  orders: { each: CPS/LIN, per: { purchaseOrder: RFQ1154 } }\n'),
    /MAP_SEGMENT/,
  ],
  ['a mandatory element that nothing fills', inShipment('payment: FOB02'), /MAP_WRITE_GAP FOB01/],
];

describe('a check at load', () => {
  for (const [check, map, expected, codes] of CHECKS) {
    it(`finds ${check}`, () => assert.match(told(map, codes), expected));
  }

  it('is not needed for field names that are words: the events have none', () => {
    const names = (shape: Shape): readonly string[] => {
      if (shape.kind === 'list') return names(shape.items);
      return shape.kind === 'object' ? [...shape.fields].flatMap(([name, field]) => [name, ...names(field.shape)]) : [];
    };
    const all = EVENT_TYPES.flatMap(({ type }) => {
      const shape = shapeOf(type);
      return shape === undefined ? [] : names(shape);
    });
    assert.ok(all.length > 500);
    assert.deepEqual(all.filter(isWord), []);
  });

  it('is not needed for the second of two segments: what no rule read is told with the document', () => {
    const map = compiled(inShipment('billOfLading: REF(01=BM)02'));
    const { unread } = read(map, ['BSN*00*A1', 'HL*1**S*0', 'REF*BM*B1', 'REF*BM*B2']);
    assert.deepEqual(unread, ['REF(01=BM)']);
  });
});
