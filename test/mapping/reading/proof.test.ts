import assert from 'node:assert/strict';
import { dataOf, message, read } from '../support/documents.ts';
import { compiled, map856, map945, mapDesadv, shippedMap } from '../support/maps.ts';

const HEADER = 'BSN*00*S1*20261204*1030';

/** Whether the map of these rules vouches for the event of this document. */
function vouched(text: string, segments: readonly string[], codes: Readonly<Record<string, string>> = {}): boolean {
  const { events, findings } = read(compiled(text, { codes }), segments);
  assert.deepEqual([findings, events.length], [[], 1]);
  return events[0]?.keepsSchema === true;
}

describe('events that keep their schema whatever the document says', () => {
  it('are those of the ship notice that comes with the gateway', () => {
    const { events } = read(shippedMap('x12/856@1.0.0'), [HEADER, 'HL*1**S', 'TD5*B*2*ABCD']);
    assert.equal(events[0]?.keepsSchema, true);
  });

  it('are not those of a table whose meaning has a blank at an end', () => {
    const rules = map856('  shipment: { in: HL(S), mode: { at: TD504, codes: odd } }\n');
    const document = [HEADER, 'HL*1**S', 'TD5**2*ABCD*M'];
    assert.equal(vouched(rules, document, { odd: 'codes: odd\nx12: { M: "road " }\n' }), false);
    assert.equal(vouched(rules, document, { odd: 'codes: odd\nx12: { M: road, else: " " }\n' }), false);
    assert.equal(vouched(rules, document, { odd: 'codes: odd\nx12: { M: road, else: keep }\n' }), true);
  });

  it('are not those of a required field that a rule only writes', () => {
    const lines = (word: string): string =>
      map945(`  lines: { each: LX/W12, sku: W1208, fulfilment: { at: W1201, codes: fulfilment${word} } }\n`);
    const document = ['W06*F*D1', 'LX*1', 'W12*CC*5*5**EA**VN*SKU1'];
    assert.equal(vouched(lines(''), document), true);
    assert.equal(vouched(lines(', only: write'), document), false);
  });

  it('are not those of lines put together by a key that a line may lack', () => {
    const rules = '  orders: { in: HL(S), each: HL(I), per: { purchaseOrder: PRF01 }, depositorOrder: REF02 }\n';
    assert.equal(vouched(map856(rules), [HEADER, 'HL*1**S', 'HL*2*1*I', 'PRF*PO1']), false);
  });

  it('are not those of a message in which a blank at an end may be released', () => {
    const map = compiled(mapDesadv('  shipment: { billOfLading: RFF(1153=BM)1154 }\n'));
    const { events } = map.read(message('DESADV', ['BGM+351+DES1+9', 'RFF+BM:? 2']));
    assert.deepEqual(
      [events[0]?.data, events[0]?.keepsSchema],
      [{ adviceNumber: 'DES1', shipment: { billOfLading: ' 2' } }, false],
    );
  });

  it('have texts without the blanks that a document pads them with', () => {
    const map = compiled(map856('  shipment: { in: HL(S), scac: TD503, seals: { all: TD309 } }\n'));
    const data = dataOf(map, [HEADER, 'HL*1**S', 'TD5*B*2* AB\u00a0', 'TD3*TL*******  ']);
    assert.deepEqual(data, [{ adviceNumber: 'S1', shipment: { scac: 'AB' } }]);
  });
});
