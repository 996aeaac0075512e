import type { Dictionary } from '../edi/dictionary/types.ts';
import type { Segments } from '../edi/segments.ts';
import { tagNumber } from './match.ts';
import type { ObjectRule, Rule, WriteRule } from './rules.ts';

/** Elements that the engine makes and no map reads, by tag number: envelope, hierarchy and line counters, totals. */
const ENGINE_MADE: ReadonlyMap<number, readonly number[] | 'all'> = new Map<number, readonly number[] | 'all'>([
  ...['ST', 'SE', 'UNH', 'UNT', 'HL', 'CTT'].map((tag) => [tagNumber(tag), 'all'] as const),
  ...['LX', 'LIN', 'SN1', 'S5'].map((tag) => [tagNumber(tag), [1]] as const),
]);

const READ = 1;
const TESTED = 2;
const MADE = 4;

/** Which elements of one document the rules looked at. */
export interface Coverage {
  /** An element was read for a value. */
  read(segment: number, element: number): void;
  /** An element was looked at for a condition. */
  test(segment: number, element: number): void;
  /**
   * Segments and elements that no rule read: `MEA(01=WT)`, `L11(02=IV)`, `PRF02`; each once, in document order. `written`
   * are elements that the map fills when it writes: it knows them, though it does not read them.
   */
  unread(written: ReadonlySet<string>, dictionary: Dictionary): readonly string[];
}

/** `tags` are the tag numbers of the segments. */
export function createCoverage(segments: Segments, tags: Int32Array): Coverage {
  /** Where the marks of a segment begin: one for each element, and one for the tag. */
  const first = new Int32Array(segments.count + 1);
  for (let segment = 0; segment < segments.count; segment++) {
    first[segment + 1] = (first[segment] ?? 0) + segments.elementCount(segment) + 1;
  }
  const marks = new Uint8Array(first[segments.count] ?? 0);
  for (let segment = 0; segment < segments.count; segment++) {
    const made = ENGINE_MADE.get(tags[segment] ?? 0);
    if (made === undefined) continue;
    const [start, end] = [first[segment] ?? 0, first[segment + 1] ?? 0];
    if (made === 'all') marks.fill(MADE, start, end);
    else for (const element of made) if (start + element < end) marks[start + element] = MADE;
  }
  const mark = (segment: number, element: number, bit: number): void => {
    const at = (first[segment] ?? 0) + element;
    if (at < (first[segment + 1] ?? 0)) marks[at] = (marks[at] ?? 0) | bit;
  };
  const markOf = (segment: number, element: number): number => marks[(first[segment] ?? 0) + element] ?? 0;
  /** Whether any element that is there has such marks. */
  const anyMarked = (segment: number, wanted: (bits: number) => boolean): boolean => {
    const count = segments.elementCount(segment);
    for (let element = 1; element <= count; element++) {
      if (wanted(markOf(segment, element)) && segments.has(segment, element)) return true;
    }
    return false;
  };
  /** The first element that conditions look at, by the tag of the segments. */
  const qualifiers = (): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (let segment = 0; segment < segments.count; segment++) {
      const element = marks.subarray(first[segment], first[segment + 1]).findIndex((bits) => (bits & TESTED) !== 0);
      const tag = element > 0 ? segments.tag(segment) : '';
      if (tag !== '') found.set(tag, Math.min(element, found.get(tag) ?? element));
    }
    return found;
  };
  return {
    read: (segment, element) => mark(segment, element, READ),
    test: (segment, element) => mark(segment, element, TESTED),
    unread: (written, dictionary) => {
      const unread = new Set<string>();
      let known: ReadonlyMap<string, number> | undefined;
      for (let segment = 0; segment < segments.count; segment++) {
        // Most segments are read whole; the others are worth a closer look.
        if (!anyMarked(segment, isUnmarked)) continue;
        const tag = segments.tag(segment);
        const missed = missedOf(segments, segment, markOf, written);
        if (missed.length > 0 && !anyMarked(segment, isRead)) {
          known ??= qualifiers();
          unread.add(wholeSegment(segments, segment, known.get(tag) ?? 1, dictionary));
        } else for (const element of missed) unread.add(`${tag}${twoDigits(element)}`);
      }
      return [...unread];
    },
  };
}

function isUnmarked(bits: number): boolean {
  return bits === 0;
}

function isRead(bits: number): boolean {
  return (bits & READ) !== 0;
}

/** The elements of a segment that are there and were neither looked at nor are made or written by others. */
function missedOf(
  segments: Segments,
  segment: number,
  markOf: (segment: number, element: number) => number,
  written: ReadonlySet<string>,
): readonly number[] {
  const tag = segments.tag(segment);
  return Array.from({ length: segments.elementCount(segment) }, (_, index) => index + 1).filter(
    (element) =>
      markOf(segment, element) === 0 && segments.has(segment, element) && !written.has(`${tag}${twoDigits(element)}`),
  );
}

/** A segment of which nothing was read, with its qualifier where that element holds a code. */
function wholeSegment(segments: Segments, segment: number, qualifier: number, dictionary: Dictionary): string {
  const tag = segments.tag(segment);
  const code = segments.text(segment, qualifier);
  const use = dictionary.segment(tag)?.elements[qualifier - 1];
  return use?.element.type === 'ID' && code !== '' ? `${tag}(${twoDigits(qualifier)}=${code})` : tag;
}

function twoDigits(element: number): string {
  return String(element).padStart(2, '0');
}

/** Elements that a `write` block fills when writing: known to the map, though not read. */
export function writtenTargets(data: ObjectRule): ReadonlySet<string> {
  const targets = new Set<string>();
  const add = (rules: readonly WriteRule[]): void => {
    for (const { target } of rules) targets.add(`${target.value.word}${target.value.element ?? ''}`);
  };
  const visit = (rule: Rule | null): void => {
    if (rule?.kind !== 'object' && rule?.kind !== 'list') return;
    add(rule.write);
    for (const field of rule.fields) visit(field.rule);
  };
  visit(data);
  return targets;
}
