import { problem } from '../util/config-tree.ts';
import type { Place, Problem } from '../util/problem.ts';
import { homeOf, pairTest, type ResolvedValue } from './resolve-value.ts';
import type { Block, Test } from './scope.ts';

/**
 * Remembers which rule claims which cell (a place of a segment in a block), so that two rules on one cell, and a tag used
 * both bare and with a condition in one block, are found at load: reading would take one segment, writing make two.
 */
export interface Cells {
  claim(at: Place, rule: object, value: ResolvedValue, also: boolean): void;
}

export function createCells(problems: Problem[]): Cells {
  const claimed = new Map<string, { readonly rule: object; readonly at: Place }>();
  const uses = new Map<string, { readonly bare: boolean; readonly at: Place }>();
  return {
    claim(at, rule, value, also) {
      const home = homeOf(value);
      const tests = [...home.tests, ...(value.pair === null ? [] : [pairTest(value.pair)])];
      const segment = `${blockKey(home.block)}/${value.definition.tag}`;
      if (!checkUse(uses, segment, value, at, problems) || also) return;
      for (const { position, component } of value.places) {
        const key = `${segment}${testsKey(tests)}${value.pair === null ? position : 'pair'}-${component ?? ''}`;
        const other = claimed.get(key);
        if (other === undefined) claimed.set(key, { rule, at });
        else if (other.rule !== rule) {
          const text = value.pair === null ? `${value.definition.tag}${String(position).padStart(2, '0')}` : value.text;
          const what = `${text} is read by another rule too (${other.at.file}:${other.at.line}).`;
          problems.push(problem(at, 'MAP_CELL', what, 'Write "also:" at one of the two, or take one away.'));
        }
      }
    },
  };
}

/** False for a tag bare and with a condition on its segment, in one block. */
function checkUse(
  uses: Map<string, { readonly bare: boolean; readonly at: Place }>,
  key: string,
  value: ResolvedValue,
  at: Place,
  problems: Problem[],
): boolean {
  if (value.tag === null) return true;
  const bare = value.tests.length === 0;
  const other = uses.get(key);
  if (other === undefined) uses.set(key, { bare, at });
  if (other === undefined || other.bare === bare) return true;
  const what = `${value.tag} is used with a condition and without one in the same block (${other.at.file}:${other.at.line}).`;
  problems.push(problem(at, 'MAP_BARE_AND_CONDITIONAL', what, 'Write the condition at both, or at neither.'));
  return false;
}

/** The way to a block as text; equal for the same block entered from two rules. */
export function blockKey(block: Block): string {
  if (block.parent === null) return '';
  return `${blockKey(block.parent)}/${block.segment?.tag ?? block.loop.name}${testsKey(block.conditions)}`;
}

/** Tests as text; equal for the same tests in any order. */
export function testsKey(tests: readonly Test[]): string {
  const texts = tests.map(
    ({ positions, component, codes, not }) =>
      `${positions.join(',')}-${component ?? ''}${not ? '!=' : '='}${codes.join('|')}`,
  );
  return `(${texts.sort().join('&')})`;
}
