import assert from 'node:assert/strict';
import { compiled, map214, map856, map945 } from '../support/maps.ts';
import { event, refusals, segmentsOf } from '../support/written.ts';

describe('A document that is written', () => {
  it('numbers its levels, and says which have others below', () => {
    const map = compiled(
      map856('  orders: { in: HL(S), each: HL(O), purchaseOrder: PRF01, items: { each: HL(I), use: item } }\n'),
    );
    const data = {
      adviceNumber: 'A1',
      orders: [{ purchaseOrder: 'P1', items: [{ sku: 'S1', quantity: 2 }, { sku: 'S2' }] }, { purchaseOrder: 'P2' }],
    };
    assert.deepEqual(segmentsOf(map, event(map, data)), [
      ...['BSN*00*A1', 'HL*1**S*1', 'HL*2*1*O*1', 'PRF*P1', 'HL*3*2*I*0', 'LIN**VP*S1', 'SN1**2'],
      ...['HL*4*2*I*0', 'LIN**VP*S2', 'HL*5*1*O*0', 'PRF*P2'],
    ]);
  });

  it('has its segments in the order of the set, whatever the order of the map', () => {
    const map = compiled(
      map945(
        '  notes: { each: NTE, type: 01, text: 02 }\n  billOfLading: N9(01=BM)02\n  shipTo: { in: N1(01=ST), name: 02 }\n',
      ),
    );
    const data = {
      depositorOrder: 'O1',
      notes: [{ type: 'WHI', text: 'Hello' }],
      billOfLading: 'B1',
      shipTo: { name: 'Store' },
    };
    assert.deepEqual(segmentsOf(map, event(map, data)), ['W06**O1', 'N1*ST*Store', 'N9*BM*B1', 'NTE*WHI*Hello']);
  });

  it('has constants in the segments that data brought, and totals', () => {
    const write = 'write:\n  BSN05: 0001\n  CTT01: count HL\n  CTT02: sum SN102\n';
    const rules = `  shipment: { in: HL(S), scac: TD5(02=2)03, write: { TD5(02=2)01: B } }
  orders: { in: HL(S), each: HL(O), items: { each: HL(I), use: item } }
`;
    const map = compiled(map856(rules, write));
    const items = [
      { sku: 'S1', quantity: 0.1 },
      { sku: 'S2', quantity: 0.2 },
    ];
    assert.deepEqual(segmentsOf(map, event(map, { adviceNumber: 'A1', orders: [{ items }] })), [
      ...['BSN*00*A1***0001', 'HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*I*0', 'LIN**VP*S1', 'SN1**0.1'],
      ...['HL*4*2*I*0', 'LIN**VP*S2', 'SN1**0.2', 'CTT*4*0.3'],
    ]);
    const carried = segmentsOf(map, event(map, { adviceNumber: 'A1', shipment: { scac: 'DMCR' } }));
    assert.ok(carried.includes('TD5*B*2*DMCR'));
  });

  it('says the key of a group in each of its lines', () => {
    const map = compiled(
      map856(
        '  orders: { in: HL(S), each: HL(I), per: { purchaseOrder: PRF01 }, items: { each: HL(I), sku: LIN(235=VP|SK)234 } }\n',
      ),
    );
    const orders = [
      { purchaseOrder: 'P1', items: [{ sku: 'S1' }, { sku: 'S2' }] },
      { purchaseOrder: 'P2', items: [{ sku: 'S3' }] },
    ];
    assert.deepEqual(segmentsOf(map, event(map, { adviceNumber: 'A1', orders })), [
      ...['BSN*00*A1', 'HL*1**S*1', 'HL*2*1*I*0', 'LIN**VP*S1', 'PRF*P1', 'HL*3*1*I*0', 'LIN**VP*S2', 'PRF*P1'],
      ...['HL*4*1*I*0', 'LIN**VP*S3', 'PRF*P2'],
    ]);
  });

  it('holds the remaining segments, but none that has a field of its own', () => {
    const map = compiled(map945('  billOfLading: N9(01=BM)02\n  references: { rest: N9, type: 01, value: 02 }\n'));
    const references = (type: string) =>
      event(map, { depositorOrder: 'O1', billOfLading: 'B1', references: [{ type, value: 'V' }] });
    assert.deepEqual(segmentsOf(map, references('ZZ')), ['W06**O1', 'N9*BM*B1', 'N9*ZZ*V']);
    assert.match(
      refusals(map, references('BM')).join(),
      /^MAP_WRITE_CONFLICT data\/references\/0 would be written as N9 with BM/,
    );
  });

  it('holds the events that have one header, in their order, and another holds the next', () => {
    const map = compiled(map214('  proNumber: B1001\n  place: { city: MS101, state: MS102 }\nwrite: { AT702: NS }\n'));
    const status = (proNumber: string, city: string) =>
      event(map, { proNumber, place: { city, state: 'NV' } }, 'logistics.transport.delivered.v1');
    const writing = map.writer.write([status('P1', 'Reno'), status('P1', 'Elko'), status('P2', 'Ely')], {
      timezone: null,
    });
    assert.deepEqual(
      writing.documents.map(({ events }) => events),
      [[0, 1], [2]],
    );
    assert.deepEqual(segmentsOf(map, status('P1', 'Reno'), status('P1', 'Elko')), [
      ...['B10*P1', 'LX*1', 'AT7*D1*NS', 'MS1*Reno*NV', 'LX*2', 'AT7*D1*NS', 'MS1*Elko*NV'],
    ]);
  });

  it('leaves out what is for reading alone', () => {
    const map = compiled(
      map945(
        '  expectedAt: { at: G62(01=17)02, as: date, only: read }\n  departedOn: { at: G62(01=11)02, as: date }\n',
      ),
    );
    const data = { depositorOrder: 'O1', expectedAt: '2026-12-05', departedOn: '2026-12-04' };
    assert.deepEqual(segmentsOf(map, event(map, data)), ['W06**O1', 'G62*11*20261204']);
  });

  it('is read back before it is given out, and refused when a value would be lost', () => {
    const map = compiled(map856('  shipment: { in: HL(S), references: { each: REF, type: 01, value: 02 } }\n'));
    const entry = { type: 'BM', value: 'V' };
    assert.equal(
      segmentsOf(map, event(map, { adviceNumber: 'A1', shipment: { references: [entry] } })).at(-1),
      'REF*BM*V',
    );
    const hinted = compiled(map945('  shipTo: { in: N1(01=ST), name: 02, idQualifier: { also: N103 } }\n'));
    assert.deepEqual(
      refusals(hinted, event(hinted, { depositorOrder: 'O1', shipTo: { name: 'Store', idQualifier: '92' } })),
      [
        'MAP_WRITE_DIFFERS data/shipTo/idQualifier is "92" and would be lost: the document that x12/945@next makes is read back without it.',
      ],
    );
  });
});

describe('A map for writing', () => {
  it('has the gaps that the standard would not take, each at a line of the map', () => {
    const map = compiled(map856('  shipment: { in: HL(S), seals: { all: REF02 }, payment: FOB02 }\n'));
    assert.deepEqual(
      map.writer.gaps.map(({ line, code, what }) => `${line} ${code} ${what}`),
      [
        '4 MAP_WRITE_GAP BSN03 is mandatory, and writing would leave it empty.',
        '4 MAP_WRITE_GAP BSN04 is mandatory, and writing would leave it empty.',
        '7 MAP_WRITE_GAP REF01 is mandatory, and writing would leave it empty.',
        '7 MAP_WRITE_GAP FOB01 is mandatory, and writing would leave it empty.',
      ],
    );
  });
});
