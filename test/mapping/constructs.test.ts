import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/events/types.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { read } from './support/documents.ts';
import { compiled, map214, map856, map945, mapDesadv, shippedMap } from './support/maps.ts';
import { tableRows } from './support/reference-tables.ts';
import { segmentsOf } from './support/written.ts';

/** A construct of real documents: the map that says it, a document, and the events that both directions agree on. */
interface Construct {
  /** In the words of the table of constructs, whose rows are all here in its order. */
  readonly name: string;
  readonly map: () => CompiledMap;
  readonly segments: readonly string[];
  readonly events: readonly (readonly [type: string, data: JsonObject])[];
  /** What is written for the events where it is not what was read; null where the map does not write them. */
  readonly written?: readonly string[] | null;
}

const ADVISED = 'logistics.shipment.advised.v1';
const BSN = 'BSN*00*A1';
const SHIPPED = 'logistics.warehouse-order.shipped.v1';
const DELIVERED = 'logistics.transport.delivered.v1';

const shipment = (rules: string) => () => compiled(map856(`  shipment: { in: HL(S), ${rules} }\n`));
const advised = (data: JsonObject): Construct['events'] => [[ADVISED, { adviceNumber: 'A1', ...data }]];
const inShipment = (...segments: readonly string[]) => [BSN, 'HL*1**S*0', ...segments];

const ORDERS = `  orders:
    in: HL(S)
    each: HL(O)
    purchaseOrder: PRF01
    packages: { each: HL(P), trackingNumber: MAN(01=CP)02, items: { each: HL(I), sku: LIN(235=SK)234 } }
    items: { each: HL(I), sku: LIN(235=SK)234 }
`;
const STATUSES =
  '  proNumber: B1001\n  stopNumber: L11(02=QN)01\n  billOfLading: /L11(02=BM)01\nwrite: { AT702: NS, AT704: NA }\n';
const RAW_CODES = '  proNumber: B1001\n  rawCodes: { status: { also: AT701 } }\nwrite: { AT702: NS }\n';

