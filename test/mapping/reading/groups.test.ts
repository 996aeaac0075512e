import assert from 'node:assert/strict';
import { dataOf, structure } from '../support/documents.ts';
import { compiled, map856, map945, PARTS } from '../support/maps.ts';

const HEADER = 'BSN*00*S1*20261204*1030';

/** An item level with its purchase order: number, parent, PO. */
function item(number: number, parent: number, purchaseOrder: string): readonly string[] {
  return [`HL*${number}*${parent}*I`, `LIN**SK*A${number}`, `SN1**${number}*EA`, `PRF*${purchaseOrder}`];
}

function read(number: number) {
  return { sku: `A${number}`, quantity: number, uom: 'each' };
}

describe('orders of an 856 without an order level, by the purchase order of each item (`per`)', () => {
  const map = compiled(
    map856(`  orders:
    in: HL(S)
    each: HL(T)/HL(I)
    per: { purchaseOrder: PRF01 }
    pallets: { each: HL(T), sscc: { all: MAN(01=GM)02 }, items: { each: HL(I), use: item } }
`),
  );
  const document = [
    HEADER,
    'HL*1**S',
    'HL*2*1*T',
    'MAN*GM*T2',
    ...item(3, 2, 'PO1'),
    ...item(4, 2, 'PO2'),
    'HL*5*1*T',
    'MAN*GM*T5',
    ...item(6, 5, 'PO1'),
  ];

  it('have one entry for each number, in the order they come, each with its own lines only', () => {
    assert.deepEqual(dataOf(map, document)[0]?.orders, [
      {
        purchaseOrder: 'PO1',
        pallets: [
          { sscc: ['T2'], items: [read(3)] },
          { sscc: ['T5'], items: [read(6)] },
        ],
      },
      { purchaseOrder: 'PO2', pallets: [{ sscc: ['T2'], items: [read(4)] }] },
    ]);
  });

  it('leave out lines that name no order, which are reported as unread', () => {
    const lost = [HEADER, 'HL*1**S', 'HL*2*1*T', 'MAN*GM*T2', ...item(3, 2, 'PO1'), 'HL*4*2*I', 'LIN**SK*A4'];
    assert.deepEqual(dataOf(map, lost)[0]?.orders, [
      { purchaseOrder: 'PO1', pallets: [{ sscc: ['T2'], items: [read(3)] }] },
    ]);
    assert.deepEqual(map.unread(structure('856', lost)), ['BSN03', 'BSN04', 'LIN(02=SK)']);
  });

  it('are absent where no line names one', () => {
    assert.equal(dataOf(map, [HEADER, 'HL*1**S', 'HL*2*1*T', 'MAN*GM*T2'])[0]?.orders, undefined);
  });

  it('have a lineage: the key at the first line that says it, each field at its own', () => {
    const lines = map.lineage(structure('856', document)).map(({ field, raw }) => `${field} ${raw}`);
    assert.deepEqual(
      lines.filter((line) => !line.includes('/quantity') && !line.includes('/uom')),
      [
        '/adviceNumber S1',
        '/orders/0/purchaseOrder PO1',
        '/orders/0/pallets/0/sscc/0 T2',
        '/orders/0/pallets/0/items/0/sku A3',
        '/orders/0/pallets/1/sscc/0 T5',
        '/orders/0/pallets/1/items/0/sku A6',
        '/orders/1/purchaseOrder PO2',
        '/orders/1/pallets/0/sscc/0 T2',
        '/orders/1/pallets/0/items/0/sku A4',
      ],
    );
  });

  it('keep what lies below a line of theirs', () => {
    const deep = compiled(
      map856(`  orders:
    in: HL(S)
    each: HL(I)
    per: { purchaseOrder: PRF01 }
    pallets: { each: HL(I), sscc: { all: MAN(01=GM)02 }, packages: { each: HL(P), sscc: { all: MAN(01=GM)02 } } }
`),
    );
    const segments = [HEADER, 'HL*1**S', ...item(2, 1, 'PO1'), 'HL*3*2*P', 'MAN*GM*P3', ...item(4, 1, 'PO2')];
    assert.deepEqual(dataOf(deep, segments)[0]?.orders, [
      { purchaseOrder: 'PO1', pallets: [{ packages: [{ sscc: ['P3'] }] }] },
      { purchaseOrder: 'PO2' },
    ]);
  });
});

describe('lines of a 945 by a key of several fields', () => {
  it('are one entry for each combination', () => {
    const map = compiled(
      map945(`  lines:
    each: LX/W12
    per: { sku: W12(235=SK)234, fulfilment: { at: 01, codes: fulfilment } }
    sscc: { all: LX/MAN(01=GM)02 }
`),
      { parts: PARTS },
    );
    const line = (number: number, code: string, sku: string) => [
      `LX*${number}`,
      `MAN*GM*${number}`,
      `W12*${code}*1*1*0*EA**SK*${sku}`,
    ];
    assert.deepEqual(
      dataOf(map, ['W06*F*D1', ...line(1, 'CC', 'A'), ...line(2, 'BO', 'A'), ...line(3, 'CC', 'A')])[0]?.lines,
      [
        { sku: 'A', fulfilment: 'full', sscc: ['1', '3'] },
        { sku: 'A', fulfilment: 'backordered', sscc: ['2'] },
      ],
    );
  });
});
