import assert from 'node:assert/strict';
import { parseBlockReference, parseValueReference } from '../../src/mapping/reference.ts';

/** A value reference in short: top, steps, word, conditions, element, component, end of the span. */
function value(text: string): string {
  const parsed = parseValueReference(text);
  if ('fault' in parsed) return `fault: ${parsed.fault}`;
  const steps = parsed.steps.map(({ tag, conditions }) => tag + shown(conditions)).join(' > ');
  const target = [
    parsed.word || '-',
    shown(parsed.conditions),
    parsed.element ?? '-',
    parsed.component ?? '-',
    parsed.until ?? '-',
  ];
  return `${parsed.fromTop ? 'top ' : ''}[${steps}] ${target.filter((part) => part !== '').join(' ')}`;
}

function block(text: string): string {
  const parsed = parseBlockReference(text);
  if ('fault' in parsed) return `fault: ${parsed.fault}`;
  return `${parsed.fromTop ? 'top ' : ''}${parsed.steps.map(({ tag, conditions }) => tag + shown(conditions)).join(' > ')}`;
}

function shown(conditions: readonly { readonly element: string | null; readonly codes: readonly string[] }[]): string {
  if (conditions.length === 0) return '';
  return `{${conditions.map(({ element, codes }) => `${element ?? 'level'}:${codes.join(',')}`).join(' ')}}`;
}

describe('a reference to a value', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['BSN02', '[] BSN02 - - -'],
    ['N102', '[] N102 - - -'],
    ['02', '[] - 02 - -'],
    ['1154', '[] - 1154 - -'],
    ['REF(01=BM)02', '[] REF {01:BM} 02 - -'],
    ['N1(01=WH|SF)02', '[] N1 {01:WH,SF} 02 - -'],
    ['AT8(01=G&02=L)03', '[] AT8 {01:G 02:L} 03 - -'],
    ['LIN(235=UP)234', '[] LIN {235:UP} 234 - -'],
    ['MEA04-1', '[] MEA04 - 1 -'],
    ['REF(01=BM)04-2', '[] REF {01:BM} 04 2 -'],
    ['DTM02..04', '[] DTM02 - - 04'],
    ['DTM(01=011)02..04', '[] DTM {01:011} 02 - 04'],
    ['AT705..07', '[] AT705 - - 07'],
    ['05..07', '[] - 05 - 07'],
    ['DTM(2005=11)2380..2379', '[] DTM {2005:11} 2380 - 2379'],
    ['/L11(02=BM)01', 'top [] L11 {02:BM} 01 - -'],
    ['HL(S)/TD5(02=2)03', '[HL{level:S}] TD5 {02:2} 03 - -'],
    ['/HL(S)/N1(01=ST)/N401', 'top [HL{level:S} > N1{01:ST}] N401 - - -'],
    ['PAC/PCI/GIN(7405=BJ)7402', '[PAC > PCI] GIN {7405:BJ} 7402 - -'],
    ['NTE(01=A/B)02', '[] NTE {01:A/B} 02 - -'],
    ['N9(01=LI ITEM)02', '[] N9 {01:LI ITEM} 02 - -'],
  ];
  for (const [text, expected] of rows) it(`reads ${text}`, () => assert.equal(value(text), expected));

  const faults: readonly (readonly [string, string])[] = [
    ['', 'The reference is empty'],
    ['/', '"/" has an empty step'],
    ['HL(S)//TD503', 'has an empty step'],
    ['REF', 'names a segment but no element'],
    ['REF(01=BM)', 'names no element after the condition'],
    ['(01=BM)02', 'has a condition but no segment'],
    ['REF(BM)', 'names no element after the condition'],
    ['REF(01=)02', 'is not a condition'],
    ['REF(01=BM|)02', 'is not a condition'],
    ['REF(01=BM&)02', 'is not a condition'],
    ['REF(1=BM)02', 'is not a condition'],
    ['REF(01=BM02', 'is not a reference'],
    ['ref02', 'is not a reference'],
    ['REF 02', 'is not a reference'],
    ['REF-02', 'is not a reference'],
    ['BSN02..', 'is not a reference'],
    ['BSN02-0', 'is not a reference'],
    ['2', 'is not a reference'],
    ['hl(S)/TD503', 'is not a loop or segment'],
    ['HL(S/TD503', 'is not a'],
    ['A'.repeat(201), 'The reference is longer than 200'],
  ];
  for (const [text, fault] of faults) {
    it(`refuses ${text.slice(0, 20) || 'nothing'}`, () => assert.match(value(text), new RegExp(escaped(fault))));
  }
});

describe('a reference to a loop or segment', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['HL(O)', 'HL{level:O}'],
    ['HL(S|T)', 'HL{level:S,T}'],
    ['LX/AT7', 'LX > AT7'],
    ['/N1', 'top N1'],
    ['N1(01=ST)', 'N1{01:ST}'],
    ['LX/W12(01=CP|PR)', 'LX > W12{01:CP,PR}'],
    ['N1(01=ST&03=UL)', 'N1{01:ST 03:UL}'],
  ];
  for (const [text, expected] of rows) it(`reads ${text}`, () => assert.equal(block(text), expected));

  for (const text of ['', 'HL(', 'HL()', 'hl', 'H', 'HL(O)02', 'N102', 'N1 (01=ST)', 'LX//AT7']) {
    it(`refuses ${text || 'nothing'}`, () => assert.match(block(text), /^fault: /));
  }
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