const CONSTRUCTS: readonly Construct[] = [
  {
    name: 'orders lie below the shipment',
    map: () => compiled(map856('  orders: { in: HL(S), each: HL(O), purchaseOrder: PRF01 }\n')),
    segments: [BSN, 'HL*1**S*1', 'HL*2*1*O*0', 'PRF*P1', 'HL*3*1*O*0', 'PRF*P2'],
    events: advised({ orders: [{ purchaseOrder: 'P1' }, { purchaseOrder: 'P2' }] }),
  },
  {
    name: 'levels that may be left out',
    map: () => compiled(map856(ORDERS)),
    segments: [
      ...[BSN, 'HL*1**S*1', 'HL*2*1*O*1', 'PRF*P1', 'HL*3*2*P*1', 'MAN*CP*T1', 'HL*4*3*I*0', 'LIN**SK*S1'],
      ...['HL*5*1*O*1', 'PRF*P2', 'HL*6*5*I*0', 'LIN**SK*S2'],
    ],
    events: advised({
      orders: [
        { purchaseOrder: 'P1', packages: [{ trackingNumber: 'T1', items: [{ sku: 'S1' }] }] },
        { purchaseOrder: 'P2', items: [{ sku: 'S2' }] },
      ],
    }),
  },
  {
    name: 'several events of one document',
    map: () => compiled(map214(STATUSES)),
    segments: ['B10*P1', 'LX*1', 'AT7*D1*NS', 'LX*2', 'AT7*AF*NS'],
    events: [
      [DELIVERED, { proNumber: 'P1' }],
      ['logistics.transport.picked-up.v1', { proNumber: 'P1' }],
    ],
  },
  {
    name: 'fields of the heading inside an each, and the same segment in both',
    map: () => compiled(map214(STATUSES)),
    segments: ['B10*P1', 'L11*B1*BM', 'LX*1', 'L11*7*QN', 'AT7*D1*NS'],
    events: [[DELIVERED, { proNumber: 'P1', stopNumber: '7', billOfLading: 'B1' }]],
    written: ['B10*P1', 'L11*B1*BM', 'LX*1', 'AT7*D1*NS', 'L11*7*QN'],
  },
  {
    name: 'one value in one of two places',
    map: () =>
      compiled(map856('  orders: { in: HL(S), each: HL(O), purchaseOrder: { either: [ PRF01, REF(01=PO)02 ] } }\n')),
    segments: [BSN, 'HL*1**S*1', 'HL*2*1*O*0', 'REF*PO*P1'],
    events: advised({ orders: [{ purchaseOrder: 'P1' }] }),
    written: [BSN, 'HL*1**S*1', 'HL*2*1*O*0', 'PRF*P1'],
  },
  {
    name: 'a type chosen by either of two codes',
    map: () => compiled(map214(STATUSES)),
    segments: ['B10*P1', 'LX*1', 'AT7***AA*NA'],
    events: [['logistics.transport.appointment-set.v1', { proNumber: 'P1' }]],
  },
  {
    name: 'a raw code beside its meaning',
    map: () =>
      compiled(map214(RAW_CODES), {
        codes: { status: `codes: status\nx12:\n  D1: ${DELIVERED}\n  I1: ${DELIVERED}\n` },
      }),
    segments: ['B10*P1', 'LX*1', 'AT7*I1*NS'],
    events: [[DELIVERED, { proNumber: 'P1', rawCodes: { status: 'I1' } }]],
  },
  {
    name: 'a second event of the same document',
    map: () => shippedMap('x12/945@1.0.0'),
    segments: ['W06*F*D1', 'LX*1', 'W12*BO**0***036000291452'],
    events: [
      [SHIPPED, { depositorOrder: 'D1', lines: [{ fulfilment: 'backordered', shipped: 0, gtin: '036000291452' }] }],
      [
        'logistics.warehouse-order.short-shipped.v1',
        { depositorOrder: 'D1', lines: [{ fulfilment: 'backordered', shipped: 0, gtin: '036000291452' }] },
      ],
    ],
    written: null,
  },
  {
    name: 'several qualifiers for one thing',
    map: () => compiled(map945('  shipFrom: { in: N1(01=WH|SF), name: 02 }\nwrite: { W0601: F }\n')),
    segments: ['W06*F*D1', 'N1*SF*Reno'],
    events: [[SHIPPED, { depositorOrder: 'D1', shipFrom: { name: 'Reno' } }]],
    written: ['W06*F*D1', 'N1*WH*Reno'],
  },
  {
    name: 'two conditions on one segment',
    map: shipment(
      'weight: { value: { at: MEA(01=PD&02=G)03, as: number }, unit: { at: MEA(01=PD&02=G)04, codes: weight-unit } }',
    ),
    segments: inShipment('MEA*PD*G*12.5*LB'),
    events: advised({ shipment: { weight: { value: 12.5, unit: 'pound' } } }),
  },
  {
    name: 'a pair in any position',
    map: () =>
      compiled(
        map856(
          '  orders: { in: HL(S), each: HL(O), items: { each: HL(I), sku: LIN(235=SK)234, buyerItem: LIN(235=IN)234 } }\n',
        ),
      ),
    segments: [BSN, 'HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*I*0', 'LIN**IN*B1*SK*S1'],
    events: advised({ orders: [{ items: [{ sku: 'S1', buyerItem: 'B1' }] }] }),
    written: [BSN, 'HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*I*0', 'LIN**SK*S1*IN*B1'],
  },
  {
    name: 'one value over several elements, its zone among them',
    map: shipment('shippedAt: { at: DTM(01=011)02..04, as: datetime }'),
    segments: inShipment('DTM*011*20261204*1030*PS'),
    events: advised({ shipment: { shippedAt: '2026-12-04T10:30:00-08:00' } }),
  },
  {
    name: 'elements of the segment that one is in',
    map: () => compiled(map945('  carrier: { in: W27, scac: 02, routing: 03 }\nwrite: { W0601: F, W2701: M }\n')),
    segments: ['W06*F*D1', 'W27*M*ABCD*Fast'],
    events: [[SHIPPED, { depositorOrder: 'D1', carrier: { scac: 'ABCD', routing: 'Fast' } }]],
  },
  {
    name: 'several values of one kind',
    map: shipment('shipTo: { in: N1(01=ST), name: 02, street: { all: N301..02 } }'),
    segments: inShipment('N1*ST*Reno', 'N3*Dock 1*Gate 2', 'N3*Yard 3'),
    events: advised({ shipment: { shipTo: { name: 'Reno', street: ['Dock 1', 'Gate 2', 'Yard 3'] } } }),
  },
  {
    name: 'the references that remain',
    map: shipment('billOfLading: REF(01=BM)02, references: { rest: REF, type: 01, value: 02 }'),
    segments: inShipment('REF*BM*B1', 'REF*XX*X1', 'REF*YY*Y1'),
    events: advised({
      shipment: {
        billOfLading: 'B1',
        references: [
          { type: 'XX', value: 'X1' },
          { type: 'YY', value: 'Y1' },
        ],
      },
    }),
  },
  {
    name: 'parties as fields by their role, and the others as a list',
    map: () =>
      compiled(
        map945(
          '  shipTo: { in: N1(01=ST), use: party }\n  parties: { rest: N1, role: { at: 01, codes: party-role }, use: party }\nwrite: { W0601: F }\n',
        ),
      ),
    segments: ['W06*F*D1', 'N1*ST*Reno', 'N3*Dock 1', 'N1*SF*Elko'],
    events: [
      [
        SHIPPED,
        {
          depositorOrder: 'D1',
          shipTo: { name: 'Reno', street: ['Dock 1'] },
          parties: [{ role: 'ship-from', name: 'Elko' }],
        },
      ],
    ],
  },
  {
    name: 'orders where the document has no level for them',
    map: () =>
      compiled(
        mapDesadv(
          '  orders: { each: CPS/LIN, per: { purchaseOrder: RFF(1153=ON)1154 }, items: { in: CPS, each: LIN, quantity: { at: QTY(6063=12)6060, as: number } } }\n',
        ),
      ),
    segments: [
      ...['BGM+351+A1+9', 'CPS+1', 'LIN+1', 'QTY+12:2', 'RFF+ON:P1', 'LIN+2', 'QTY+12:3', 'RFF+ON:P2'],
      ...['LIN+3', 'QTY+12:4', 'RFF+ON:P1'],
    ],
    events: advised({
      orders: [
        { purchaseOrder: 'P1', items: [{ quantity: 2 }, { quantity: 4 }] },
        { purchaseOrder: 'P2', items: [{ quantity: 3 }] },
      ],
    }),
    written: [
      ...['BGM**A1*9', 'CPS*1*', 'LIN*1', 'QTY*12:2', 'RFF*ON:P1', 'LIN*2', 'QTY*12:4', 'RFF*ON:P1'],
      ...['LIN*3', 'QTY*12:3', 'RFF*ON:P2'],
    ],
  },
  {
    name: 'a constant deep inside',
    map: shipment('scac: TD5(02=2)03, write: { TD5(02=2)01: B }'),
    segments: inShipment('TD5*B*2*ABCD'),
    events: advised({ shipment: { scac: 'ABCD' } }),
  },
  {
    name: 'totals',
    map: () =>
      compiled(
        map856(
          '  orders: { in: HL(S), each: HL(O), items: { each: HL(I), quantity: { at: SN102, as: number } } }\n',
          'write: { CTT01: count HL, CTT02: sum SN102 }\n',
        ),
      ),
    segments: [BSN, 'HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*I*0', 'SN1**2', 'HL*4*2*I*0', 'SN1**.5', 'CTT*4*2.5'],
    events: advised({ orders: [{ items: [{ quantity: 2 }, { quantity: 0.5 }] }] }),
    written: [BSN, 'HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*I*0', 'SN1**2', 'HL*4*2*I*0', 'SN1**0.5', 'CTT*4*2.5'],
  },
  {
    name: 'long text in lines',
    map: () => compiled(map945('  notes: { each: NTE, type: 01, text: 02 }\nwrite: { W0601: F }\n')),
    segments: ['W06*F*D1', 'NTE*WHI*Leave at', 'NTE*WHI*gate 2'],
    events: [
      [
        SHIPPED,
        {
          depositorOrder: 'D1',
          notes: [
            { type: 'WHI', text: 'Leave at' },
            { type: 'WHI', text: 'gate 2' },
          ],
        },
      ],
    ],
  },
  {
    name: 'qualifiers of times that depend on what a stop is for',
    map: () =>
      compiled(`map: x12/204
version: next
document: { standard: x12, set: 204, release: 004010, group: SM }
event: logistics.load.tendered.v1
data:
  stops:
    each: S5
    activity: 02
    pickUp: { from: { at: [ G62(01=37)02, G62(01=37)04 ], as: datetime } }
    deliver: { from: { at: [ G62(01=53)02, G62(01=53)04 ], as: datetime } }
    write: { G62(01=37)03: 8, G62(01=53)03: 8 }
write: { B206: PP, B2A01: 00 }
`),
    segments: ['B2******PP', 'B2A*00', 'S5*1*LD', 'G62*37*20261204*8*1030', 'S5*2*UL', 'G62*53*20261205*8*0900'],
    events: [
      [
        'logistics.load.tendered.v1',
        {
          stops: [
            { activity: 'LD', pickUp: { from: '2026-12-04T10:30:00' } },
            { activity: 'UL', deliver: { from: '2026-12-05T09:00:00' } },
          ],
        },
      ],
    ],
  },
  {
    name: 'codes that differ between elements',
    map: () =>
      compiled(
        map214(
          '  proNumber: B1001\n  weight: { value: { at: AT8(01=G)03, as: number }, unit: { at: AT8(01=G)02, codes: weight-unit } }\nwrite: { AT702: NS }\n',
        ),
      ),
    segments: ['B10*P1', 'LX*1', 'AT7*D1*NS', 'AT8*G*L*500'],
    events: [[DELIVERED, { proNumber: 'P1', weight: { value: 500, unit: 'pound' } }]],
  },
  {
    name: 'tag and number run together',
    map: () => compiled(map214('  proNumber: B1001\n  place: { city: MS101, state: MS102 }\nwrite: { AT702: NS }\n')),
    segments: ['B10*P1', 'LX*1', 'AT7*D1*NS', 'MS1*Reno*NV'],
    events: [[DELIVERED, { proNumber: 'P1', place: { city: 'Reno', state: 'NV' } }]],
  },
  {
    name: 'a type out of two codes',
    map: () =>
      compiled(
        map214('  proNumber: B1001\n  place: { city: MS101, state: MS102 }\nwrite: { AT702: NS }\n').replace(
          /by: \{ either.*\]/,
          'by: { at: [ AT701, MS103 ], codes: both',
        ),
        { codes: { both: `codes: both\nx12:\n  X3 US: ${DELIVERED}\n  X3 CA: logistics.transport.picked-up.v1\n` } },
      ),
    segments: ['B10*P1', 'LX*1', 'AT7*X3*NS', 'MS1*Reno*NV*US'],
    events: [[DELIVERED, { proNumber: 'P1', place: { city: 'Reno', state: 'NV' } }]],
  },
];

describe('constructs of real documents', () => {
  for (const { name, map: compile, segments, events, written } of CONSTRUCTS) {
    it(`(${name}) are read`, () => {
      const { events: found, findings } = read(compile(), segments);
      assert.deepEqual(findings, []);
      assert.deepEqual(
        found.map(({ type, data }) => [type, data]),
        events,
      );
    });

    it(`(${name}) are ${written === null ? 'refused in writing: reading makes the second event' : 'written'}`, () => {
      const map = compile();
      const said = events.map(([type, data]) => ({ type, data }));
      if (written === null) {
        assert.deepEqual(map.writer.write(said, { timezone: null }).documents, []);
        assert.deepEqual(segmentsOf(map, ...said.slice(0, 1)), segments);
        return;
      }
      assert.deepEqual(segmentsOf(map, ...said), written ?? segments);
    });
  }

  tableRows(
    'constructs',
    2,
    CONSTRUCTS.map(({ name }) => name),
  );
});
