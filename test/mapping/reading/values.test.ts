import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/events/types.ts';
import { dataOf } from '../support/documents.ts';
import { compiled, map856, map945 } from '../support/maps.ts';

const HEADER = 'BSN*00*S1*20261204*1030';

/** The shipment that rules inside `in: HL(S)` read from segments of the HL. */
function shipment(rules: string, ...segments: readonly string[]) {
  return dataOf(compiled(map856(`  shipment: { in: HL(S), ${rules} }\n`)), [HEADER, 'HL*1**S', ...segments])[0]
    ?.shipment;
}

/** The lines of a 945 that rules inside `each: LX/W12` read. */
function lines(rules: string, ...segments: readonly string[]) {
  const map = compiled(map945(`  lines: { each: LX/W12, fulfilment: { at: 01, codes: fulfilment }, ${rules} }\n`));
  return dataOf(map, ['W06*F*D1*20261204', ...segments])[0]?.lines;
}

const LINE: JsonObject = { fulfilment: 'full' };

describe('one value', () => {
  it('of an element, blanks around taken away', () => {
    assert.deepEqual(shipment('trailer: TD303', 'TD3*TL** T 1  '), { trailer: 'T 1' });
  });

  it('that is empty or blank is absent, and so is what holds nothing else', () => {
    assert.equal(shipment('trailer: TD303, packaging: TD101', 'TD1*   ', 'TD3*TL**'), undefined);
    assert.equal(shipment('shipTo: { in: N1(01=ST), name: 02 }', 'N1*ST'), undefined);
  });

  it('is that of the segment whose condition holds', () => {
    assert.deepEqual(shipment('billOfLading: REF(01=BM)02', 'REF*CN*1', 'REF*BM*2', 'REF*BM*3'), { billOfLading: '2' });
  });

  it('may have one of several qualifiers', () => {
    const rule = 'proNumber: REF(01=CN|2I)02';
    assert.deepEqual(shipment(rule, 'REF*BM*1', 'REF*2I*2'), { proNumber: '2' });
    assert.deepEqual(shipment(rule, 'REF*CN*3', 'REF*2I*2'), { proNumber: '3' });
  });

  it('may have two conditions', () => {
    const rule = 'trailer: MAN(01=CP&04=SM)05';
    assert.deepEqual(shipment(rule, 'MAN*CP*1**CP*2', 'MAN*CP*3**SM*4'), { trailer: '4' });
  });

  it('of a pair may stand in any position', () => {
    const rule = 'gtin: W12(235=EN)234, sku: W12(235=SK|VN)234';
    const pair = (first: string, second: string) => lines(rule, 'LX*1', `W12*CC*1*1*0*EA**${first}*********${second}`);
    assert.deepEqual(pair('EN*4006381333931', 'VN*A1'), [{ ...LINE, gtin: '4006381333931', sku: 'A1' }]);
    assert.deepEqual(pair('SK*A1', 'EN*4006381333931'), [{ ...LINE, gtin: '4006381333931', sku: 'A1' }]);
    assert.deepEqual(pair('UP*036000291452', ''), [LINE]);
  });

  it('over a span is made of its elements', () => {
    const rule = 'shippedAt: { at: DTM(01=011)02..04, as: datetime }';
    assert.deepEqual(shipment(rule, 'DTM*017*20261205', 'DTM*011*20261204*1030*ET'), {
      shippedAt: '2026-12-04T10:30:00-05:00',
    });
    assert.deepEqual(shipment(rule, 'DTM*011*20261204*1030'), { shippedAt: '2026-12-04T10:30:00' });
    assert.deepEqual(shipment(rule, 'DTM*011*20261204'), { shippedAt: '2026-12-04' });
  });

  it('of a list of elements is made of those, wherever they stand', () => {
    const map = compiled(map945('  expectedAt: { at: [ G62(01=17)02, G62(01=17)04 ], as: datetime }\n'));
    assert.deepEqual(dataOf(map, ['W06*F*D1', 'G62*17*20261204*8*1030']), [
      { depositorOrder: 'D1', expectedAt: '2026-12-04T10:30:00' },
    ]);
  });

  it('of a component is that part of its element', () => {
    assert.deepEqual(shipment('packaging: MEA04-1, mode: MEA04-2', 'MEA*PD*WT*5*LB:1'), { packaging: 'LB', mode: '1' });
    assert.deepEqual(shipment('mode: MEA04-2', 'MEA*PD*WT*5*LB'), undefined);
  });

  it('by a data-element number is that of the segment', () => {
    assert.deepEqual(shipment('trailer: TD3207', 'TD3*TL*ABCD*7'), { trailer: '7' });
  });
});

