import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/events/types.ts';
import { isSegmentDocument } from '../../src/mapping/types.ts';
import { writeEnvelope } from '../../src/outbound/envelope.ts';
import { dataOf } from './support/documents.ts';
import { compiled, linesOf, load, map214, map856, map945, mapDesadv } from './support/maps.ts';
import { tableRows } from './support/reference-tables.ts';
import { event, refusals, segmentsOf } from './support/written.ts';

const BSN = 'BSN*00*A1';
const DELIVERED = 'logistics.transport.delivered.v1';
const shipment = (rules: string) => compiled(map856(`  shipment: { in: HL(S), ${rules} }\n`));
const advised = (map: ReturnType<typeof compiled>, data: JsonObject) => event(map, { adviceNumber: 'A1', ...data });
const problems = (rules: string) => linesOf(load({ maps: { 'x12/856/next.yaml': map856(rules) } }));

const ORDERS_BY_LINE = `  orders:
    each: CPS/LIN
    per: { purchaseOrder: RFF(1153=ON)1154 }
    items: { in: CPS, each: LIN, quantity: { at: QTY(6063=12)6060, as: number } }
`;

/** A trap for "what is written is read back as the same event", and what keeps one out of it; in the order of their table. */
const TRAPS: readonly (readonly [trap: string, sprung: () => void])[] = [
  [
    'what is empty is absent, in whatever way it is empty',
    () => {
      const map = shipment(
        'trailer: TD303, shipTo: { in: N1(01=ST), name: 02, street: { all: N301..02 } }, seals: { all: TD309 }',
      );
      assert.deepEqual(dataOf(map, [BSN, 'HL*1**S*0', 'TD3*TL**   ', 'N1*ST*  *92*7', 'N3*']), [
        { adviceNumber: 'A1' },
      ]);
      assert.deepEqual(dataOf(map, [BSN, 'HL*1**S*0', 'TD3*TL** 7 ']), [
        { adviceNumber: 'A1', shipment: { trailer: '7' } },
      ]);
    },
  ],
  [
    'an entry of a list without a value in the segment that makes it would be lost',
    () => {
      const map = compiled(map945('  notes: { each: NTE, type: 01, text: 02 }\n'));
      assert.match(
        linesOf(load({ maps: { 'x12/945/next.yaml': map945('  references: { each: N9, value: 02 }\n') } })).join(),
        /MAP_FIELD_REQUIRED The event needs "type" here/,
      );
      const told = refusals(map, event(map, { depositorOrder: 'D1', notes: [{ type: '' }] }));
      assert.match(told.join(), /data\/notes .* would be lost/);
    },
  ],
  [
    'two fields of one segment make one segment, and of two conditions two',
    () => {
      const map = shipment(
        'trailer: TD303, seals: { all: TD309 }, billOfLading: REF(01=BM)02, proNumber: REF(01=CN)02',
      );
      assert.deepEqual(
        segmentsOf(
          map,
          advised(map, { shipment: { trailer: '7', seals: ['S1'], billOfLading: 'B', proNumber: 'P' } }),
        ).slice(2),
        ['TD3***7******S1', 'REF*BM*B', 'REF*CN*P'],
      );
      assert.match(
        problems('  shipment: { in: HL(S), billOfLading: REF(01=BM)02, proNumber: REF02 }\n').join(),
        /MAP_BARE_AND_CONDITIONAL/,
      );
    },
  ],
  [
    'two rules on one element agree, or the event is refused with both',
    () => {
      const map = shipment('shipTo: { in: N1(01=ST), gln: N1(03=UL)04, code: N1(03=92)04 }');
      assert.equal(segmentsOf(map, advised(map, { shipment: { shipTo: { code: '71' } } })).at(-1), 'N1*ST**92*71');
      const both = refusals(map, advised(map, { shipment: { shipTo: { gln: '0614141000128', code: '71' } } }));
      assert.match(
        both.join(),
        /^MAP_WRITE_CONFLICT data\/shipment\/shipTo\/code .* data\/shipment\/shipTo\/gln wants UL/,
      );
      assert.match(problems('  shipment: { in: HL(S), trailer: TD303, packaging: TD303 }\n').join(), /MAP_CELL/);
    },
  ],
  [
    'what the events of a document share is written once',
    () => {
      const map = compiled(
        map214(
          '  proNumber: B1001\n  parties: { each: /N1, name: 02, role: { at: 01, codes: party-role } }\nwrite: { AT702: NS }\n',
        ),
      );
      const data = { proNumber: 'P1', parties: [{ role: 'ship-to', name: 'Reno' }] };
      assert.deepEqual(segmentsOf(map, event(map, data, DELIVERED), event(map, data, DELIVERED)), [
        ...['B10*P1', 'N1*ST*Reno', 'LX*1', 'AT7*D1*NS', 'LX*2', 'AT7*D1*NS'],
      ]);
    },
  ],
  [
    'an event without a field of the heading does not share a document with one that has it',
    () => {
      const map = compiled(map214('  proNumber: B1001\n  shipmentId: B1002\nwrite: { AT702: NS }\n'));
      const events = [{ proNumber: 'P1', shipmentId: 'S1' }, { proNumber: 'P1' }, { proNumber: 'P1' }];
      const { documents } = map.writer.write(
        events.map((data) => event(map, data, DELIVERED)),
        { timezone: null },
      );
      assert.deepEqual(
        documents.map(({ events: said }) => said),
        [[0], [1, 2]],
      );
    },
  ],
  [
    'a table may have several codes for a meaning, none for one, and keeps no code that has one',
    () => {
      const codes = { fulfilment: 'codes: fulfilment\nx12:\n  CTN: carton\n  CAS: carton\n' };
      const map = compiled(
        map856(
          '  shipment: { in: HL(S), packageCount: { at: TD102, as: number }, packaging: { at: TD101, codes: fulfilment } }\n',
        ),
        { codes },
      );
      assert.equal(
        segmentsOf(map, advised(map, { shipment: { packaging: 'carton', packageCount: 1 } })).at(-1),
        'TD1*CTN*1',
      );
      assert.match(
        refusals(map, advised(map, { shipment: { packaging: 'crate', packageCount: 1 } })).join(),
        /^MAP_WRITE_VALUE/,
      );
      const kept = compiled(
        map856(
          '  orders: { in: HL(S), each: HL(O), items: { each: HL(I), quantity: { at: SN102, as: number }, uom: { at: SN103, codes: uom } } }\n',
        ),
      );
      const item = (uom: string) => advised(kept, { orders: [{ items: [{ quantity: 1, uom }] }] });
      assert.equal(segmentsOf(kept, item('QQ')).at(-1), 'SN1**1*QQ');
      assert.match(refusals(kept, item('EA')).join(), /^MAP_WRITE_VALUE data\/orders\/0\/items\/0\/uom/);
    },
  ],
  [
    'numbers have one spelling, and those that have none exactly are refused',
    () => {
      const map = shipment('packageCount: { at: TD102, as: number }');
      const [first] = dataOf(shipment('weight: { value: { at: TD107, as: number } }'), [
        BSN,
        'HL*1**S*0',
        'TD1*******010.250*LB',
      ]);
      assert.deepEqual(first?.shipment, { weight: { value: 10.25 } });
      assert.equal(segmentsOf(map, advised(map, { shipment: { packageCount: 7 } })).at(-1), 'TD1**7');
      for (const packageCount of [1e21, -0, 1234567890123456, Number.NaN]) {
        assert.match(
          refusals(map, advised(map, { shipment: { packageCount } })).join(),
          /^MAP_WRITE_VALUE/,
          String(packageCount),
        );
      }
    },
  ],
  [
    'moments are compared as instants, and a zone that has no code is not guessed',
    () => {
      const map = shipment('shippedAt: { at: DTM(01=011)02..04, as: datetime }');
      const written = (shippedAt: string) => segmentsOf(map, advised(map, { shipment: { shippedAt } })).at(-1);
      assert.equal(written('2026-12-04T10:30:00-08:00'), 'DTM*011*20261204*1030*PS');
      // The hour that comes twice is told apart by the code of its offset.
      assert.equal(written('2026-11-01T01:30:00-08:00'), 'DTM*011*20261101*0130*PS');
      assert.equal(written('2026-11-01T01:30:00-07:00'), 'DTM*011*20261101*0130*MS');
      // India has no code: the same instant by universal time.
      assert.equal(written('2026-12-04T10:30:00+05:30'), 'DTM*011*20261204*0500*UT');
    },
  ],
  [
    'a moment keeps its precision',
    () => {
      const map = shipment('shippedAt: { at: DTM(01=011)02..04, as: datetime }');
      const written = (shippedAt: string) => segmentsOf(map, advised(map, { shipment: { shippedAt } })).at(-1);
      assert.equal(written('2026-12-04'), 'DTM*011*20261204');
      assert.equal(written('2026-12-04T10:30:00-08:00'), 'DTM*011*20261204*1030*PS');
      assert.equal(written('2026-12-04T10:30:05-08:00'), 'DTM*011*20261204*103005*PS');
    },
  ],
  [
    'entries that share a key, and entries that no line names, are refused',
    () => {
      const map = compiled(mapDesadv(ORDERS_BY_LINE));
      const order = (purchaseOrder: string, quantity: number) => ({ purchaseOrder, items: [{ quantity }] });
      assert.match(refusals(map, advised(map, { orders: [order('P1', 1), order('P1', 2)] })).join(), /data\/orders/);
      assert.match(
        refusals(map, advised(map, { orders: [{ purchaseOrder: 'P1' }] })).join(),
        /^MAP_WRITE_VALUE data\/orders\/0/,
      );
    },
  ],
  [
    'entries by a key are a set: their order says nothing, and makes the same document',
    () => {
      const map = compiled(mapDesadv(ORDERS_BY_LINE));
      const orders = [
        { purchaseOrder: 'P2', items: [{ quantity: 2 }] },
        { purchaseOrder: 'P1', items: [{ quantity: 1 }] },
      ];
      const one = segmentsOf(map, advised(map, { orders }));
      assert.deepEqual(segmentsOf(map, advised(map, { orders: orders.toReversed() })), one);
    },
  ],
  [
    'separators and letters outside the charset are released, or refused before anything is numbered',
    () => {
      const style = { delimiters: null, lineBreak: '', charset: null, syntax: null, guide: null } as const;
      const numbers = { interchange: 1, group: 1, document: 1 };
      const envelope = { sender: 'ZZ/A', receiver: 'ZZ/B', test: true, date: '20261204', time: '1030', numbers, style };
      const bytesOf = (map: ReturnType<typeof compiled>, adviceNumber: string) => {
        const { documents } = map.writer.write([event(map, { adviceNumber })], { timezone: null });
        assert.ok(isSegmentDocument(map.document));
        return writeEnvelope(map.document, documents, envelope);
      };
      const x12 = compiled(map856(''));
      assert.equal(bytesOf(x12, 'A*1').ok, false);
      const edifact = bytesOf(compiled(mapDesadv('')), "A'1");
      assert.ok(edifact.ok && edifact.bytes.includes("BGM++A?'1+9'"), JSON.stringify(edifact));
      assert.equal(bytesOf(compiled(mapDesadv('')), '木').ok, false);
    },
  ],
  [
    'what is only read is left out, and what is written again is the same document',
    () => {
      const map = shipment('trailer: TD303, equipment: { at: TD301, only: read }');
      const segments = [BSN, 'HL*1**S*0', 'TD3*TL**7'];
      const [data = {}] = dataOf(map, segments);
      assert.deepEqual(data, { adviceNumber: 'A1', shipment: { trailer: '7', equipment: 'TL' } });
      const written = segmentsOf(map, event(map, data));
      assert.deepEqual(written, [BSN, 'HL*1**S*0', 'TD3***7']);
      const [again = {}] = dataOf(map, written);
      assert.deepEqual(segmentsOf(map, event(map, again)), written);
    },
  ],
];

describe('traps of reading and writing with one map', () => {
  for (const [trap, sprung] of TRAPS) it(trap, sprung);

  tableRows(
    'traps',
    4,
    TRAPS.map(([trap]) => trap),
  );
});
