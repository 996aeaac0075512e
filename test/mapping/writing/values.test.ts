import assert from 'node:assert/strict';
import { compiled, map214, map856, map945 } from '../support/maps.ts';
import { event, refusals, segmentsOf } from '../support/written.ts';

const OPEN_STATUS = {
  status:
    'codes: status\nx12:\n  AF: logistics.transport.picked-up.v1\n  D1: logistics.transport.delivered.v1\n  I1: logistics.transport.delivered.v1\n  else: logistics.transport.status-unknown.v1\n',
};

describe('A value that is written', () => {
  it('stands where its rule reads it, with the qualifier of its condition', () => {
    const map = compiled(map856('  shipment: { in: HL(S), billOfLading: REF(01=BM)02, trailer: TD303 }\n'));
    assert.deepEqual(
      segmentsOf(map, event(map, { adviceNumber: 'A1', shipment: { trailer: '53207', billOfLading: 'B1' } })),
      ['BSN*00*A1', 'HL*1**S*0', 'TD3***53207', 'REF*BM*B1'],
    );
  });

  it('takes the first of several qualifiers', () => {
    const map = compiled(map945('  shipFrom: { in: N1(01=WH|SF), name: 02 }\n'));
    assert.deepEqual(segmentsOf(map, event(map, { depositorOrder: 'O1', shipFrom: { name: 'Reno' } })), [
      'W06**O1',
      'N1*WH*Reno',
    ]);
  });

  it('is said by the first alternative that can say it', () => {
    const map = compiled(
      map856(`  orders:
    in: HL(S)
    each: HL(O)
    items:
      each: HL(I)
      gtin: { either: [ { at: LIN(235=UP)234, as: gtin12 }, { at: LIN(235=EN)234, as: gtin13 } ] }
`),
    );
    const gtins = (gtin: string) =>
      segmentsOf(map, event(map, { adviceNumber: 'A1', orders: [{ items: [{ gtin }] }] })).filter((text) =>
        text.startsWith('LIN'),
      );
    assert.deepEqual(gtins('036000291452'), ['LIN**UP*036000291452']);
    assert.deepEqual(gtins('4006381333931'), ['LIN**EN*4006381333931']);
  });

  it('fills the next free pair of a segment', () => {
    const map = compiled(
      map856(`  orders:
    in: HL(S)
    each: HL(O)
    items: { each: HL(I), sku: LIN(235=VP|SK)234, buyerItem: LIN(235=IN)234, lot: LIN(235=LT)234 }
`),
    );
    const data = { adviceNumber: 'A1', orders: [{ items: [{ sku: 'S', buyerItem: 'B', lot: 'L' }] }] };
    assert.equal(segmentsOf(map, event(map, data)).at(-1), 'LIN**VP*S*IN*B*LT*L');
  });

  it('is the first code of its meaning, and the raw code where the event gives it', () => {
    const map = compiled(
      map214('  proNumber: B1001\n  rawCodes: { status: { also: AT701 } }\nwrite: { AT702: NS }\n'),
      {
        codes: OPEN_STATUS,
      },
    );
    const delivered = (rawCodes: object) =>
      segmentsOf(map, event(map, { proNumber: 'P1', ...rawCodes }, 'logistics.transport.delivered.v1')).at(-1);
    assert.equal(delivered({}), 'AT7*D1*NS');
    assert.equal(delivered({ rawCodes: { status: 'I1' } }), 'AT7*I1*NS');
  });

  it('may be any code that the table does not know, where only the raw code tells which', () => {
    const map = compiled(
      map214('  proNumber: B1001\n  rawCodes: { status: { also: AT701 } }\nwrite: { AT702: NS }\n'),
      {
        codes: OPEN_STATUS,
      },
    );
    const unknown = (rawCodes: object) =>
      event(map, { proNumber: 'P1', ...rawCodes }, 'logistics.transport.status-unknown.v1');
    assert.equal(segmentsOf(map, unknown({ rawCodes: { status: 'ZZ' } })).at(-1), 'AT7*ZZ*NS');
    assert.match(refusals(map, unknown({})).join(), /^MAP_WRITE_VALUE .* cannot be written/);
    assert.match(refusals(map, unknown({ rawCodes: { status: 'D1' } })).join(), /^MAP_WRITE_VALUE/);
  });

  it('is a number without needless digits, a date, and a time with its zone', () => {
    const map = compiled(
      map856(
        '  createdAt: { at: BSN03..04, as: datetime }\n  shipment: { in: HL(S), packageCount: { at: TD102, as: number }, shippedAt: { at: DTM(01=011)02..04, as: datetime } }\n',
      ),
    );
    const data = {
      adviceNumber: 'A1',
      createdAt: '2026-12-04',
      shipment: { packageCount: 12, shippedAt: '2026-12-04T10:30:00-08:00' },
    };
    assert.deepEqual(segmentsOf(map, event(map, data)), [
      'BSN*00*A1*20261204',
      'HL*1**S*0',
      'TD1**12',
      'DTM*011*20261204*1030*PS',
    ]);
  });

  it('is told by the clock of its place where no zone can be said', () => {
    const map = compiled(
      map856(
        '  createdAt: { at: BSN03..04, as: datetime }\n  shipment: { in: HL(S), shipFrom: { in: N1(01=SF), name: 02, state: N402, country: N404 } }\n',
      ),
    );
    const data = {
      adviceNumber: 'A1',
      createdAt: '2026-12-04T18:30:00+00:00',
      shipment: { shipFrom: { name: 'Plant', state: 'CA', country: 'US' } },
    };
    const { documents } = map.writer.write([event(map, data)], { timezone: 'America/New_York' });
    assert.deepEqual(documents[0]?.segments[0], ['BSN', '00', 'A1', '20261204', '1330']);
  });

  it('goes on in further places and segments when it is a list', () => {
    const map = compiled(map945('  shipTo: { in: N1(01=ST), name: 02, street: { all: N301..02 } }\n'));
    const data = { depositorOrder: 'O1', shipTo: { name: 'Store', street: ['Gate 4', '1 Quay Road', 'Duluth'] } };
    assert.deepEqual(segmentsOf(map, event(map, data)).slice(1), ['N1*ST*Store', 'N3*Gate 4*1 Quay Road', 'N3*Duluth']);
  });
});

