import { type ConfigNode, entryOf, type MapNode, problem } from '../../util/config-tree.ts';
import type { Place, Problem } from '../../util/problem.ts';
import { didYouMean } from '../../util/suggest.ts';
import {
  type Branch,
  branchesOf,
  DATE_FORMS,
  type Leaf,
  type LeafKind,
  leavesOf,
  type TreeDocument,
} from './layout.ts';
import type { TreeStandard } from './standards.ts';

const KEYS: Readonly<Record<TreeStandard, readonly string[]>> = {
  json: ['standard', 'each', 'having'],
  xml: ['standard', 'root', 'namespace', 'each'],
  csv: ['standard', 'delimiter', 'header', 'per', 'having'],
};
const KINDS: readonly LeafKind[] = ['text', 'number', 'boolean', 'date', 'datetime'];
/** Longest text, and most digits, where the layout says nothing. */
const LENGTHS: Readonly<Record<LeafKind, number>> = { text: 250, number: 15, boolean: 5, date: 10, datetime: 25 };
const LEAF = /^(?<kind>[a-z]+)(?: (?:(?<min>\d{1,5})\.\.)?(?<max>\d{1,5}))?(?: (?<form>[DMY./]+))?$/;
const NAME = /^(?:@?[^@.()/&|=!,*\s](?:[^()/&|=!,*]*[^()/&|=!,*\s])?|\.)$/;
const SEPARATORS: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', bar: '|' };
const EXAMPLE = 'Write its names and kinds, as in { orderNumber: text, lines*: { sku: text, quantity: number } }.';

/** Reads the header and the layout of a map for JSON, XML or CSV; null (and problems) when they say too little. */
export function parseTreeDocument(
  standard: TreeStandard,
  document: MapNode,
  layout: ConfigNode | undefined,
  problems: Problem[],
): TreeDocument | null {
  for (const { key, keyAt } of document.entries) {
    if (KEYS[standard].includes(key)) continue;
    const what = `"${key}" is no key of document for ${standard}.`;
    problems.push(problem(keyAt, 'MAP_WORD', what, didYouMean(key, KEYS[standard])));
  }
  if (layout?.kind !== 'map') {
    const what = `A map for ${standard} says what its documents hold.`;
    problems.push(problem(layout?.at ?? document.at, 'MAP_LAYOUT', what, `${EXAMPLE} Below "layout:".`));
    return null;
  }
  const root = standard === 'xml' ? textOf(document, 'root') : '';
  if (root === null) {
    const what = 'The map names no root element.';
    problems.push(problem(document.at, 'MAP_HEADER', what, 'Write "root:" with its name.'));
    return null;
  }
  const before = problems.length;
  const branch = parseBranch('', false, layout, standard, problems);
  const columns = standard === 'csv' ? branchesOf(branch).flatMap(({ inside }) => inside) : [];
  const having = namesOf(document, 'having', [...branch.inside, ...columns], problems);
  const per = namesOf(document, 'per', branch.inside, problems);
  if (standard === 'csv') checkTable(branch, problems);
  if (problems.length > before) return null;
  return {
    standard,
    root,
    namespace: textOf(document, 'namespace'),
    each: textOf(document, 'each'),
    having,
    per,
    delimiter: separatorOf(document, problems),
    header: textOf(document, 'header') !== 'no',
    layout: branch,
  };
}

