import assert from 'node:assert/strict';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { problemLine } from '../../src/util/problem.ts';
import { dataOf, structure } from './support/documents.ts';
import { linesOf, load } from './support/maps.ts';
import { GOOD } from './support/mistakes.ts';

const library = load({ maps: { 'x12/856/1.0.0.yaml': GOOD.replace('version: next', 'version: 1.0.0') } });
const PIN = 'x12/856@1.0.0';
const HEAD = `base: ${PIN}\nbecause: The guide of the partner says so.\n`;
const AGREEMENT = { file: 'partners/acme/partner.yaml', line: 9, column: 5 };

const DOCUMENT = [
  'BSN*00*S1*20261204*1030',
  'HL*1**S',
  'TD1*CTN*7',
  'TD3*TL*ABCD*123',
  'REF*BM*B1',
  'REF*MB*M1',
  'DTM*017*20261207',
  'N1*ST*Depot*UL*4012345000009',
  'N4*Reno',
  'HL*2*1*O',
  'PRF*PO1',
  'HL*3*2*I',
  'LIN**SK*A-1',
  'SN1**3*BX',
];

function laid(text: string) {
  return library.overlaid(PIN, { path: 'partners/acme/overlays/856.yaml', text }, AGREEMENT);
}

function overlaid(rules: string): CompiledMap {
  const { map, problems } = laid(HEAD + rules);
  assert.deepEqual(problems.map(problemLine), []);
  assert(map !== null);
  return map;
}

function shipment(rules: string) {
  const [data] = dataOf(overlaid(rules), DOCUMENT);
  return data?.shipment;
}

const PLAIN = {
  packageCount: 7,
  packaging: 'CTN',
  trailer: '123',
  billOfLading: 'B1',
  shipTo: { name: 'Depot', gln: '4012345000009', city: 'Reno' },
  references: [{ type: 'MB', value: 'M1' }],
};

describe('an overlay', () => {
  it('lies over a map that loads', () => assert.deepEqual(linesOf(library), []));

  it('is named in the pin, and leaves the map itself as it was', () => {
    const map = overlaid('data: { shipment: { trailer: TD302 } }\n');
    assert.equal(map.pin, 'x12/856@1.0.0+overlay');
    assert.equal(library.find(PIN)?.pin, PIN);
    const [data] = dataOf(library.find(PIN) ?? map, DOCUMENT);
    assert.deepEqual(data?.shipment, PLAIN);
  });

  it('replaces a rule and adds one, key by key', () => {
    assert.deepEqual(shipment('data: { shipment: { trailer: TD302, masterBillOfLading: REF(01=MB)02 } }\n'), {
      packageCount: 7,
      packaging: 'CTN',
      trailer: 'ABCD',
      billOfLading: 'B1',
      shipTo: PLAIN.shipTo,
      masterBillOfLading: 'M1',
    });
  });

  it('takes rules away with ~, those of a part too', () => {
    const { trailer: _trailer, ...rest } = PLAIN;
    assert.deepEqual(shipment('data: { shipment: { trailer: ~, shipTo: { gln: ~ } } }\n'), {
      ...rest,
      shipTo: { name: 'Depot', city: 'Reno' },
    });
  });

  it('puts one way in the place of another: either for at, each for rest', () => {
    const rules = `data:
  createdAt: { either: [ DTM(01=017)02, BSN03 ] }
  shipment: { billOfLading: ~, references: { each: REF } }
`;
    const [data] = dataOf(overlaid(rules), [...DOCUMENT.slice(0, 1), 'DTM*017*20261207', ...DOCUMENT.slice(1)]);
    const { billOfLading: _number, ...rest } = PLAIN;
    assert.equal(data?.createdAt, '2026-12-07');
    assert.deepEqual(data?.shipment, { ...rest, references: [{ type: 'BM', value: 'B1' }, ...PLAIN.references] });
  });

  it('adds a code to a table, for this partner alone', () => {
    const items = (map: CompiledMap) => dataOf(map, DOCUMENT)[0]?.orders;
    const taught = overlaid('codes: { uom: { x12: { BX: box } } }\n');
    assert.deepEqual(items(taught), [{ purchaseOrder: 'PO1', items: [{ sku: 'A-1', quantity: 3, uom: 'box' }] }]);
    const plain = library.find(PIN);
    assert(plain !== undefined);
    assert.deepEqual(items(plain), [{ purchaseOrder: 'PO1', items: [{ sku: 'A-1', quantity: 3, uom: 'BX' }] }]);
  });

  it('may say other event types', () => {
    const map = overlaid('event: { 05: logistics.shipment.advice-amended.v1 }\n');
    const replaced = structure('856', ['BSN*05*S1*20261204*1030']);
    assert.equal(map.read(replaced).events[0]?.type, 'logistics.shipment.advice-amended.v1');
  });

  it('is where the lineage of its rules leads', () => {
    const map = overlaid('data:\n  shipment:\n    trailer: TD302\n');
    const lines = map.lineage(structure('856', DOCUMENT));
    const trailer = lines.find(({ field }) => field === '/shipment/trailer');
    assert.deepEqual(trailer?.map, { file: 'partners/acme/overlays/856.yaml', line: 5 });
    assert.deepEqual(
      lines.filter(({ overlay }) => overlay).map(({ field }) => field),
      ['/shipment/trailer'],
    );
  });
});

