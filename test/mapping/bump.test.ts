import assert from 'node:assert/strict';
import { type Bump, bumped, bumpOf, type ReleaseDifference } from '../../src/mapping/bump.ts';
import type { FileComparison } from '../../src/mapping/trials/event-comparison.ts';

const SIDE = { text: 'W0502', at: { file: 'm.yaml', line: 1, column: 1 } };
const SAME: ReleaseDifference = { rules: [], types: { before: ['t'], after: ['t'] }, files: [], written: [] };

function file(part: Partial<FileComparison>): FileComparison {
  return { file: 'f.edi', fields: [], findings: { before: [], after: [] }, events: { before: 1, after: 1 }, ...part };
}

describe('The smallest honest bump', () => {
  const rows: readonly (readonly [what: string, difference: Partial<ReleaseDifference>, bump: Bump | null])[] = [
    ['nothing', {}, null],
    ['a field that is gone', { rules: [{ name: 'a', before: SIDE, after: null }] }, 'major'],
    ['another document', { rules: [{ name: 'document', before: SIDE, after: SIDE }] }, 'major'],
    ['a type that is made no more', { types: { before: ['t', 'u'], after: ['t'] } }, 'major'],
    [
      'a value that is another',
      { files: [file({ fields: [{ pointer: '/0/data/a', before: 1, after: 2 }] })] },
      'major',
    ],
    ['a document that makes no event any more', { files: [file({ events: { before: 1, after: 0 } })] }, 'major'],
    ['a finding that was not given', { files: [file({ findings: { before: [], after: ['X'] } })] }, 'major'],
    ['a document written otherwise', { written: [{ pointer: '/0/1', before: 'a', after: 'b' }] }, 'major'],
    ['a field that is added', { rules: [{ name: 'a', before: null, after: SIDE }] }, 'minor'],
    ['a type that is made too', { types: { before: ['t'], after: ['t', 'u'] } }, 'minor'],
    [
      'a value where there was none',
      { files: [file({ fields: [{ pointer: '/0/data/a', before: undefined, after: 2 }] })] },
      'minor',
    ],
    ['a document that says more', { written: [{ pointer: '/0/1', before: undefined, after: 'b' }] }, 'minor'],
    ['a rule that changes no event', { rules: [{ name: 'a', before: SIDE, after: SIDE }] }, 'patch'],
    [
      'a constant that no document had room for',
      { rules: [{ name: 'write W0601', before: SIDE, after: null }] },
      'patch',
    ],
    ['a finding that is given no more', { files: [file({ findings: { before: ['X'], after: [] } })] }, 'patch'],
  ];
  for (const [what, difference, bump] of rows) {
    it(`of ${what} is ${bump ?? 'none'}`, () => assert.equal(bumpOf({ ...SAME, ...difference })?.bump ?? null, bump));
  }

  it('counts the version up', () => {
    assert.deepEqual(
      (['major', 'minor', 'patch'] as const).map((bump) => bumped('1.9.2', bump)),
      ['2.0.0', '1.10.0', '1.9.3'],
    );
  });
});
