import assert from 'node:assert/strict';
import { type Format, HEAD_BYTES, identifyFormat } from '../../src/formats/identify.ts';
import { gs, isa, st } from '../edi/support/x12.ts';

const CASES: readonly (readonly [head: string, format: Format])[] = [
  [isa({}, gs('SH', st('856'))), 'x12'],
  ['\ufeff\r\n ISA*00*', 'x12'],
  ["UNA:+.? 'UNB+UNOA", 'edifact'],
  ["UNB+UNOA:1+A+B'", 'edifact'],
  ['<?xml version="1.0"?><a/>', 'xml'],
  [' \n<Shipment>', 'xml'],
  ['<!DOCTYPE a>', 'xml'],
  ['<!-- c --><a/>', 'xml'],
  ['<é/>', 'xml'],
  ['{"a":1}', 'json'],
  ['\ufeff { }', 'json'],
  ['[', 'json'],
  ['[ -1]', 'json'],
  ['[{', 'json'],
  ['a,b\n1,2\n', 'csv'],
  ['a;b;c\r\n1;2;3', 'csv'],
  ['ISA,b\n1,2', 'x12'],
  ['a|b\r1|2', 'csv'],
  ['sku;qty\nA1;1\n"B;2";2\nC3\n', 'csv'],
  ['Hello, Reno\nwe are late\n', 'unknown'],
  ['', 'unknown'],
  ['   ', 'unknown'],
  ['hello', 'unknown'],
  ['a,b', 'unknown'],
  ['{hello}', 'unknown'],
  ['[section]\na=1', 'unknown'],
  ['< 5', 'unknown'],
  ['From: a, b\nTo: c, d\nISA*00*', 'unknown'],
  ['From: a, b\nTo: c, d\nUNB+UNOA', 'unknown'],
  ['a,\u0001\nb,\u0002\n', 'unknown'],
  ['\u0089PNG\r\n\u001a\n', 'unknown'],
  ['PK\u0003\u0004', 'unknown'],
];

describe('identifyFormat', () => {
  for (const [head, format] of CASES) {
    it(`takes ${JSON.stringify(head.slice(0, 30))} for ${format}`, () => {
      assert.equal(identifyFormat(Buffer.from(head)), format);
    });
  }

  it('knows XML and CSV in UTF-16', () => {
    for (const [text, format] of [
      ['<a/>', 'xml'],
      ['\ufeff<a/>', 'xml'],
      ['\ufeffa\tb\n1\t2', 'csv'],
    ] as const) {
      assert.equal(identifyFormat(Buffer.from(text, 'utf16le')), format);
      assert.equal(identifyFormat(Buffer.from(text, 'utf16le').swap16()), format);
    }
  });

  it('needs the first bytes only, wherever they are cut', () => {
    for (let width = 1; width <= 16; width++) {
      const csv = Buffer.from(`${'a'.repeat(width)},b,c,d\n${'1,2,3,4\n'.repeat(2000)}`);
      assert.equal(identifyFormat(csv.subarray(0, HEAD_BYTES)), 'csv');
    }
  });
});
