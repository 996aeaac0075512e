import { type ConfigEntry, type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { nearest } from '../util/suggest.ts';
import { blockReference } from './block-reference.ts';
import type { ValueReference } from './reference.ts';
import type { ReferenceSyntax } from './reference-syntax.ts';
import type { Direction, FieldRule, Located, Rule, ValueRule, WriteRule } from './rules.ts';
import { isWord, VALUE_WORDS, WORDS } from './vocabulary.ts';

const BESIDE_VALUE = [...VALUE_WORDS, 'as', 'codes', 'only'];

/** A rule at a node; null (and problems) when it is none. */
export function parseRule(node: ConfigNode, syntax: ReferenceSyntax, problems: Problem[]): Rule | null {
  if (node.kind === 'text') {
    const parts = valueReferences(node, syntax, problems);
    return parts.length === 0 ? null : plainValue(node, parts);
  }
  if (node.kind === 'list') {
    const parts = valueReferences(node, syntax, problems);
    return parts.length === 0 ? null : plainValue(node, parts);
  }
  // A part that could not be laid in is a problem already; without its rules nothing can be said of the block.
  if (entryOf(node, 'use') !== undefined) return null;
  const words = node.entries.filter(({ key }) => VALUE_WORDS.includes(key));
  if (words.length > 0) return parseValueRule(node, words, syntax, problems);
  const lonely = node.entries.find(({ key }) => key === 'as' || key === 'codes');
  if (lonely === undefined) return parseBlockRule(node, syntax, problems);
  const what = `"${lonely.key}" stands here without a value.`;
  problems.push(problem(lonely.keyAt, 'MAP_WORD', what, 'Write "at:" with the reference beside it.'));
  return null;
}

function plainValue(node: ConfigNode, parts: readonly Located<ValueReference>[]): ValueRule {
  return { kind: 'value', at: node.at, parts, also: false, as: null, codes: null, only: 'both' };
}

function parseValueRule(
  node: MapNode,
  words: readonly ConfigEntry[],
  syntax: ReferenceSyntax,
  problems: Problem[],
): Rule | null {
  for (const { key, keyAt } of node.entries) {
    if (BESIDE_VALUE.includes(key)) continue;
    const what = isWord(key)
      ? `"${key}" cannot stand beside "${words[0]?.key}".`
      : `The field "${key}" cannot stand beside "${words[0]?.key}".`;
    problems.push(problem(keyAt, 'MAP_WORD', what, `Beside "${words[0]?.key}" only as, codes and only may stand.`));
  }
  const [word, second] = words;
  if (word === undefined) return null;
  if (second !== undefined) {
    problems.push(
      problem(
        second.keyAt,
        'MAP_WORD',
        `"${second.key}" and "${word.key}" say the same thing twice.`,
        'Keep one of them.',
      ),
    );
    return null;
  }
  const as = textOf(node, 'as', problems);
  const codes = textOf(node, 'codes', problems);
  const only = directionOf(node, problems);
  if (word.key === 'either') return parseEither(node, word, syntax, problems);
  const parts = valueReferences(word.value, syntax, problems);
  const [reference] = parts;
  if (reference === undefined) return null;
  if (word.key !== 'all') return { kind: 'value', at: node.at, parts, also: word.key === 'also', as, codes, only };
  if (parts.length > 1) {
    problems.push(
      problem(
        word.keyAt,
        'MAP_WORD',
        '"all" takes one reference.',
        'Write a span such as N301..02, or several fields.',
      ),
    );
  }
  return { kind: 'all', at: node.at, reference, as, codes, only };
}

function parseEither(node: MapNode, word: ConfigEntry, syntax: ReferenceSyntax, problems: Problem[]): Rule | null {
  if (word.value.kind !== 'list' || word.value.items.length < 2) {
    problems.push(
      problem(
        word.value.at,
        'MAP_WORD',
        '"either" wants two rules or more.',
        'Write a list, as in either: [ PRF01, REF(01=PO)02 ].',
      ),
    );
    return null;
  }
  const as = textOf(node, 'as', problems);
  const codes = textOf(node, 'codes', problems);
  const alternatives = word.value.items.flatMap((item): readonly ValueRule[] => {
    const rule = parseRule(item, syntax, problems);
    if (rule === null) return [];
    if (rule.kind === 'value') return [{ ...rule, as: rule.as ?? as, codes: rule.codes ?? codes }];
    problems.push(problem(item.at, 'MAP_WORD', 'An alternative gives no single value.', 'Name an element.'));
    return [];
  });
  return { kind: 'either', at: node.at, alternatives, only: directionOf(node, problems) };
}

function parseBlockRule(node: MapNode, syntax: ReferenceSyntax, problems: Problem[]): Rule | null {
  const misspelt = misspeltWords(node, syntax);
  if (misspelt.length > 0) {
    problems.push(...misspelt);
    return null;
  }
  const before = problems.length;
  const { fields, write } = parseFields(node, syntax, problems);
  const only = directionOf(node, problems);
  const inside = entryOf(node, 'in');
  const within = inside === undefined ? null : blockReference(inside.value, syntax, problems);
  const each = entryOf(node, 'each') ?? entryOf(node, 'rest');
  const rest = entryOf(node, 'rest');
  if (each !== undefined && rest !== undefined && each !== rest) {
    problems.push(
      problem(
        rest.keyAt,
        'MAP_WORD',
        '"rest" and "each" stand together.',
        'Keep "each" for every segment of the kind.',
      ),
    );
  }
  const perNode = entryOf(node, 'per');
  if (fields.length === 0 && perNode === undefined && problems.length === before) {
    problems.push(
      problem(node.at, 'MAP_WORD', 'The block reads no field.', 'Write its fields, or "use:" with a part.'),
    );
  }
  if (each === undefined || each === rest) {
    if (perNode !== undefined) {
      problems.push(
        problem(perNode.keyAt, 'MAP_WORD', '"per" stands without "each".', 'Write "each:" with the lines to group.'),
      );
      return null;
    }
  }
  if (each === undefined) {
    if (inside !== undefined && within === null) return null;
    return { kind: 'object', at: node.at, in: within, fields, write, only };
  }
  const path = blockReference(each.value, syntax, problems);
  if (path === null) return null;
  if (path.value.steps.length === 0 && (each === rest || perNode !== undefined)) {
    const remedy = 'Name the segment, as in rest: N9, or write "each:" without "per:".';
    problems.push(problem(path.at, 'MAP_WORD', `"." is the block itself, of which there is one.`, remedy));
    return null;
  }
  const per = perNode?.value.kind === 'map' ? parseFields(perNode.value, syntax, problems).fields : [];
  if (perNode !== undefined && per.length === 0) {
    problems.push(problem(perNode.keyAt, 'MAP_WORD', '"per" names no key.', 'Write per: { field: REF }.'));
  }
  const beside = entryOf(node, 'with');
  const partner = beside === undefined ? null : blockReference(beside.value, syntax, problems);
  if (beside !== undefined && (path.value.steps.length !== 1 || each === rest || perNode !== undefined)) {
    const remedy = 'Write "in:" with the way there, and "each:" with the last step.';
    problems.push(problem(beside.keyAt, 'MAP_WORD', '"with" goes with an "each" of one step.', remedy));
    return null;
  }
  const found = { in: within, each: path, with: partner, rest: each.key === 'rest' };
  return { kind: 'list', at: node.at, ...found, per, fields, write, only };
}

/** The fields and the write block of a map node; words are left to the caller. */
export function parseFields(
  node: MapNode,
  syntax: ReferenceSyntax,
  problems: Problem[],
): { fields: readonly FieldRule[]; write: readonly WriteRule[] } {
  const fields: FieldRule[] = [];
  const write: WriteRule[] = [];
  for (const { key, keyAt, value } of node.entries) {
    if (key === 'write') write.push(...parseWrite(value, syntax, problems));
    if (isWord(key)) continue;
    fields.push({ name: key, at: keyAt, rule: parseRule(value, syntax, problems) });
  }
  return { fields, write };
}

/** Keys of a block that must mean a word: they are near one, and no field takes a loop or the name of a part. */
function misspeltWords(node: MapNode, syntax: ReferenceSyntax): readonly Problem[] {
  return node.entries.flatMap(({ key, keyAt, value }) => {
    if (isWord(key) || value.kind !== 'text' || value.value === '') return [];
    const word = 'fault' in syntax.value(value.value) ? nearest(key, Object.keys(WORDS)) : undefined;
    if (word === undefined) return [];
    return [problem(keyAt, 'MAP_WORD', `"${key}" is no word of the language.`, `Did you mean "${word}"?`)];
  });
}

function parseWrite(node: ConfigNode, syntax: ReferenceSyntax, problems: Problem[]): readonly WriteRule[] {
  if (node.kind !== 'map') {
    problems.push(
      problem(node.at, 'MAP_WORD', '"write" holds constants, counts and sums.', 'Write write: { CTT01: count HL }.'),
    );
    return [];
  }
  return node.entries.flatMap(({ key, keyAt, value }): readonly WriteRule[] => {
    const target = syntax.value(key);
    if ('fault' in target) {
      problems.push(problem(keyAt, 'MAP_REFERENCE', `${target.fault}.`, 'Name the element to write, as in BSN05.'));
      return [];
    }
    if (value.kind === 'text') return [{ at: value.at, target: { at: keyAt, value: target }, value: value.value }];
    problems.push(problem(value.at, 'MAP_WORD', 'A constant is text.', 'Write the code, or count TAG, or sum REF.'));
    return [];
  });
}

function valueReferences(
  node: ConfigNode,
  syntax: ReferenceSyntax,
  problems: Problem[],
): readonly Located<ValueReference>[] {
  if (node.kind === 'list') return node.items.flatMap((item) => valueReferences(item, syntax, problems));
  if (node.kind === 'map') {
    problems.push(problem(node.at, 'MAP_REFERENCE', 'A reference is wanted here.', syntax.valueRemedy));
    return [];
  }
  const parsed = syntax.value(node.value);
  if (!('fault' in parsed)) return [{ at: node.at, value: parsed }];
  problems.push(problem(node.at, 'MAP_REFERENCE', `${parsed.fault}.`, syntax.valueRemedy));
  return [];
}

function textOf(node: MapNode, key: string, problems: Problem[]): Located<string> | null {
  const value = entryOf(node, key)?.value;
  if (value === undefined) return null;
  if (value.kind === 'text' && value.value !== '') return { at: value.at, value: value.value };
  problems.push(problem(value.at, 'MAP_WORD', `"${key}" names nothing.`, 'Write one name.'));
  return null;
}

function directionOf(node: MapNode, problems: Problem[]): Direction {
  const only = textOf(node, 'only', problems);
  if (only === null) return 'both';
  if (only.value === 'read' || only.value === 'write') return only.value;
  problems.push(problem(only.at, 'MAP_WORD', `"only: ${only.value}" is no direction.`, 'Write read or write.'));
  return 'both';
}
