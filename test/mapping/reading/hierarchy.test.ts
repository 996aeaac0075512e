import assert from 'node:assert/strict';
import { dataOf } from '../support/documents.ts';
import { compiled, map856, PARTS } from '../support/maps.ts';

const HEADER = 'BSN*00*S1*20261204*1030';
const parts = `${PARTS}package: { each: HL(P), sscc: { all: MAN(01=GM)02 }, items: { each: HL(I), use: item } }\n`;
const map = compiled(
  map856(`  shipment: { in: HL(S), trailer: TD303 }
  orders:
    in: HL(S)
    each: HL(O)
    purchaseOrder: PRF01
    pallets: { each: HL(T), sscc: { all: MAN(01=GM)02 }, packages: { use: package }, items: { each: HL(I), use: item } }
    packages: { use: package }
    items: { each: HL(I), use: item }
`),
  { parts },
);

/** Segments of levels written as `S.1`, `O.2<1`: kind, number, parent. */
function levels(...texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    const [, code = '', number = '', parent = ''] = /^([A-Z])\.(\d+)(?:<(\d+))?$/.exec(text) ?? [];
    const own: Readonly<Record<string, readonly string[]>> = {
      O: [`PRF*PO${number}`],
      T: [`MAN*GM*T${number}`],
      P: [`MAN*GM*P${number}`],
      I: [`LIN**SK*A${number}`, `SN1**${number}*EA`],
    };
    return [`HL*${number}*${parent}*${code}`, ...(own[code] ?? [])];
  });
}

function orders(...texts: readonly string[]) {
  return dataOf(map, [HEADER, ...levels(...texts)])[0]?.orders;
}

function item(number: number) {
  return { sku: `A${number}`, quantity: number, uom: 'each' };
}

describe('levels of an 856', () => {
  it('shipment, order, package, item', () => {
    assert.deepEqual(orders('S.1', 'O.2<1', 'P.3<2', 'I.4<3', 'I.5<3'), [
      { purchaseOrder: 'PO2', packages: [{ sscc: ['P3'], items: [item(4), item(5)] }] },
    ]);
  });

  it('shipment, order, item', () => {
    assert.deepEqual(orders('S.1', 'O.2<1', 'I.3<2', 'O.4<1', 'I.5<4'), [
      { purchaseOrder: 'PO2', items: [item(3)] },
      { purchaseOrder: 'PO4', items: [item(5)] },
    ]);
  });

  it('shipment, order, tare, package, item', () => {
    assert.deepEqual(orders('S.1', 'O.2<1', 'T.3<2', 'P.4<3', 'I.5<4'), [
      { purchaseOrder: 'PO2', pallets: [{ sscc: ['T3'], packages: [{ sscc: ['P4'], items: [item(5)] }] }] },
    ]);
  });

  it('several shapes in one order: each item stands below its own parent only', () => {
    assert.deepEqual(orders('S.1', 'O.2<1', 'T.3<2', 'I.4<3', 'P.5<2', 'I.6<5', 'I.7<2'), [
      {
        purchaseOrder: 'PO2',
        pallets: [{ sscc: ['T3'], items: [item(4)] }],
        packages: [{ sscc: ['P5'], items: [item(6)] }],
        items: [item(7)],
      },
    ]);
  });

  it('go by the parent that HL02 names, not by the neighbour', () => {
    assert.deepEqual(orders('S.1', 'O.2<1', 'O.3<1', 'I.4<2', 'I.5<3'), [
      { purchaseOrder: 'PO2', items: [item(4)] },
      { purchaseOrder: 'PO3', items: [item(5)] },
    ]);
  });

  it('below several shipments: `in` enters the first', () => {
    const data = dataOf(map, [HEADER, 'HL*1**S', 'TD3*TL**T1', ...levels('O.2<1'), 'HL*3**S', ...levels('O.4<3')])[0];
    assert.deepEqual(data, { adviceNumber: 'S1', shipment: { trailer: 'T1' }, orders: [{ purchaseOrder: 'PO2' }] });
  });

  it('that are not there leave their fields absent', () => {
    assert.deepEqual(dataOf(map, [HEADER]), [{ adviceNumber: 'S1' }]);
    assert.deepEqual(dataOf(map, [HEADER, 'HL*1**S', 'HL*2*1*O']), [{ adviceNumber: 'S1' }]);
  });

  it('may each be an event of their own', () => {
    const each = compiled(
      map856('  shipment: { trailer: TD303, shippedAt: { at: DTM(01=011)02, as: date } }\n').replace(
        'event: {',
        'event: { each: HL(S),',
      ),
    );
    assert.deepEqual(
      dataOf(each, [HEADER, 'DTM*011*20261204', 'HL*1**S', 'TD3*TL**T1', 'HL*2**S', 'TD3*TL**T2', 'DTM*011*20261205']),
      [
        { adviceNumber: 'S1', shipment: { trailer: 'T1' } },
        { adviceNumber: 'S1', shipment: { trailer: 'T2', shippedAt: '2026-12-05' } },
      ],
    );
  });
});
