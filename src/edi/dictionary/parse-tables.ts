import type { Problem } from '../../util/problem.ts';
import type { Standard } from '../envelope.ts';
import { readLines } from './lines.ts';
import { parseElements } from './parse-elements.ts';
import { parseSegments } from './parse-segments.ts';
import { parseSets } from './parse-sets.ts';
import type { Dictionary } from './types.ts';

/**
 * The tables of one release as text, for both standards and for a licensee's own tables. The notation is said beside the
 * function that reads each part: parseSets, parseSegments, parseElements.
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

/** Reads tables; every fault is a problem with its line, and what is not at fault can still be used. */
export function parseTables(texts: TableTexts): { dictionary: Dictionary; problems: readonly Problem[] } {
  const { standard, release } = texts;
  const problems: Problem[] = [];
  const lines = (part: 'sets' | 'segments' | 'elements' | 'codes') =>
    readLines(`${standard}-${release}/${part}`, texts[part]);
  const elements = parseElements(lines('elements'), lines('codes'), problems);
  const segments = parseSegments(lines('segments'), elements, problems);
  const sets = parseSets(standard, release, lines('sets'), segments, problems);
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