describe('A value that cannot be written', () => {
  const map = compiled(
    map856(
      '  shipment: { in: HL(S), scac: TD5(02=2)03, packaging: { at: TD101, codes: fulfilment }, shipTo: { in: N1(01=ST), gln: N1(03=UL)04, code: N1(03=92)04 } }\n',
    ),
    { codes: { fulfilment: 'codes: fulfilment\nx12:\n  CTN: carton\n' } },
  );
  const rows: readonly (readonly [string, object, RegExp])[] = [
    [
      'is too long for its element',
      { scac: 'x'.repeat(81) },
      /^MAP_WRITE_VALUE data\/shipment\/scac is .* TD5\(02=2\)03 takes 2 to 80 characters of type AN/,
    ],
    [
      'has no code',
      { packaging: 'barrel' },
      /^MAP_WRITE_VALUE data\/shipment\/packaging is "barrel" and cannot be written: TD101 takes a code of table fulfilment/,
    ],
    [
      'meets another in one element',
      { shipTo: { gln: '0614141000128', code: 'X7' } },
      /^MAP_WRITE_CONFLICT data\/shipment\/shipTo\/code is "X7" and wants 92 in N103; data\/shipment\/shipTo\/gln wants UL \(m\/x12\/856\/next.yaml:7\)/,
    ],
  ];
  for (const [what, shipment, told] of rows) {
    it(`${what} is refused with its field and the line of the map`, () => {
      const [line, ...others] = refusals(map, event(map, { adviceNumber: 'A1', shipment: { ...shipment } }));
      assert.match(line ?? '', told);
      assert.deepEqual(others, []);
    });
  }

  it('and an event of another type are refused with the types that are written', () => {
    assert.deepEqual(refusals(map, event(map, { adviceNumber: 'A1' }, 'logistics.transport.delivered.v1')), [
      'MAP_WRITE_EVENT x12/856@next does not write logistics.transport.delivered.v1.',
    ]);
  });

  it('because no rule knows the field is told, and the rest is written', () => {
    const { documents, findings } = map.writer.write(
      [event(map, { adviceNumber: 'A1', shipment: { scac: 'DMCR', trailer: '1' } })],
      { timezone: null },
    );
    assert.equal(documents.length, 1);
    assert.deepEqual(
      findings.map(({ code, severity, path }) => [code, severity, path]),
      [['MAP_WRITE_UNSAID', 'note', 'data/shipment/trailer']],
    );
  });
});
