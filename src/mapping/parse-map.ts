import { type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean, nearest } from '../util/suggest.ts';
import { blockReference } from './block-reference.ts';
import { parseExpectations } from './expectations/parse.ts';
import { parseFields, parseRule } from './parse-rules.ts';
import type { BlockReference } from './reference.ts';
import { type ReferenceSyntax, SEGMENT_REFERENCES } from './reference-syntax.ts';
import type { DocumentSource, EitherRule, EventSource, Located, MapSource, ValueRule } from './rules.ts';
import { parseTreeDocument } from './trees/parse-layout.ts';
import { isTreeStandard } from './trees/standards.ts';
import { TREE_REFERENCES } from './trees/tree-reference.ts';

const MAP_KEYS = ['map', 'version', 'document', 'layout', 'event', 'data', 'write', 'expect'];
const DOCUMENT_KEYS = ['standard', 'set', 'release', 'group'];
const CODE = /^[A-Z0-9]{1,6}( [A-Z0-9]{1,6})*$/;
const EVENT_WORDS = ['type', 'by', 'each', 'also'];

/**
 * Reads the shape of a map file (parts and overlay already laid in). Faults go to `problems`; null when too little is
 * left to go on with.
 */
export function parseMap(root: ConfigNode, problems: Problem[]): MapSource | null {
  if (root.kind !== 'map') {
    problems.push(problem(root.at, 'MAP_SHAPE', 'A map file is a list of keys.', `Begin with "map: x12/856".`));
    return null;
  }
  for (const { key, keyAt } of root.entries) {
    if (MAP_KEYS.includes(key)) continue;
    problems.push(problem(keyAt, 'MAP_WORD', `"${key}" is no key of a map file.`, didYouMean(key, MAP_KEYS)));
  }
  const name = requiredText(root, 'map', /^(x12|edifact|json|xml|csv)\/[a-z0-9-]+$/, 'x12/856', problems);
  const version = requiredText(root, 'version', /^(\d+\.\d+\.\d+|next)$/, '1.0.0', problems);
  const document = parseDocument(root, name ?? '', problems);
  const syntax = isTreeStandard(standardOf(root)) ? TREE_REFERENCES : SEGMENT_REFERENCES;
  const event = parseEvent(root, syntax, problems);
  const dataNode = entryOf(root, 'data')?.value;
  if (dataNode?.kind !== 'map' || dataNode.entries.length === 0) {
    problems.push(
      problem(
        dataNode?.at ?? root.at,
        'MAP_SHAPE',
        'The map has no data.',
        'Write "data:" with the fields of the event below it.',
      ),
    );
    return null;
  }
  const fields = parseFields(dataNode, syntax, problems);
  const writeNode = entryOf(root, 'write');
  const write = writeNode === undefined ? [] : parseFields(mapOf('write', writeNode.value), syntax, problems).write;
  const expect = parseExpectations(entryOf(root, 'expect')?.value, syntax, problems);
  if (document === null || event === null) return null;
  const data = {
    kind: 'object',
    at: dataNode.at,
    in: null,
    ...fields,
    write: [...fields.write, ...write],
    only: 'both',
  } as const;
  return { at: root.at, name: name ?? '', version: version ?? '', document, event, data, expect };
}

function mapOf(key: string, value: ConfigNode): MapNode {
  return { kind: 'map', at: value.at, entries: [{ key, keyAt: value.at, value }] };
}

function requiredText(node: MapNode, key: string, form: RegExp, example: string, problems: Problem[]): string | null {
  const value = entryOf(node, key)?.value;
  if (value?.kind === 'text' && form.test(value.value)) return value.value;
  const shown = value?.kind === 'text' ? `"${value.value}"` : 'nothing';
  problems.push(problem(value?.at ?? node.at, 'MAP_HEADER', `"${key}" is ${shown}.`, `Write "${key}: ${example}".`));
  return null;
}

/** What the map says it is for, known or not. */
function standardOf(root: MapNode): string {
  const document = entryOf(root, 'document')?.value;
  const standard = document?.kind === 'map' ? entryOf(document, 'standard')?.value : undefined;
  return standard?.kind === 'text' ? standard.value : '';
}