function parseBranch(name: string, many: boolean, node: MapNode, standard: TreeStandard, problems: Problem[]): Branch {
  const inside = node.entries.flatMap(({ key, keyAt, value }): readonly (Leaf | Branch)[] => {
    const repeated = key.endsWith('*');
    const own = repeated ? key.slice(0, -1) : key;
    if (!NAME.test(own) || (own.startsWith('@') && (standard !== 'xml' || repeated || value.kind !== 'text'))) {
      const what = `"${key}" is no name of ${standard === 'xml' ? 'an element or attribute' : 'a value'}.`;
      problems.push(
        problem(keyAt, 'MAP_LAYOUT', what, 'Write it as the document has it, with * behind it for a list.'),
      );
      return [];
    }
    if (value.kind === 'map') return [parseBranch(own, repeated, value, standard, problems)];
    const leaf = parseLeaf(repeated ? '.' : own, value, problems);
    if (leaf === null) return [];
    return repeated ? [{ kind: 'branch', at: keyAt, name: own, many: true, inside: [leaf] }] : [leaf];
  });
  const branch: Branch = { kind: 'branch', at: node.at, name, many, inside };
  if (
    leavesOf(branch).some((leaf) => leaf.name === '.') &&
    inside.some((each) => each.name !== '.' && !each.name.startsWith('@'))
  ) {
    const what = `"${name}" has a value of its own and others inside.`;
    problems.push(problem(node.at, 'MAP_LAYOUT', what, 'Beside "." there can be attributes alone.'));
  }
  return branch;
}

function parseLeaf(name: string, node: ConfigNode, problems: Problem[]): Leaf | null {
  const text = node.kind === 'text' ? node.value : '';
  if (text.startsWith('=')) {
    const constant = text.slice(1);
    return { kind: 'leaf', at: node.at, name, type: 'text', form: null, min: 1, max: LENGTHS.text, constant };
  }
  const { kind = '', min, max, form } = LEAF.exec(text)?.groups ?? {};
  const type = KINDS.find((each) => each === kind);
  const dateForm = DATE_FORMS.find((each) => each === form) ?? null;
  if (type === undefined || (form !== undefined && (dateForm === null || type !== 'date'))) {
    const remedy = `Write ${KINDS.join(', ')}, a length behind it (text 1..35), a form of date (${DATE_FORMS.join(', ')}), or =TEXT for what is always there.`;
    problems.push(problem(node.at, 'MAP_LAYOUT', `"${text}" is no kind of value.`, remedy));
    return null;
  }
  const most = max === undefined ? LENGTHS[type] : Number(max);
  return { kind: 'leaf', at: node.at, name, type, form: dateForm, min: Number(min ?? 1), max: most, constant: null };
}

/** A table has columns, some of which may be the same in all rows of a document. */
function checkTable(branch: Branch, problems: Problem[]): void {
  const [rows, second] = branchesOf(branch);
  const deeper = rows === undefined ? [] : branchesOf(rows);
  if (rows !== undefined && second === undefined && rows.many && deeper.length === 0) return;
  const [what, remedy] = [
    'A table has rows.',
    'Write "row*:" with the columns of a row, beside columns that are the same in all of them.',
  ];
  problems.push(problem((second ?? rows ?? branch).at, 'MAP_LAYOUT', what, remedy));
}

function textOf(node: MapNode, key: string): string | null {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'text' && value.value !== '' ? value.value : null;
}

function separatorOf(node: MapNode, problems: Problem[]): string | null {
  const value = entryOf(node, 'delimiter')?.value;
  if (value === undefined) return null;
  const text = value.kind === 'text' ? (SEPARATORS[value.value] ?? value.value) : '';
  if (text.length === 1) return text;
  const names = Object.keys(SEPARATORS).join(', ');
  problems.push(problem(value.at, 'MAP_HEADER', '"delimiter" is one character.', `Write it, or one of ${names}.`));
  return null;
}

/** Names that stand at the top, or in any column of a table, as a list or one text. */
function namesOf(node: MapNode, key: string, inside: Branch['inside'], problems: Problem[]): readonly string[] {
  const value = entryOf(node, key)?.value;
  if (value === undefined) return [];
  return (value.kind === 'list' ? value.items : [value]).flatMap((item) => {
    const name = item.kind === 'text' ? item.value : '';
    if (inside.some((each) => each.name === name)) return [name];
    problems.push(unknownName(item.at, name, inside));
    return [];
  });
}

function unknownName(at: Place, name: string, inside: Branch['inside']): Problem {
  return problem(
    at,
    'MAP_LAYOUT',
    `The layout has no "${name}" at the top.`,
    didYouMean(
      name,
      inside.map((each) => each.name),
    ),
  );
}
