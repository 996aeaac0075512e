import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLParseError } from 'yaml';
import type { Place, Problem } from './problem.ts';

/**
 * YAML read text-only: every scalar stays the text that was typed (`004010`, `00`, `NO`), every node knows its place.
 * A tree is data: maps keep their order, a key occurs once.
 */
export type ConfigNode = TextNode | ListNode | MapNode;

export interface TextNode {
  readonly kind: 'text';
  readonly at: Place;
  readonly value: string;
  /** Written with quotes; a plain `~` removes a rule in an overlay, a quoted one is text. */
  readonly quoted: boolean;
}

export interface ListNode {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly ConfigNode[];
}

export interface MapNode {
  readonly kind: 'map';
  readonly at: Place;
  readonly entries: readonly ConfigEntry[];
}

export interface ConfigEntry {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: ConfigNode;
}

const MAX_BYTES = 1_000_000;
const MAX_DEPTH = 64;

/**
 * Parses one YAML document. `file` is the name that places carry. Every syntax fault is reported;
 * `root` is null when the text is empty or cannot be read.
 */
export function parseConfig(file: string, text: string): { root: ConfigNode | null; problems: Problem[] } {
  const problems: Problem[] = [];
  if (text.length > MAX_BYTES) {
    problems.push(
      problem({ file, line: 1, column: 1 }, 'YAML_TOO_LARGE', 'The file is larger than 1 MB.', 'Split it.'),
    );
    return { root: null, problems };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, uniqueKeys: true, merge: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  for (const error of independent(document.errors)) {
    const what = `${(error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}.`;
    problems.push(
      problem(
        placeAt(error.pos[0]),
        'YAML_SYNTAX',
        what,
        'Mend the YAML there; quotes help for text with : # { } [ ] , in it.',
      ),
    );
  }
  if (problems.length > 0 || document.contents === null) return { root: null, problems };
  const root = convert(document.contents, placeAt, 0, problems);
  return { root: problems.length > 0 ? null : root, problems };
}

/** Errors up to the first in the structure: those behind it come from reading on in the wrong place. */
function independent(errors: readonly YAMLParseError[]): readonly YAMLParseError[] {
  const structural = errors.findIndex(({ code }) => code !== 'DUPLICATE_KEY');
  return structural < 0 ? errors : errors.slice(0, structural + 1);
}

function convert(node: Node, placeAt: (offset: number) => Place, depth: number, problems: Problem[]): ConfigNode {
  const at = placeAt(node.range?.[0] ?? 0);
  if (depth > MAX_DEPTH) {
    problems.push(problem(at, 'YAML_TOO_DEEP', `More than ${MAX_DEPTH} levels are nested here.`, 'Flatten the file.'));
    return { kind: 'text', at, value: '', quoted: false };
  }
  if (isAlias(node)) {
    problems.push(
      problem(at, 'YAML_ALIAS', 'Anchors and aliases are not used here.', 'Write the value out, or use a named part.'),
    );
    return { kind: 'text', at, value: '', quoted: false };
  }
  if (isMap(node)) {
    const entries = node.items.map((pair): ConfigEntry => {
      const keyNode = pair.key as Node;
      const keyAt = placeAt(keyNode.range?.[0] ?? 0);
      const key = isScalar(keyNode) ? String(keyNode.value ?? '') : '';
      if (!isScalar(keyNode)) problems.push(problem(keyAt, 'YAML_KEY', 'A key must be plain text.', 'Write a word.'));
      const value = pair.value as Node | null;
      return { key, keyAt, value: value === null ? emptyText(keyAt) : convert(value, placeAt, depth + 1, problems) };
    });
    return { kind: 'map', at, entries };
  }
  if (isSeq(node)) {
    return { kind: 'list', at, items: node.items.map((item) => convert(item as Node, placeAt, depth + 1, problems)) };
  }
  if (isScalar(node)) {
    const quoted = node.type !== undefined && node.type !== 'PLAIN';
    return { kind: 'text', at, value: node.value === null ? '' : String(node.value), quoted };
  }
  return emptyText(at);
}

function emptyText(at: Place): TextNode {
  return { kind: 'text', at, value: '', quoted: false };
}

/** A problem at a place. */
export function problem(at: Place, code: string, what: string, remedy: string): Problem {
  return { file: at.file, line: at.line, column: at.column, code, what, remedy };
}

/** The entry of that key, if the node is a map that has it. */
export function entryOf(node: ConfigNode | null | undefined, key: string): ConfigEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The text under that key, if there is one. */
export function textOf(node: ConfigNode | null | undefined, key: string): string | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'text' ? value.value : undefined;
}
