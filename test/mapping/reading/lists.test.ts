import assert from 'node:assert/strict';
import { dataOf, structure } from '../support/documents.ts';
import { compiled, map214, map856, map945 } from '../support/maps.ts';

const HEADER = 'BSN*00*S1*20261204*1030';

function shipment(rules: string, ...segments: readonly string[]) {
  return dataOf(compiled(map856(`  shipment: { in: HL(S), ${rules} }\n`)), [HEADER, 'HL*1**S', ...segments])[0]
    ?.shipment;
}

function header945(rules: string, ...segments: readonly string[]) {
  const [data] = dataOf(compiled(map945(rules)), ['W06*F*D1', ...segments]);
  const { depositorOrder: _order, ...rest } = data ?? {};
  return rest;
}

describe('a bare number', () => {
  it('is an element of the segment that `in` enters', () => {
    const rules = '  carrier: { in: W27, mode: 01, scac: 02, routing: 03 }\n';
    assert.deepEqual(header945(rules, 'W27*M*ABCD**PP'), { carrier: { mode: 'M', scac: 'ABCD' } });
  });

  it('is an element of the segment that `each` repeats', () => {
    const rules = '  notes: { each: NTE, type: 01, text: 02 }\n';
    assert.deepEqual(header945(rules, 'NTE*DEL*Call first', 'NTE**Ring twice'), {
      notes: [{ type: 'DEL', text: 'Call first' }, { text: 'Ring twice' }],
    });
  });

  it('may begin a span', () => {
    const map = compiled(map214('  eventTime: { at: 05..07, as: datetime }\n'));
    assert.deepEqual(dataOf(map, ['B10*1*2*ABCD', 'LX*1', 'AT7*D1****20261204*1030*UT']), [
      { eventTime: '2026-12-04T10:30:00+00:00' },
    ]);
  });
});

describe('all', () => {
  it('gives every value, of every segment that fits', () => {
    const rule = 'seals: { all: REF(01=SN)02 }';
    assert.deepEqual(shipment(rule, 'REF*SN*1', 'REF*BM*2', 'REF*SN*3', 'REF*SN'), { seals: ['1', '3'] });
    assert.equal(shipment(rule, 'REF*BM*2'), undefined);
  });

  it('gives the elements of a span, segment by segment', () => {
    const rule = 'shipTo: { in: N1(01=ST), street: { all: N301..02 } }';
    assert.deepEqual(shipment(rule, 'N1*ST*X', 'N3*A*B', 'N3*C'), { shipTo: { street: ['A', 'B', 'C'] } });
  });

  it('gives every pair of a segment that has the qualifier', () => {
    const rules =
      '  orders: { in: HL(S), each: HL(I), items: { each: HL(F), serialNumbers: { all: LIN(235=SN)234 } } }\n';
    const segments = [HEADER, 'HL*1**S', 'HL*2*1*I', 'HL*3*2*F', 'LIN**SN*1*SK*A*SN*2'];
    assert.deepEqual(dataOf(compiled(map856(rules)), segments)[0]?.orders, [
      { items: [{ serialNumbers: ['1', '2'] }] },
    ]);
  });

  it('gives the values of all loops on the way', () => {
    const rule = '  shipment: { seals: { all: HL(S)/N1/N301 } }\n';
    const segments = [HEADER, 'HL*1**S', 'N1*ST*X', 'N3*A', 'N1*SF*Y', 'N3*B', 'HL*2**S', 'N1*SF*Z', 'N3*C'];
    assert.deepEqual(dataOf(compiled(map856(rule)), segments)[0]?.shipment, { seals: ['A', 'B', 'C'] });
  });
});

describe('rest', () => {
  it('gives the segments that no other rule of the block names, before or after it', () => {
    const rules = `  billOfLading: N9(01=BM)02
  references: { rest: N9, type: 01, value: 02 }
  proNumber: N9(01=CN|2I)02
`;
    assert.deepEqual(header945(rules, 'N9*BM*1', 'N9*AO*2', 'N9*2I*3', 'N9*AO*4'), {
      billOfLading: '1',
      proNumber: '3',
      references: [
        { type: 'AO', value: '2' },
        { type: 'AO', value: '4' },
      ],
    });
  });

  it('leaves out a segment whose loop is named in passing', () => {
    const rules = '  depositor: { name: N1(01=DE)02 }\n  parties: { rest: N1, role: 01, name: 02 }\n';
    assert.deepEqual(header945(rules, 'N1*DE*Owner', 'N1*ST*Depot'), {
      depositor: { name: 'Owner' },
      parties: [{ role: 'ST', name: 'Depot' }],
    });
  });

  it('leaves the same segment of another block alone', () => {
    const rules = `  billOfLading: N9(01=BM)02
  lines: { each: LX/W12, fulfilment: { at: 01, codes: fulfilment }, references: { rest: N9, type: 01, value: 02 } }
`;
    assert.deepEqual(header945(rules, 'N9*BM*1', 'LX*1', 'W12*CC*1*1*0*EA', 'N9*BM*2'), {
      billOfLading: '1',
      lines: [{ fulfilment: 'full', references: [{ type: 'BM', value: '2' }] }],
    });
  });
});

describe('parties', () => {
  const rules = `  shipTo: { in: N1(01=ST), use: party }
  shipFrom: { in: N1(01=WH|SF), use: party }
  parties: { rest: N1, role: { at: 01, codes: party-role }, use: party }
`;

  it('stand in the field of their role, the others in a list', () => {
    const segments = ['N1*SF*Plant*UL*4012345000009', 'N4*Reno', 'N1*ST*Depot', 'N3*Dock 1', 'N1*BT*Payer', 'N4*Elko'];
    assert.deepEqual(header945(rules, ...segments), {
      shipTo: { name: 'Depot', street: ['Dock 1'] },
      shipFrom: { name: 'Plant', gln: '4012345000009', city: 'Reno' },
      parties: [{ role: 'BT', name: 'Payer', city: 'Elko' }],
    });
  });

  it('of one role twice: the first is read, the second is reported as unread', () => {
    assert.deepEqual(header945(rules, 'N1*ST*One', 'N1*ST*Two'), { shipTo: { name: 'One' } });
    const document = structure('945', ['W06*F*D1', 'N1*ST*One', 'N1*ST*Two']);
    assert.deepEqual(compiled(map945(rules)).unread(document), ['W0601', 'N1(01=ST)']);
  });
});
