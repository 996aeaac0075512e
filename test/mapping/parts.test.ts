import assert from 'node:assert/strict';
import { dataOf } from './support/documents.ts';
import { compiled, linesOf, load, map856, PARTS } from './support/maps.ts';

const SHIPMENT = ['BSN*00*S1*20261204*1030', 'HL*1**S', 'N1*ST*Depot*UL*4012345000009', 'N3*Dock 1*Gate 2', 'N4*Reno'];

function shipTo(rules: string, parts = PARTS) {
  const map = compiled(map856(`  shipment: { in: HL(S), shipTo: { in: N1(01=ST), ${rules} } }\n`), { parts });
  const [data] = dataOf(map, SHIPMENT);
  return data?.shipment;
}

function problems(rules: string, parts = PARTS): readonly string[] {
  return linesOf(load({ maps: { 'x12/856/next.yaml': map856(rules) }, parts }));
}

describe('a part', () => {
  it('brings its rules where it is used', () => {
    assert.deepEqual(shipTo('use: party'), {
      shipTo: { name: 'Depot', gln: '4012345000009', street: ['Dock 1', 'Gate 2'], city: 'Reno' },
    });
  });

  it('gives way to a rule beside it', () => {
    assert.deepEqual(shipTo('use: party, name: N401, city: ~, street: ~'), {
      shipTo: { name: 'Reno', gln: '4012345000009' },
    });
  });

  it('loses the rules that ~ takes away', () => {
    assert.deepEqual(shipTo('use: party, gln: ~, street: ~'), { shipTo: { name: 'Depot', city: 'Reno' } });
  });

  it('may use another part', () => {
    const parts = `${PARTS}where: { city: N401 }\nwho: { use: where, name: N102 }\n`;
    assert.deepEqual(shipTo('use: who', parts), { shipTo: { city: 'Reno', name: 'Depot' } });
  });

  it('may stand inside itself where the map writes it so', () => {
    const parts = `${PARTS}box: { each: HL(P), sscc: { all: MAN(01=GM)02 } }\n`;
    const map = compiled(
      map856(
        '  orders: { in: HL(S), each: HL(O), pallets: { each: HL(T), packages: { use: box } }, packages: { use: box } }\n',
      ),
      { parts },
    );
    const [data] = dataOf(map, ['BSN*00*S1*20261204*1030', 'HL*1**S', 'HL*2*1*O', 'HL*3*2*P', 'MAN*GM*1']);
    assert.deepEqual(data?.orders, [{ packages: [{ sscc: ['1'] }] }]);
  });

  it('that nobody wrote is a mistake, with the nearest name', () => {
    assert.deepEqual(problems('  shipment: { in: HL(S), shipTo: { in: N1(01=ST), use: pary } }\n'), [
      'm/x12/856/next.yaml:7:56 MAP_PART There is no part "pary". Did you mean "party"?',
    ]);
  });

  it('that uses itself is a mistake at the use', () => {
    const parts = `${PARTS}ring: { each: HL(P), items: { use: chain } }\nchain: { each: HL(I), use: ring }\n`;
    assert.deepEqual(problems('  orders: { in: HL(S), each: HL(O), packages: { use: ring } }\n', parts), [
      'm/x12/parts.yaml:11:28 MAP_PART The part "ring" uses itself. Write the rules out at one of the two places.',
    ]);
  });

  it('without rules is a mistake', () => {
    assert.deepEqual(problems('', `${PARTS}nothing: N102\n`), [
      'm/x12/parts.yaml:10:10 MAP_PART The part "nothing" has no rules. Write its fields below it.',
    ]);
  });

  it('has its mistakes told once, in its own file, however often it is used', () => {
    const parts = PARTS.replace('N401', 'N499');
    const both =
      '  shipment: { in: HL(S), shipTo: { in: N1(01=ST), use: party }, shipFrom: { in: N1(01=SF), use: party } }\n';
    assert.deepEqual(problems(both, parts), [
      'm/x12/parts.yaml:5:9 MAP_ELEMENT N4 has no element 99. N4 has elements 01 to 06.',
    ]);
  });

  it('cannot lose a rule it does not have', () => {
    assert.deepEqual(problems('  shipment: { in: HL(S), shipTo: { in: N1(01=ST), use: party, fax: ~ } }\n'), [
      'm/x12/856/next.yaml:7:63 OVERLAY_REMOVES_NOTHING There is no rule "fax" here to take away. Remove the line, or mend the key.',
    ]);
  });
});
