import assert from 'node:assert/strict';
import { structure } from '../support/documents.ts';
import { compiled, map214, map856, shippedMap } from '../support/maps.ts';

const HEADER = 'BSN*00*S1*20261204*1030';

function unread(rules: string, ...segments: readonly string[]): readonly string[] {
  return compiled(map856(rules)).unread(structure('856', [HEADER, ...segments]));
}

describe('what no rule reads', () => {
  const date = '  createdAt: { at: BSN03..04, as: datetime }\n';

  it('is nothing, when every element was read', () => assert.deepEqual(unread(date), []));

  it('is listed as elements of a segment that was read in part', () => {
    assert.deepEqual(unread('', 'HL*1**S'), ['BSN03', 'BSN04']);
  });

  it('is listed as a whole segment, with its qualifier where it has one', () => {
    const rules = `${date}  shipment: { in: HL(S), billOfLading: REF(01=BM)02 }\n`;
    const segments = [
      'HL*1**S',
      'MEA*PD*G*5*LB',
      'REF*BM*1',
      'REF*IV*2',
      'PID*F****Green chairs',
      'N1*ST*Depot',
      'N4*Reno',
    ];
    assert.deepEqual(unread(rules, ...segments), ['MEA(01=PD)', 'REF(01=IV)', 'PID(01=F)', 'N1(01=ST)', 'N4']);
  });

  it('has the qualifier that the rules look at, wherever it stands', () => {
    const map = compiled(
      map214('  proNumber: B1001\n  shipmentId: B1002\n  scac: B1003\n  billOfLading: /L11(02=BM)01\n'),
    );
    const segments = ['B10*1*2*ABCD', 'L11*77*BM', 'L11*88*IV', 'LX*1', 'AT7*D1'];
    assert.deepEqual(map.unread(structure('214', segments)), ['L11(02=IV)']);
  });

  it('is each thing once, in the order of the document', () => {
    const segments = ['HL*1**S', 'REF*IV*1', 'MEA*PD*G*5*LB', 'REF*IV*2', 'MEA*PD*G*6*LB'];
    assert.deepEqual(unread(`${date}  shipment: { in: HL(S), trailer: TD303 }\n`, ...segments), [
      'REF(01=IV)',
      'MEA(01=PD)',
    ]);
  });

  it('is the second of two segments, where a rule reads one', () => {
    const segments = ['HL*1**S', 'REF*BM*1', 'REF*BM*2'];
    assert.deepEqual(unread(`${date}  shipment: { in: HL(S), billOfLading: REF(01=BM)02 }\n`, ...segments), [
      'REF(01=BM)',
    ]);
  });

  it('is a pair of a qualifier that no rule names', () => {
    const rules = `${date}  orders: { in: HL(S), each: HL(O), items: { each: HL(I), sku: LIN(235=SK)234 } }\n`;
    const segments = ['HL*1**S', 'HL*2*1*O', 'HL*3*2*I', 'LIN**SK*A1*CB*B1'];
    assert.deepEqual(unread(rules, ...segments), ['LIN04', 'LIN05']);
  });

  it('is a segment of a level that no rule enters', () => {
    const rules = `${date}  shipment: { in: HL(S), trailer: TD303 }\n`;
    assert.deepEqual(unread(rules, 'HL*1**S', 'TD3*TL**T1', 'HL*2*1*O', 'PRF*PO1'), ['TD301', 'PRF']);
  });

  it('does not count what only the wire needs: envelope, counters, totals, constants of `write`', () => {
    const map = compiled(
      map856(
        `${date}  shipment: { in: HL(S), scac: TD5(02=2)03, write: { TD5(02=2)01: B } }\n`,
        'write: { BSN05: 0001 }\n',
      ),
    );
    const segments = ['BSN*00*S1*20261204*1030*0001', 'HL*1**S*1', 'TD5*B*2*ABCD', 'CTT*1'];
    assert.deepEqual(map.unread(structure('856', segments)), []);
  });

  it('counts a segment that stands where the set does not want it', () => {
    assert.deepEqual(unread(date, 'W06*F*1', 'HL*1**S'), ['W06(01=F)']);
  });

  it('does not stumble over tags that are words of the program', () => {
    assert.deepEqual(unread(date, 'constructor*1', 'HL*1**S'), ['constructor']);
  });

  it('is little of a full document with a shipped map', () => {
    const segments = [
      'W06*F*ORD1*20261204*SHP1**PO1',
      'N1*ST*Depot*92*7',
      'N3*Dock 1',
      'N4*Reno*NV*89501*US',
      'N9*BM*BOL1',
      'G62*11*20261204',
      'NTE*GEN*Fragile',
      'W27*M*ABCD*Fast Freight*PP',
      'LX*1',
      'MAN*GM*00012345678905',
      'W12*CC*5*5*0*EA**UP*036000291452',
      'G69*Green chair',
      'W20*5*5*EA',
      'W03*5*50*LB',
    ];
    assert.deepEqual(shippedMap('x12/945@1.0.0').unread(structure('945', segments)), ['W20']);
  });
});
