import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNumber, writeNumber } from '../../src/mapping/numbers.ts';

describe('numbers of documents', () => {
  const read: readonly (readonly [string, number, number | undefined])[] = [
    ['.75', 0, 0.75],
    ['10.250', 0, 10.25],
    ['12.', 0, 12],
    ['007', 0, 7],
    ['-3', 0, -3],
    ['+3', 0, 3],
    ['-0', 0, 0],
    ['0', 0, 0],
    ['12345', 2, 123.45],
    ['5', 2, 0.05],
    ['-5', 2, -0.05],
    ['12.5', 2, 12.5],
    ['999999999999999', 0, 999999999999999],
    ['0000000000000000001', 0, 1],
    ['1234567890123456', 0, undefined],
    ['0.1234567890123456', 0, undefined],
    ['1E3', 0, undefined],
    ['1,5', 0, 1.5],
    ['1,000,000', 0, undefined],
    ['1.2.3', 0, undefined],
    ['.', 0, undefined],
    ['-', 0, undefined],
    ['', 0, undefined],
    ['12 ', 0, undefined],
    ['0x10', 0, undefined],
    ['Infinity', 0, undefined],
  ];
  for (const [text, decimals, expected] of read) {
    it(`reads "${text}" with ${decimals} implied decimals as ${expected ?? 'nothing'}`, () => {
      assert.equal(readNumber(text, decimals), expected);
    });
  }

  const written: readonly (readonly [number, number, string | undefined])[] = [
    [0.75, 0, '0.75'],
    [10.25, 0, '10.25'],
    [12, 0, '12'],
    [123.45, 2, '12345'],
    [0.05, 2, '5'],
    [-0.05, 2, '-5'],
    [0, 2, '0'],
    [1.234, 2, undefined],
    [1e21, 0, undefined],
    [1e-7, 0, undefined],
    [0.1 + 0.2, 0, undefined],
    [-0, 0, undefined],
    [Number.NaN, 0, undefined],
  ];
  for (const [value, decimals, expected] of written) {
    it(`writes ${value} with ${decimals} implied decimals as ${expected ?? 'nothing'}`, () => {
      assert.equal(writeNumber(value, decimals), expected);
    });
  }

  it('reads back every number it writes', () => {
    const values = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.double({ min: -1e6, max: 1e6 }),
      fc.nat(99_999).map((n) => n / 100),
    );
    fc.assert(
      fc.property(values, fc.nat(4), (value, decimals) => {
        const text = writeNumber(value, decimals);
        if (text !== undefined) assert.equal(readNumber(text, decimals), value);
      }),
    );
  });

  it('writes every number it reads, so that it reads the same again', () => {
    const texts = fc.stringMatching(/^-?\d{1,9}(\.\d{0,5})?$/);
    fc.assert(
      fc.property(texts, (text) => {
        const value = readNumber(text, 0);
        assert(value !== undefined);
        assert.equal(readNumber(writeNumber(value, 0) ?? '', 0), value);
      }),
    );
  });
});