function parseDocument(root: MapNode, name: string, problems: Problem[]): DocumentSource | null {
  const node = entryOf(root, 'document')?.value;
  if (node?.kind !== 'map') {
    const remedy = 'Write "document: { standard: x12, set: 856, release: 004010, group: SH }".';
    problems.push(problem(node?.at ?? root.at, 'MAP_HEADER', 'The map names no document.', remedy));
    return null;
  }
  const asTree = standardOf(root);
  const layout = entryOf(root, 'layout');
  if (isTreeStandard(asTree)) {
    // A misspelt key is told already.
    if (layout === undefined && root.entries.some(({ key }) => nearest(key, ['layout']) !== undefined)) return null;
    const tree = parseTreeDocument(asTree, node, layout?.value, problems);
    const set = name.slice(name.indexOf('/') + 1);
    return tree === null ? null : { at: node.at, standard: asTree, set, release: '', group: '', tree };
  }
  if (layout !== undefined) {
    const what = 'The tables of the standard say what this document holds.';
    problems.push(problem(layout.keyAt, 'MAP_LAYOUT', what, 'Take "layout:" away.'));
  }
  for (const { key, keyAt } of node.entries) {
    if (DOCUMENT_KEYS.includes(key)) continue;
    problems.push(problem(keyAt, 'MAP_WORD', `"${key}" is no key of document.`, didYouMean(key, DOCUMENT_KEYS)));
  }
  const standard = requiredText(node, 'standard', /^(x12|edifact|json|xml|csv)$/, 'x12', problems);
  const set = requiredText(node, 'set', /^[A-Z0-9]{3,6}$/, '856', problems);
  const release = requiredText(node, 'release', /^[A-Z0-9]{4,6}$/, '004010', problems);
  const group = standard === 'edifact' ? '' : requiredText(node, 'group', /^[A-Z0-9]{2}$/, 'SH', problems);
  if (set === null || release === null || group === null || (standard !== 'x12' && standard !== 'edifact')) return null;
  return { at: node.at, standard, set, release, group, tree: null };
}

function parseEvent(root: MapNode, syntax: ReferenceSyntax, problems: Problem[]): EventSource | null {
  const node = entryOf(root, 'event')?.value;
  if (node === undefined) {
    problems.push(
      problem(root.at, 'MAP_HEADER', 'The map names no event.', 'Write "event: { type: logistics.….v1 }".'),
    );
    return null;
  }
  if (node.kind === 'text') return { ...emptyEvent(node), type: { at: node.at, value: node.value } };
  if (node.kind !== 'map') {
    problems.push(
      problem(
        node.at,
        'MAP_SHAPE',
        'An event is a type, or keys.',
        'Write "event: { by: BSN01, 00: logistics.….v1 }".',
      ),
    );
    return null;
  }
  const types: { at: Located<string>['at']; code: string; type: string }[] = [];
  for (const { key, keyAt, value } of node.entries) {
    if (EVENT_WORDS.includes(key)) continue;
    if (value.kind === 'text' && (syntax !== SEGMENT_REFERENCES || CODE.test(key))) {
      types.push({ at: keyAt, code: key, type: value.value });
    } else {
      problems.push(
        problem(keyAt, 'MAP_WORD', `"${key}" is neither a word of event nor a code.`, didYouMean(key, EVENT_WORDS)),
      );
    }
  }
  const typeNode = entryOf(node, 'type')?.value;
  const byEntry = entryOf(node, 'by');
  const by = byEntry === undefined ? null : valueRule(byEntry.value, syntax, problems);
  const type = typeNode?.kind === 'text' ? { at: typeNode.at, value: typeNode.value } : null;
  if (type === null && byEntry === undefined) {
    problems.push(problem(node.at, 'MAP_EVENT', 'An event needs "type" or "by".', 'Write one of the two.'));
    return null;
  }
  return {
    at: node.at,
    each: parseEach(node, syntax, problems),
    type,
    by,
    types,
    also: parseAlso(node, syntax, problems),
  };
}

function emptyEvent(node: ConfigNode): EventSource {
  return { at: node.at, each: null, type: null, by: null, types: [], also: [] };
}

function valueRule(node: ConfigNode, syntax: ReferenceSyntax, problems: Problem[]): ValueRule | EitherRule | null {
  const rule = parseRule(node, syntax, problems);
  if (rule === null || rule.kind === 'value' || rule.kind === 'either') return rule;
  problems.push(problem(node.at, 'MAP_EVENT', '"by" gives no single value.', 'Name an element, or either of several.'));
  return null;
}

function parseEach(node: MapNode, syntax: ReferenceSyntax, problems: Problem[]): Located<BlockReference> | null {
  const value = entryOf(node, 'each')?.value;
  return value === undefined ? null : blockReference(value, syntax, problems);
}

function parseAlso(node: MapNode, syntax: ReferenceSyntax, problems: Problem[]): EventSource['also'] {
  const value = entryOf(node, 'also')?.value;
  if (value === undefined) return [];
  if (value.kind !== 'map') {
    problems.push(
      problem(
        value.at,
        'MAP_EVENT',
        '"also" names types with their condition.',
        'Write "also: { logistics.….v1: LX/W12(01=BO) }".',
      ),
    );
    return [];
  }
  return value.entries.flatMap(({ key, keyAt, value: when }) => {
    const reference = blockReference(when, syntax, problems);
    return reference === null ? [] : [{ at: keyAt, type: key, when: reference.value }];
  });
}
