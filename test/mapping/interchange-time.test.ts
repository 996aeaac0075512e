import assert from 'node:assert/strict';
import { interchangeTime } from '../../src/mapping/translate.ts';

describe('when an interchange was made', () => {
  const CASES: readonly (readonly [string, string, string | null])[] = [
    ['261204', '1030', '2026-12-04T10:30:00'],
    ['20261204', '103059', '2026-12-04T10:30:00'],
    ['991231', '2359', '1999-12-31T23:59:00'],
    ['260230', '1030', null],
    ['261204', '2400', null],
    ['261204', '1060', null],
    ['', '', null],
  ];
  for (const [date, time, expected] of CASES) {
    it(`is ${expected ?? 'unknown'} where it says ${date || 'nothing'} ${time}`, () => {
      assert.equal(interchangeTime({ date, time }), expected);
    });
  }
});
