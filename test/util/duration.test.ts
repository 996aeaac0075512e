import assert from 'node:assert/strict';
import { parseDuration } from '../../src/util/duration.ts';

describe('a duration', () => {
  const CASES: readonly (readonly [string, number | null])[] = [
    ['1s', 1_000],
    ['30s', 30_000],
    ['1m', 60_000],
    ['4h', 14_400_000],
    ['2d', 172_800_000],
    ['0s', null],
    ['1', null],
    ['s', null],
    ['1.5h', null],
    ['1 h', null],
    ['-1s', null],
    ['1M', null],
    ['9999999s', null],
    ['1h30m', null],
  ];
  for (const [text, expected] of CASES) {
    it(`${text} is ${expected === null ? 'none' : `${expected} ms`}`, () => {
      assert.equal(parseDuration(text), expected);
    });
  }
});
