import { strict as assert } from 'node:assert';
import { byteClasses, valueFault } from '../../../src/edi/check/value.ts';
import type { Delimiters } from '../../../src/edi/delimiters.ts';
import type { ElementDefinition, ElementType } from '../../../src/edi/dictionary/types.ts';

const X12: Delimiters = { element: 0x2a, component: 0x3a, repetition: null, segment: 0x7e, release: null };
const EDIFACT: Delimiters = { element: 0x2b, component: 0x3a, repetition: null, segment: 0x27, release: 0x3f };

function element(type: ElementType, min: number, max: number, codes?: readonly string[]): ElementDefinition {
  return { number: '1', type, decimals: 0, min, max, codes: codes && new Set(codes) };
}

const name = element('AN', 1, 5);
const quantity = element('R', 1, 5);
const count = element('N', 1, 3);
const day = element('DT', 8, 8);
const shortDay = element('DT', 6, 6);
const time = element('TM', 4, 8);
const purpose = element('ID', 2, 2, ['00', '05']);
const open = element('ID', 2, 3);

type Row = readonly [string, ElementDefinition, string | null];

function check(text: string, definition: ElementDefinition, delimiters = X12, shortDates = false): string | null {
  const bytes = Buffer.from(text);
  const rules = { classes: byteClasses(delimiters).strict, release: delimiters.release, shortDates };
  return valueFault(bytes, 0, bytes.length, definition, rules);
}

describe('A value', () => {
  const rows: readonly Row[] = [
    ['A', name, null],
    ['A B&c', name, null],
    ['ABCDEF', name, 'ELEMENT_TOO_LONG'],
    ['Zürrr', name, null],
    ['Zürich', name, 'ELEMENT_TOO_LONG'],
    ['A\tB', name, 'ELEMENT_CHARACTER'],
    ['A\u007fB', name, 'ELEMENT_CHARACTER'],
    ['A:B', name, 'ELEMENT_CHARACTER'],
    ['00', purpose, null],
    ['01', purpose, 'ELEMENT_CODE'],
    ['0', purpose, 'ELEMENT_TOO_SHORT'],
    ['XY', open, null],
    ['123', count, null],
    ['-123', count, null],
    ['1234', count, 'ELEMENT_TOO_LONG'],
    ['1.2', count, 'ELEMENT_CHARACTER'],
    ['-', count, 'ELEMENT_CHARACTER'],
    ['12.50', quantity, null],
    ['-123.45', quantity, null],
    ['.75', quantity, null],
    ['12.', quantity, null],
    ['+5', quantity, 'ELEMENT_CHARACTER'],
    ['1E3', quantity, 'ELEMENT_CHARACTER'],
    ['1.2.3', quantity, 'ELEMENT_CHARACTER'],
    ['1,5', quantity, 'ELEMENT_CHARACTER'],
    ['123456', quantity, 'ELEMENT_TOO_LONG'],
    ['.', quantity, 'ELEMENT_CHARACTER'],
    ['20240229', day, null],
    ['20230229', day, 'ELEMENT_DATE'],
    ['19000229', day, 'ELEMENT_DATE'],
    ['20240431', day, 'ELEMENT_DATE'],
    ['20241301', day, 'ELEMENT_DATE'],
    ['20240100', day, 'ELEMENT_DATE'],
    ['2024010A', day, 'ELEMENT_DATE'],
    ['240101', day, 'ELEMENT_TOO_SHORT'],
    ['202401011', day, 'ELEMENT_TOO_LONG'],
    ['240229', shortDay, null],
    ['230229', shortDay, 'ELEMENT_DATE'],
    ['0000', time, null],
    ['2359', time, null],
    ['235959', time, null],
    ['23595999', time, null],
    ['2400', time, 'ELEMENT_TIME'],
    ['1260', time, 'ELEMENT_TIME'],
    ['120060', time, 'ELEMENT_TIME'],
    ['12000', time, 'ELEMENT_TIME'],
    ['12:0', time, 'ELEMENT_TIME'],
    ['120', time, 'ELEMENT_TOO_SHORT'],
    ['\u0000', element('B', 1, 9), null],
  ];
  for (const [text, definition, expected] of rows) {
    it(`${JSON.stringify(text)} as ${definition.type} ${definition.min} ${definition.max}: ${expected ?? 'right'}`, () => {
      assert.equal(check(text, definition), expected);
    });
  }

  it('may be a short date where releases before 004010 wrote one', () => {
    assert.equal(check('240101', day, X12, true), null);
    assert.equal(check('241301', day, X12, true), 'ELEMENT_DATE');
  });

  const numbers: readonly (readonly [text: string, expected: string | null])[] = [
    ['12,5', null],
    ['12.5', null],
    ['-0,5', null],
    ['007', null],
    [',5', 'ELEMENT_DECIMAL'],
    ['-.5', 'ELEMENT_DECIMAL'],
    ['12.', 'ELEMENT_DECIMAL'],
    ['123456.', 'ELEMENT_TOO_LONG'],
    ['1,234.5', 'ELEMENT_CHARACTER'],
    ['1.2.3', 'ELEMENT_CHARACTER'],
    [',', 'ELEMENT_CHARACTER'],
    ['5-', 'ELEMENT_CHARACTER'],
    ['1E3', 'ELEMENT_CHARACTER'],
    ['1 5', 'ELEMENT_CHARACTER'],
  ];
  for (const [text, expected] of numbers) {
    it(`${text} as a number of EDIFACT, whose decimal mark is a point or comma between digits: ${expected ?? 'right'}`, () => {
      assert.equal(check(text, quantity, EDIFACT), expected);
    });
  }

  it('is as long as its characters, release characters not counted', () => {
    const bytes = Buffer.from('A?+B?:C');
    const rules = { classes: byteClasses(EDIFACT).cut, release: EDIFACT.release, shortDates: false };
    assert.equal(valueFault(bytes, 0, bytes.length, name, rules), null);
  });
});
