import type { Problem } from '../../util/problem.ts';
import type { Standard } from '../envelope.ts';
import { readLines } from './lines.ts';
import { parseElements } from './parse-elements.ts';
import { parseSegments } from './parse-segments.ts';
import { parseSets } from './parse-sets.ts';
import type { Dictionary, ElementDefinition, SegmentDefinition, SetDefinition } from './types.ts';

/**
 * The tables of one release as text, for both standards and for a licensee's own tables. The notation is said beside the
 * function that reads each part: parseSets, parseSegments, parseElements. A part may be put together when it is asked for.
 */
export interface TableTexts {
  readonly standard: Standard;
  /** `004010`, `D96A`. */
  readonly release: string;
  readonly sets: string;
  readonly segments: string;
  readonly elements: string;
  readonly codes: string;
}

/** A text of tables, and the file that problems of it name. */
export interface TableText {
  readonly file: string;
  readonly text: string;
}

/** Segments and elements of one release. */
export interface BasicTables {
  readonly segments: ReadonlyMap<string, SegmentDefinition>;
  readonly elements: ReadonlyMap<string, ElementDefinition>;
}

/** Reads tables; every fault is a problem with its line, and what is not at fault can still be used. */
export function parseTables(texts: TableTexts): { dictionary: Dictionary; problems: readonly Problem[] } {
  const { standard, release } = texts;
  const problems: Problem[] = [];
  const part = (name: 'sets' | BasicPart): TableText => ({ file: `${standard}-${release}/${name}`, text: texts[name] });
  const { segments, elements } = parseBasicTables(part, problems);
  const sets = parseSetTable(standard, release, part('sets'), segments, problems);
  const dictionary: Dictionary = {
    standard,
    release,
    sets: [...sets.keys()],
    set: (type) => sets.get(type),
    segment: (tag) => segments.get(tag),
    element: (number) => elements.get(number),
  };
  return { dictionary, problems };
}

/** The parts that every set of a release shares. */
export type BasicPart = 'segments' | 'elements' | 'codes';

/** Reads elements with their codes, and the segments made of them. */
export function parseBasicTables(part: (name: BasicPart) => TableText, problems: Problem[]): BasicTables {
  const lines = (name: BasicPart) => linesOf(part(name));
  const elements = parseElements(lines('elements'), lines('codes'), problems);
  return { elements, segments: parseSegments(lines('segments'), elements, problems) };
}

/** Reads the sets of one text. */
export function parseSetTable(
  standard: Standard,
  release: string,
  text: TableText,
  segments: ReadonlyMap<string, SegmentDefinition>,
  problems: Problem[],
): ReadonlyMap<string, SetDefinition> {
  return parseSets(standard, release, linesOf(text), segments, problems);
}

function linesOf({ file, text }: TableText) {
  return readLines(file, text);
}
