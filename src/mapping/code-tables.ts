import { type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { isRemoval, mergeMaps } from './expand.ts';
import { isTreeStandard } from './trees/standards.ts';

/** What a code not in the table becomes: itself, a fixed meaning, or a finding. */
export type Otherwise =
  | { readonly kind: 'keep' }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'refuse' };

/** The codes of one standard, or of one element of it. */
export interface CodeSection {
  readonly meanings: ReadonlyMap<string, string>;
  readonly otherwise: Otherwise;
}

/** A code table; `section` keys are `x12`, `edifact`, or with an element number `x12-188`. */
export interface CodeTable {
  readonly name: string;
  readonly sections: ReadonlyMap<string, CodeSection>;
}

const SECTION = /^(x12|edifact|json|xml|csv)(-[0-9]{1,4})?$/;

/** Reads one table; `name` is its file's name and must be what the file says. */
export function parseCodeTable(root: ConfigNode, name: string, problems: Problem[]): CodeTable {
  const sections = new Map<string, CodeSection>();
  if (entryOf(root, 'codes')?.value.kind !== 'text' || textAt(root) !== name) {
    problems.push(
      problem(
        root.at,
        'CODES_SHAPE',
        `The table says "codes: ${textAt(root)}".`,
        `Write "codes: ${name}", as the file is named.`,
      ),
    );
  }
  if (root.kind !== 'map') return { name, sections };
  for (const { key, keyAt, value } of root.entries) {
    if (key === 'codes') continue;
    if (!SECTION.test(key)) {
      problems.push(
        problem(
          keyAt,
          'CODES_SECTION',
          `"${key}" is no section of a code table.`,
          'Name a standard, or standard and element, as in x12 or x12-188.',
        ),
      );
    } else if (value.kind !== 'map') {
      problems.push(
        problem(value.at, 'CODES_SHAPE', `The section "${key}" holds no codes.`, 'Write code: meaning, one a line.'),
      );
    } else {
      sections.set(key, parseSection(value, problems));
    }
  }
  if (root.entries.every(({ key }) => key === 'codes'))
    problems.push(problem(root.at, 'CODES_SHAPE', 'The table has no section.', 'Write "x12:" with its codes below.'));
  return { name, sections };
}

function textAt(root: ConfigNode): string {
  const value = entryOf(root, 'codes')?.value;
  return value?.kind === 'text' ? value.value : '';
}

function parseSection(node: MapNode, problems: Problem[]): CodeSection {
  const meanings = new Map<string, string>();
  let otherwise: Otherwise = { kind: 'refuse' };
  for (const { key, value } of node.entries) {
    if (value.kind !== 'text' || value.value === '') {
      problems.push(problem(value.at, 'CODES_SHAPE', `The code "${key}" has no meaning.`, 'Write one word or phrase.'));
    } else if (isRemoval(value)) {
      problems.push(
        problem(
          value.at,
          'CODES_SHAPE',
          `There is no code "${key}" here to take away.`,
          'Remove the line, or mend the code.',
        ),
      );
    } else if (key === 'else') {
      otherwise = value.value === 'keep' ? { kind: 'keep' } : { kind: 'value', value: value.value };
    } else {
      meanings.set(key, value.value);
    }
  }
  return { meanings, otherwise };
}

/** The tables as files, with an overlay's codes laid over some of them. */
export function overlayCodes(
  tables: ReadonlyMap<string, MapNode>,
  over: ConfigNode,
  problems: Problem[],
): ReadonlyMap<string, MapNode> {
  const result = new Map(tables);
  if (over.kind !== 'map') {
    problems.push(
      problem(over.at, 'OVERLAY_SHAPE', '"codes" names tables.', 'Write codes: { table: { x12: { CODE: meaning } } }.'),
    );
    return result;
  }
  for (const { key, keyAt, value } of over.entries) {
    const table = tables.get(key);
    if (table === undefined) {
      problems.push(problem(keyAt, 'MAP_CODES', `There is no code table "${key}".`, didYouMean(key, tables.keys())));
    } else if (value.kind !== 'map') {
      problems.push(
        problem(
          value.at,
          'OVERLAY_SHAPE',
          `"${key}" names no section.`,
          'Write the section, as in x12, with its codes below.',
        ),
      );
    } else {
      result.set(key, { ...mergeMaps(table, value), at: table.at });
    }
  }
  return result;
}

/**
 * The section for an element: that of its number, else that of the standard. JSON, XML and CSV have no codes of their own: where
 * a table has no section for them, its X12 codes are meant.
 */
export function sectionFor(table: CodeTable, standard: string, elementNumber: string): CodeSection | undefined {
  const own = table.sections.get(`${standard}-${elementNumber}`) ?? table.sections.get(standard);
  return own ?? (isTreeStandard(standard) ? table.sections.get('x12') : undefined);
}

/** The meaning of a code; undefined when the table refuses it. */
export function meaningOf(section: CodeSection, code: string): string | undefined {
  const meaning = section.meanings.get(code);
  if (meaning !== undefined) return meaning;
  switch (section.otherwise.kind) {
    case 'keep':
      return code;
    case 'value':
      return section.otherwise.value;
    case 'refuse':
      return undefined;
  }
}
