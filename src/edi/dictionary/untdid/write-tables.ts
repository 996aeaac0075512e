import type { Problem } from '../../../util/problem.ts';
import type { TableText } from '../parse-tables.ts';
import { SERVICE_CODES, SERVICE_ELEMENTS, SERVICE_SEGMENTS } from '../service-segments.ts';
import type { TableSource } from '../table-source.ts';
import type { Directory } from './directory.ts';
import type { Format } from './format.ts';
import type { MessageGroup, MessageNode, MessageTable } from './messages.ts';
import type { DataPosition } from './positions.ts';

/** Codes on a line. */
const CODES_A_LINE = 16;

/** The tables of a directory in the notation of parse-tables.ts, and what the notation cannot say. */
export function tablesOf(directory: Directory): { readonly source: TableSource; readonly faults: readonly Problem[] } {
  const { release, messages } = directory;
  const faults: Problem[] = [];
  const at = (what: string, remedy: string): void => {
    faults.push({ file: release, line: 1, column: 1, code: 'UN_DIRECTORY', what, remedy });
  };
  const texts: ReadonlyMap<string, string> = new Map([
    ['segments', segmentsText(directory)],
    ['elements', elementsText(directory)],
    ['codes', codesText(directory, at)],
    ...messages.map((message): [string, string] => [setKey(message.type), setText(message, at)]),
  ]);
  const text = (file: string): TableText => ({ file, text: texts.get(file) ?? '' });
  const source: TableSource = {
    standard: 'edifact',
    release,
    sets: messages.map(({ type }) => type),
    part: text,
    set: (type) => text(setKey(type)),
  };
  return { source, faults };
}

type Report = (what: string, remedy: string) => void;

function setKey(type: string): string {
  return `sets/${type}`;
}

function segmentsText({ segments, composites }: Directory): string {
  const line = ([name, positions]: readonly [string, readonly DataPosition[]]) =>
    [name, ...positions.map(use)].join(' ');
  return lines([
    ...[...segments].map(line),
    '# Composites',
    ...[...composites].map(line),
    '# Service',
    SERVICE_SEGMENTS,
  ]);
}

/** `3035:M`, `C517*5`. */
function use({ id, mandatory, repeat }: DataPosition): string {
  return `${id}${mandatory ? ':M' : ''}${repeat > 1 ? `*${repeat}` : ''}`;
}

function elementsText({ elements, codes }: Directory): string {
  const element = ([number, format]: readonly [string, Format]) =>
    `${number} ${codes.has(number) ? 'ID' : TYPES[format.kind]} ${format.min} ${format.max}`;
  return lines([...[...elements].map(element), '# Service', SERVICE_ELEMENTS]);
}

const TYPES: Readonly<Record<Format['kind'], string>> = { a: 'A', n: 'R', an: 'AN' };

function codesText({ elements, codes }: Directory, report: Report): string {
  const unknown = [...codes.keys()].filter((number) => !elements.has(number));
  if (unknown.length > 0) {
    report(`Codes are listed for elements that are not described: ${unknown.join(', ')}.`, 'They were left out.');
  }
  const listed = [...codes].filter(([number]) => elements.has(number));
  return lines([...listed.flatMap(([number, list]) => codeLines(number, list)), '# Service', SERVICE_CODES]);
}

function codeLines(number: string, codes: readonly string[]): readonly string[] {
  const written: string[] = [];
  for (let from = 0; from < codes.length; from += CODES_A_LINE) {
    written.push(`${number} ${codes.slice(from, from + CODES_A_LINE).join(' ')}`);
  }
  return written;
}

function setText({ type, children, balanced }: MessageTable, report: Report): string {
  const doubt = '# In the directory the marks of this table that close groups do not fit its groups.';
  return lines([...(balanced ? [] : [doubt]), type, ...children.flatMap((node) => nodeLines(node, 1, type, report))]);
}

function nodeLines(node: MessageNode, depth: number, type: string, report: Report): readonly string[] {
  const indent = '  '.repeat(depth);
  const uses = `${node.mandatory ? 'M' : 'C'} ${node.max}`;
  if (node.kind === 'segment') return [`${indent}${node.tag} ${uses}`];
  const [trigger, ...rest] = node.children;
  if (trigger?.kind !== 'segment') {
    report(`${type}: group ${node.number} does not begin with a segment.`, 'The group was left out.');
    return [];
  }
  if (!trigger.mandatory || trigger.max !== 1) report(...unusualTrigger(type, node, trigger.tag));
  return [
    `${indent}loop ${trigger.tag} ${uses}`,
    ...rest.flatMap((child) => nodeLines(child, depth + 1, type, report)),
  ];
}

function unusualTrigger(type: string, { number }: MessageGroup, tag: string): [what: string, remedy: string] {
  const what = `${type}: the first segment of group ${number}, ${tag}, is not mandatory and once.`;
  return [what, 'It was taken so: each one begins the group anew.'];
}

function lines(all: readonly string[]): string {
  return `${all.map((text) => (text.trim() === '' ? '' : text.replace(/^\n|\n$/g, ''))).join('\n')}\n`;
}
