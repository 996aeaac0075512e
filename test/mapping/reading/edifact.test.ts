import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/events/types.ts';
import { dataOf, message } from '../support/documents.ts';
import { compiled, linesOf, load, mapDesadv } from '../support/maps.ts';

const BEGINNING = 'BGM+351+DES1+9';

/** What these rules make of a DESADV with these segments behind its beginning. */
function readWith(rules: string, ...segments: readonly string[]): JsonObject {
  const { adviceNumber, ...rest } = dataOf(compiled(mapDesadv(rules)), [BEGINNING, ...segments])[0] ?? {};
  assert.equal(adviceNumber, 'DES1');
  return rest;
}

describe('components of EDIFACT', () => {
  const rows: readonly (readonly [what: string, rules: string, segments: readonly string[], data: JsonObject])[] = [
    [
      'are found by the number of their data element',
      '  shipment: { billOfLading: RFF(1153=BM)1154 }\n',
      ['RFF+CN:1', 'RFF+BM:2'],
      { shipment: { billOfLading: '2' } },
    ],
    [
      'that a composite has several times are told apart by their place among them',
      '  shipment: { shipTo: { in: NAD(3035=ST), name: 3036-1, additionalNames: { all: 3036-2..5 } } }\n',
      ['NAD+ST+++One:Two::Four'],
      { shipment: { shipTo: { name: 'One', additionalNames: ['Two', 'Four'] } } },
    ],
    [
      'are a span by their positions too',
      '  shipment: { shipTo: { in: NAD(3035=ST), additionalNames: { all: 04-2..3 } } }\n',
      ['NAD+ST+++One:Two:Three:Four'],
      { shipment: { shipTo: { additionalNames: ['Two', 'Three'] } } },
    ],
    [
      'of each composite of a segment make a list: here the first of every range',
      '  shipment: { in: CPS, items: { each: LIN, serialNumbers: { all: GIN(7405=BN)7402-1 } } }\n',
      ['CPS+1', 'LIN+1', 'GIN+BN+S1:S5+S9', 'GIN+BJ+X', 'GIN+BN+S12'],
      { shipment: { items: [{ serialNumbers: ['S1', 'S9', 'S12'] }] } },
    ],
    [
      'are a pair in any composite of the segment, and in any segment of the kind',
      '  shipment: { in: CPS, items: { each: LIN, sku: PIA(7143=SA)7140, lot: PIA(7143=NB)7140 } }\n',
      ['CPS+1', 'LIN+1', 'PIA+1+B:IN+A:SA', 'PIA+5+L:NB'],
      { shipment: { items: [{ sku: 'A', lot: 'L' }] } },
    ],
    [
      'with a condition on what several composites hold mean their own composite',
      '  shipment: { scac: TDT(3055=182)3127 }\n',
      ['TDT+30++3++EFGH+++X::182', 'TDT+20++3++ABCD:172:182'],
      { shipment: { scac: 'ABCD' } },
    ],
    [
      'are released',
      '  shipment: { carrierName: TDT(8051=20)/3128 }\n',
      ['TDT+20++3++:::A?+B?: C?? D'],
      { shipment: { carrierName: 'A+B: C? D' } },
    ],
  ];
  for (const [what, rules, segments, data] of rows) {
    it(what, () => assert.deepEqual(readWith(rules, ...segments), data));
  }

  it('behind an element that a later release made a composite of leave its value alone', () => {
    const { events } = compiled(mapDesadv('')).read(message('DESADV', ['BGM+351+DES1:1+9'], 'D:01B:UN'));
    assert.deepEqual(events[0]?.data, { adviceNumber: 'DES1' });
  });
});

describe('a condition with !=', () => {
  const party = '  shipment: { shipTo: { in: NAD(3035=ST), gln: NAD(3055=9)3039, code: NAD(3055!=9)3039 } }\n';
  const rows: readonly (readonly [what: string, segment: string, shipTo: JsonObject])[] = [
    ['fails where the code stands', 'NAD+ST+4012345000009::9', { gln: '4012345000009' }],
    ['holds where another code stands', 'NAD+ST+17::92', { code: '17' }],
    ['holds where nothing stands', 'NAD+ST+17', { code: '17' }],
  ];
  for (const [what, segment, shipTo] of rows) {
    it(what, () => assert.deepEqual(readWith(party, segment), { shipment: { shipTo } }));
  }

  it('chooses among loops too', () => {
    const rules =
      '  shipment: { in: CPS, packages: { each: CPS(7075!=3), sscc: { all: PAC/PCI/GIN(7405=BJ)7402-1 } } }\n';
    const box = (number: number, level: string) => [`CPS+${number}+1${level}`, 'PAC+1', 'PCI+33E', `GIN+BJ+${number}`];
    assert.deepEqual(readWith(rules, 'CPS+1', ...box(2, '+3'), ...box(3, '+1'), ...box(4, '')), {
      shipment: { packages: [{ sscc: ['3'] }, { sscc: ['4'] }] },
    });
  });
});

