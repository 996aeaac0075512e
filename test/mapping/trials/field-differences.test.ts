import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../../src/events/types.ts';
import { fieldDifferences } from '../../../src/mapping/trials/field-differences.ts';

/** `pointer: before → after`, as JSON. */
function told(before: Json, after: Json): readonly string[] {
  return fieldDifferences(before, after).map(
    ({ pointer, before: left, after: right }) =>
      `${pointer}: ${JSON.stringify(left) ?? 'nothing'} → ${JSON.stringify(right) ?? 'nothing'}`,
  );
}

describe('Differences of events', () => {
  const rows: readonly (readonly [what: string, before: Json, after: Json, told: readonly string[]])[] = [
    ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ['a value', { a: { b: 1 } }, { a: { b: 2 } }, ['/a/b: 1 → 2']],
    ['a field that is added, one that is removed', { a: 1 }, { b: 1 }, ['/a: 1 → nothing', '/b: nothing → 1']],
    ['an entry put in between', [1, 2, 3], [1, 9, 2, 3], ['/1: nothing → 9']],
    ['two entries put in between', [1, 2, 3], [1, 8, 2, 9, 3], ['/1: nothing → 8', '/3: nothing → 9']],
    ['an entry taken away', [1, 2, 3], [1, 3], ['/1: 2 → nothing']],
    ['a field of an entry', [{ a: 1 }, { a: 2 }, { a: 3 }], [{ a: 1 }, { a: 5 }, { a: 3 }], ['/1/a: 2 → 5']],
    ['another kind of value', { a: [1] }, { a: { b: 1 } }, ['/a: [1] → {"b":1}']],
  ];
  for (const [what, before, after, expected] of rows) {
    it(`tell ${what}`, () => assert.deepEqual(told(before, after), expected));
  }

  it('are none exactly where two lists are equal, and name each entry that only one has', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const found = fieldDifferences(before, after);
        assert.equal(found.length === 0, JSON.stringify(before) === JSON.stringify(after));
        const [gone, come] = [
          found.filter((one) => one.after === undefined),
          found.filter((one) => one.before === undefined),
        ];
        assert.equal(before.length - gone.length, after.length - come.length);
      }),
    );
  });
});
