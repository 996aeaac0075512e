import type { Severity } from '../../edi/finding.ts';
import { type ConfigNode, entryOf, type MapNode, problem } from '../../util/config-tree.ts';
import type { Problem } from '../../util/problem.ts';
import { didYouMean } from '../../util/suggest.ts';
import { blockReference } from '../block-reference.ts';
import type { ReferenceSyntax } from '../reference-syntax.ts';
import { isPattern, PATTERNS } from './patterns.ts';
import type { Expectation, Range } from './types.ts';

const KEYS = ['at', 'of', 'each', 'required', 'codes', 'length', 'pattern', 'count', 'severity'];
const SEVERITIES: readonly Severity[] = ['note', 'accepted-with-errors', 'rejected'];
const EXAMPLE = 'Write it like { at: HL(S)/REF(01=BM)02, required: yes } or { each: HL(S), of: HL(O), count: 1..5 }.';

/** Reads `expect:` of a map or overlay. */
export function parseExpectations(
  node: ConfigNode | undefined,
  syntax: ReferenceSyntax,
  problems: Problem[],
): readonly Expectation[] {
  if (node === undefined) return [];
  if (node.kind !== 'list') {
    problems.push(problem(node.at, 'EXPECT_SHAPE', '"expect" must be a list.', EXAMPLE));
    return [];
  }
  return node.items.flatMap((item) => {
    const expectation = item.kind === 'map' ? parseOne(item, syntax, problems) : shapeProblem(item, problems);
    return expectation === null ? [] : [expectation];
  });
}

function shapeProblem(node: ConfigNode, problems: Problem[]): null {
  problems.push(problem(node.at, 'EXPECT_SHAPE', 'This is no expectation.', EXAMPLE));
  return null;
}

function parseOne(node: MapNode, syntax: ReferenceSyntax, problems: Problem[]): Expectation | null {
  const before = problems.length;
  for (const { key, keyAt } of node.entries) {
    if (KEYS.includes(key)) continue;
    problems.push(problem(keyAt, 'EXPECT_WORD', `"${key}" is no key of an expectation.`, didYouMean(key, KEYS)));
  }
  const eachNode = entryOf(node, 'each')?.value;
  const each = eachNode === undefined ? null : blockReference(eachNode, syntax, problems);
  const severity = choiceOf(node, 'severity', SEVERITIES, problems) ?? 'rejected';
  const at = entryOf(node, 'at')?.value;
  const of = entryOf(node, 'of')?.value;
  if ((at === undefined) === (of === undefined)) return shapeProblem(node, problems);
  const base = { at: node.at, each, severity };
  if (of !== undefined) {
    const block = blockReference(of, syntax, problems);
    const count = rangeOf(node, 'count', problems);
    if (count === null && problems.length === before)
      problems.push(problem(node.at, 'EXPECT_SHAPE', '"of" wants "count".', EXAMPLE));
    return block === null || count === null || problems.length > before
      ? null
      : { ...base, kind: 'count', of: block, count };
  }
  const reference = at?.kind === 'text' ? syntax.value(at.value) : { fault: 'A reference is wanted here' };
  if (at === undefined || 'fault' in reference) {
    const fault = 'fault' in reference ? reference.fault : '';
    problems.push(problem(at?.at ?? node.at, 'MAP_REFERENCE', `${fault}.`, EXAMPLE));
    return null;
  }
  const element = {
    required: choiceOf(node, 'required', ['yes', 'no'] as const, problems) === 'yes',
    codes: textsOf(node, 'codes', problems),
    length: rangeOf(node, 'length', problems),
    pattern: patternOf(node, problems),
  };
  const demands = element.required || element.codes !== null || element.length !== null || element.pattern !== null;
  if (!demands && problems.length === before)
    problems.push(problem(node.at, 'EXPECT_SHAPE', 'The line demands nothing.', EXAMPLE));
  return problems.length > before
    ? null
    : { ...base, kind: 'element', reference: { at: at.at, value: reference }, ...element };
}

function choiceOf<Choice extends string>(
  node: MapNode,
  key: string,
  choices: readonly Choice[],
  problems: Problem[],
): Choice | null {
  const value = entryOf(node, key)?.value;
  if (value === undefined) return null;
  const choice = value.kind === 'text' ? choices.find((each) => each === value.value) : undefined;
  if (choice === undefined) {
    const what = `"${key}" is none of ${choices.join(', ')}.`;
    problems.push(problem(value.at, 'EXPECT_VALUE', what, `Write one of them.`));
  }
  return choice ?? null;
}

function textsOf(node: MapNode, key: string, problems: Problem[]): readonly string[] | null {
  const value = entryOf(node, key)?.value;
  if (value === undefined) return null;
  const items = value.kind === 'list' ? value.items : [value];
  const texts = items.flatMap((item) => (item.kind === 'text' && item.value !== '' ? [item.value] : []));
  if (texts.length === items.length && texts.length > 0) return texts;
  problems.push(problem(value.at, 'EXPECT_VALUE', `"${key}" is no list of codes.`, 'Write them as [ A, B ].'));
  return null;
}

/** `4..10`, `4..` or `4`. */
function rangeOf(node: MapNode, key: string, problems: Problem[]): Range | null {
  const value = entryOf(node, key)?.value;
  if (value === undefined) return null;
  const [, from, dots, to] =
    (value.kind === 'text' ? /^(\d{1,7})(?:(\.\.)(\d{1,7})?)?$/.exec(value.value) : null) ?? [];
  const least = Number(from);
  const most = dots === undefined ? least : to === undefined ? Number.POSITIVE_INFINITY : Number(to);
  if (from !== undefined && least <= most) return { least, most };
  problems.push(problem(value.at, 'EXPECT_VALUE', `"${key}" is no range.`, 'Write 4..10, 1.. or 5.'));
  return null;
}

function patternOf(node: MapNode, problems: Problem[]): keyof typeof PATTERNS | null {
  const value = entryOf(node, 'pattern')?.value;
  if (value === undefined) return null;
  if (value.kind === 'text' && isPattern(value.value)) return value.value;
  const name = value.kind === 'text' ? value.value : '';
  problems.push(
    problem(value.at, 'EXPECT_VALUE', `There is no pattern "${name}".`, didYouMean(name, Object.keys(PATTERNS))),
  );
  return null;
}