describe('a mistake in an overlay', () => {
  const O = 'partners/acme/overlays/856.yaml';
  const rows: readonly (readonly [string, string, string])[] = [
    [
      'another map than the pinned one',
      `${HEAD.replace('@1.0.0', '@0.9.0')}data: { adviceNumber: BSN02 }\n`,
      `${O}:1:7 OVERLAY_BASE The overlay was written for "x12/856@0.9.0", the agreement pins "${PIN}". Check it against that version and write "base: ${PIN}".`,
    ],
    [
      'no map',
      'because: So.\ndata: { adviceNumber: BSN02 }\n',
      `${O}:1:1 OVERLAY_BASE The overlay was written for nothing, the agreement pins "${PIN}". Check it against that version and write "base: ${PIN}".`,
    ],
    [
      'no reason',
      `base: ${PIN}\ndata: { adviceNumber: BSN02 }\n`,
      `${O}:1:1 OVERLAY_BECAUSE The overlay gives no reason. Write "because:" with the reason in the partner's guide.`,
    ],
    [
      'an unknown key',
      `${HEAD}date: { adviceNumber: BSN02 }\ncodes: {}\n`,
      `${O}:3:1 OVERLAY_WORD "date" is no key of an overlay. Did you mean "data"?`,
    ],
    [
      'no change',
      HEAD,
      `${O}:1:1 OVERLAY_SHAPE The overlay changes nothing. Write data, event, write, expect or codes, or delete the file.`,
    ],
    ['nothing at all', '', `${O}:1:1 OVERLAY_SHAPE The overlay is empty. Begin with "base: ${PIN}".`],
    [
      'a removal of a rule that is not there',
      `${HEAD}data:\n  shipment:\n    trailor: ~\n`,
      `${O}:5:5 OVERLAY_REMOVES_NOTHING There is no rule "trailor" here to take away. Remove the line, or mend the key.`,
    ],
    [
      'a removal of a code that is not there',
      `${HEAD}codes:\n  uom:\n    x12:\n      QQ: ~\n`,
      `${O}:6:11 CODES_SHAPE There is no code "QQ" here to take away. Remove the line, or mend the code.`,
    ],
    [
      'an unknown field',
      `${HEAD}data:\n  shipment:\n    trailor: TD302\n`,
      `${O}:5:5 MAP_FIELD The event has no field "trailor" here, and it is no word of the language. Did you mean "trailer"?`,
    ],
    [
      'a reference that leads nowhere',
      `${HEAD}data: { shipment: { trailer: TD399 } }\n`,
      `${O}:3:30 MAP_ELEMENT TD3 has no element 99. TD3 has elements 01 to 10.`,
    ],
    [
      'a required rule taken away',
      `${HEAD}data: { adviceNumber: ~ }\n`,
      `${O}:3:7 MAP_FIELD_REQUIRED The event needs "adviceNumber" here and no rule gives it. Write "adviceNumber:" with the element it stands in.`,
    ],
    [
      'an unknown code table',
      `${HEAD}codes: { uon: { x12: { BX: box } } }\n`,
      `${O}:3:10 MAP_CODES There is no code table "uon". Did you mean "uom"?`,
    ],
    [
      'codes without section',
      `${HEAD}codes: { uom: box }\n`,
      `${O}:3:15 OVERLAY_SHAPE "uom" names no section. Write the section, as in x12, with its codes below.`,
    ],
    [
      'a YAML fault',
      `${HEAD}data: { adviceNumber: BSN02\n`,
      `${O}:4:1 YAML_SYNTAX Flow map in block collection must be sufficiently indented and end with a }. Mend the YAML there; quotes help for text with : # { } [ ] , in it.`,
    ],
  ];
  for (const [what, text, expected] of rows) {
    it(`(${what}) is told there`, () => {
      const { map, problems } = laid(text);
      assert.equal(map, null);
      assert.deepEqual(problems.map(problemLine), [expected]);
    });
  }

  it('(a pin that is no map) is told where the agreement names it', () => {
    const { map, problems } = library.overlaid('x12/856@1.0.1', { path: O, text: HEAD }, AGREEMENT);
    assert.equal(map, null);
    assert.deepEqual(problems.map(problemLine), [
      `partners/acme/partner.yaml:9:5 MAP_PIN There is no map "x12/856@1.0.1". Did you mean "${PIN}"?`,
    ]);
  });
});