describe('lines inside levels', () => {
  it('are found at any depth, each with what stands in its own level', () => {
    const rules =
      '  shipment: { items: { each: CPS/LIN, sku: 7140, countryOfOrigin: ALI3239, serialNumbers: { all: PAC/PCI/GIN(7405=BJ)7402-1 } } }\n';
    const pallet = ['CPS+2+1+3', 'PAC+1', 'PCI+33E', 'GIN+BJ+P', 'LIN+1++A:SA'];
    const box = ['CPS+3+2', 'PAC+1', 'PCI+33E', 'GIN+BJ+B', 'LIN+2++B:SA'];
    assert.deepEqual(readWith(rules, 'CPS+1', ...pallet, ...box, 'CPS+4+1', 'LIN+3++C:SA', 'CPS+5', 'LIN+4++D:SA'), {
      shipment: {
        items: [{ sku: 'A', serialNumbers: ['P'] }, { sku: 'B', serialNumbers: ['B'] }, { sku: 'C' }, { sku: 'D' }],
      },
    });
  });
});

describe('entries with something beside them (`with`)', () => {
  const rules = `  shipment:
    items:
      each: RFF
      with: /NAD(3035=LP)
      sku: 1154
      description: NAD3036-1
      packages: { each: LOC, trackingNumber: 3225 }
`;

  it('have the first with the first, and so on', () => {
    const parties = ['NAD+BY+++X', 'NAD+LP+++A', 'LOC+9+L1', 'NAD+LP+++B'];
    assert.deepEqual(readWith(rules, 'RFF+ON:1', 'RFF+ON:2', ...parties).shipment, {
      items: [
        { sku: '1', description: 'A', packages: [{ trackingNumber: 'L1' }] },
        { sku: '2', description: 'B' },
      ],
    });
  });

  it('have none where there are not as many of the one as of the other', () => {
    assert.deepEqual(readWith(rules, 'RFF+ON:1', 'RFF+ON:2', 'NAD+LP+++A').shipment, {
      items: [{ sku: '1' }, { sku: '2' }],
    });
  });

  it('are of one step: a longer way cannot be counted', () => {
    const text = mapDesadv('  shipment: { items: { each: CPS/LIN, with: /NAD(3035=LP), sku: 7140 } }\n');
    const [problem] = linesOf(load({ maps: { 'edifact/desadv/next.yaml': text } }));
    assert.match(problem ?? '', /MAP_WORD "with" goes with an "each" of one step\./);
  });
});

describe('orders of a DESADV, by the order number of each line (`per`)', () => {
  const rules = `  shipment:
    packages: { in: CPS, each: CPS, sscc: { all: PAC/PCI/GIN(7405=BJ)7402-1 }, items: { each: LIN, sku: 7140 } }
    items: { in: CPS, each: LIN, sku: 7140 }
  orders:
    each: CPS/LIN
    per: { purchaseOrder: { either: [ RFF(1153=ON)1154, /RFF(1153=ON)1154 ] } }
    packages: { in: CPS, each: CPS, sscc: { all: PAC/PCI/GIN(7405=BJ)7402-1 }, items: { each: LIN, sku: 7140 } }
    items: { in: CPS, each: LIN, sku: 7140 }
`;
  const box = (number: number): readonly string[] => [
    `CPS+${number}+1`,
    'PAC+1',
    'PCI+33E',
    `GIN+BJ+${number}`,
    `LIN+${number}++A${number}:SA`,
  ];

  it('leave the lines that name none to the rules beside them, which see no others', () => {
    const data = readWith(rules, 'CPS+1', 'LIN+1++A1:SA', ...box(2), 'RFF+ON:PO1', ...box(3));
    assert.deepEqual(data, {
      shipment: { packages: [{ sscc: ['3'], items: [{ sku: 'A3' }] }], items: [{ sku: 'A1' }] },
      orders: [{ purchaseOrder: 'PO1', packages: [{ sscc: ['2'], items: [{ sku: 'A2' }] }] }],
    });
  });

  it('are named in the heading for all lines that name none themselves, however deep these are', () => {
    const data = readWith(rules, 'RFF+ON:PO1', 'CPS+1', ...box(2), ...box(3), 'RFF+ON:PO2');
    assert.deepEqual(data, {
      orders: [
        { purchaseOrder: 'PO1', packages: [{ sscc: ['2'], items: [{ sku: 'A2' }] }] },
        { purchaseOrder: 'PO2', packages: [{ sscc: ['3'], items: [{ sku: 'A3' }] }] },
      ],
    });
  });

  it('have no package without a line: that one is of the shipment', () => {
    const data = readWith(rules, 'CPS+1', ...box(2), 'RFF+ON:PO1', 'CPS+3+1', 'PAC+1', 'PCI+33E', 'GIN+BJ+3');
    assert.deepEqual(data.shipment, { packages: [{ sscc: ['3'] }] });
  });
});

describe('what no rule read of an EDIFACT document', () => {
  it('is told by component where only a part of an element was read', () => {
    const map = compiled(mapDesadv('  shipment: { shipTo: { in: NAD(3035=ST), gln: NAD(3055=9)3039 } }\n'));
    const segments = [BEGINNING, 'NAD+ST+4012345000009:160:9++Name:More', 'NAD+BY+1', 'RFF+ON:1', 'CPS+1', 'CNT+2:1'];
    assert.deepEqual(map.unread(message('DESADV', segments)), ['BGM01', 'NAD02-2', 'NAD04', 'NAD', 'RFF']);
  });

  it('leaves out components that the map writes', () => {
    const map = compiled(
      mapDesadv(
        '  shipment: { weight: { value: { at: MEA6314, as: number } } }\nwrite: { MEA6313: G, BGM1001: 351 }\n',
      ),
    );
    assert.deepEqual(map.unread(message('DESADV', [BEGINNING, 'MEA+AAX+G+KGM:12'])), ['MEA01', 'MEA03-1']);
  });
});
