import assert from 'node:assert/strict';
import { matchesPattern } from '../../src/transports/pattern.ts';

describe('a file pattern', () => {
  const CASES: readonly (readonly [string, string, boolean])[] = [
    ['*.edi', 'a.edi', true],
    ['*.edi', '.edi', true],
    ['*.edi', 'a.edi.bak', false],
    ['*.edi', 'a.EDI', false],
    ['*', '', true],
    ['*', 'anything at all', true],
    ['856_*_?.x12', '856_acme_1.x12', true],
    ['856_*_?.x12', '856_acme_10.x12', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['**', 'x', true],
    ['?', 'é', true],
    ['?', '😀', true],
    ['a.c', 'abc', false],
    ['(a|b)+', 'a', false],
    ['', '', true],
    ['', 'a', false],
  ];
  for (const [pattern, name, expected] of CASES) {
    it(`"${pattern}" ${expected ? 'means' : 'does not mean'} "${name}"`, () => {
      assert.equal(matchesPattern(name, pattern), expected);
    });
  }

  it('is answered at once, however it is made', () => {
    assert.equal(matchesPattern('a'.repeat(255), `${'*a'.repeat(120)}b`), false);
  });
});