describe('either', () => {
  it('takes the first rule that gives a value', () => {
    const rule = 'shippedAt: { either: [ DTM(01=011)02, /DTM(01=011)02 ], as: date }';
    const map = compiled(map856(`  shipment: { in: HL(S), ${rule} }\n`));
    const read = (heading: string, level: string) => dataOf(map, [HEADER, heading, 'HL*1**S', level])[0]?.shipment;
    assert.deepEqual(read('DTM*011*20261201', 'DTM*011*20261202'), { shippedAt: '2026-12-02' });
    assert.deepEqual(read('DTM*011*20261201', 'DTM*017*20261202'), { shippedAt: '2026-12-01' });
    assert.equal(read('DTM*017*20261201', 'DTM*017*20261202'), undefined);
  });

  it('tells values apart by their form', () => {
    const rule =
      'gtin: { either: [ { at: W12(235=UP)234, as: gtin12 }, { at: W12(235=EN)234, as: gtin13 }, W12(235=UP|EN)234 ] }';
    const gtin = (pair: string) => lines(rule, 'LX*1', `W12*CC*1*1*0*EA**${pair}`);
    assert.deepEqual(gtin('UP*036000291452'), [{ ...LINE, gtin: '036000291452' }]);
    assert.deepEqual(gtin('EN*4006381333931'), [{ ...LINE, gtin: '4006381333931' }]);
    assert.deepEqual(gtin('UP*4711'), [{ ...LINE, gtin: '4711' }]);
  });
});

describe('references look outwards', () => {
  it('from a line to its LX, and to the heading', () => {
    const segments = ['LX*1', 'MAN*GM*111', 'W12*CC*1*1*0*EA', 'W12*BO*1*0*1*EA', 'LX*2', 'W12*CC*2*2*0*EA'];
    assert.deepEqual(lines('sscc: { all: MAN(01=GM)02 }, description: W0603', ...segments), [
      { fulfilment: 'full', sscc: ['111'], description: '20261204' },
      { fulfilment: 'backordered', sscc: ['111'], description: '20261204' },
      { fulfilment: 'full', description: '20261204' },
    ]);
  });

  it('no further than the nearest block that has the segment; / begins at the top', () => {
    const segments = ['W06*F*D1', 'N9*LT*TOP', 'LX*1', 'W12*CC*1*1*0*EA', 'W12*CC*1*1*0*EA', 'N9*LT*OWN'];
    const map = (lot: string) =>
      compiled(map945(`  lines: { each: LX/W12, fulfilment: { at: 01, codes: fulfilment }, lot: ${lot} }\n`));
    assert.deepEqual(dataOf(map('N9(01=LT)02'), segments)[0]?.lines, [LINE, { ...LINE, lot: 'OWN' }]);
    assert.deepEqual(dataOf(map('/N9(01=LT)02'), segments)[0]?.lines, [
      { ...LINE, lot: 'TOP' },
      { ...LINE, lot: 'TOP' },
    ]);
  });

  it('and inwards through loops: the first that fits, in whichever loop it stands', () => {
    const map = compiled(map856('  shipment: { billOfLading: HL(S)/REF(01=BM)02, carrierName: HL(S)/N1(01=CA)02 }\n'));
    const document = [HEADER, 'HL*1**S', 'N1*SF*From', 'N1*CA*Carrier', 'HL*2**S', 'REF*BM*7'];
    assert.deepEqual(dataOf(map, document)[0]?.shipment, { billOfLading: '7', carrierName: 'Carrier' });
  });
});
