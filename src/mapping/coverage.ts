import type { Dictionary } from '../edi/dictionary/types.ts';
import type { Segments } from '../edi/segments.ts';
import type { ObjectRule, Rule, WriteRule } from './rules.ts';
import { tagNumber } from './tags.ts';
import type { ReadTally } from './types.ts';

/** Elements that the engine makes and no map reads, by tag number: envelope, hierarchy and line counters, totals. */
const ENGINE_MADE: ReadonlyMap<number, readonly number[] | 'all'> = new Map<number, readonly number[] | 'all'>([
  ...['ST', 'SE', 'UNH', 'UNT', 'HL', 'CTT'].map((tag) => [tagNumber(tag), 'all'] as const),
  ...['LX', 'LIN', 'SN1', 'S5'].map((tag) => [tagNumber(tag), [1]] as const),
]);

const READ = 1;
const TESTED = 2;
const NO_ELEMENTS: readonly number[] = [];

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
  /** How many elements there are, and how many of them the map knows. */
  tally(written: ReadonlySet<string>): ReadTally;
}

/** `tags` are the tag numbers of the segments. */
export function createCoverage(segments: Segments, tags: Int32Array): Coverage {
  /** What was done with each part of the document. */
  const marks = new Uint8Array(segments.partNumber(segments.count, 0));
  const mark = (segment: number, element: number, bit: number): void => {
    if (element > segments.elementCount(segment)) return;
    const at = segments.partNumber(segment, element);
    marks[at] = (marks[at] ?? 0) | bit;
  };
  /** The elements of a segment that are there and were neither looked at nor are made by the engine. */
  const missedOf = (segment: number): readonly number[] => {
    const made = ENGINE_MADE.get(tags[segment] ?? 0) ?? NO_ELEMENTS;
    if (made === 'all') return NO_ELEMENTS;
    let missed: number[] | null = null;
    const count = segments.elementCount(segment);
    const start = segments.partNumber(segment, 0);
    for (let element = 1; element <= count; element++) {
      if (marks[start + element] !== 0 || !segments.has(segment, element) || made.includes(element)) continue;
      missed ??= [];
      missed.push(element);
    }
    return missed ?? NO_ELEMENTS;
  };
  const wasRead = (segment: number): boolean => {
    const count = segments.elementCount(segment);
    const start = segments.partNumber(segment, 0);
    for (let element = 1; element <= count; element++) {
      if (((marks[start + element] ?? 0) & READ) !== 0 && segments.has(segment, element)) return true;
    }
    return false;
  };
  /** The first element that conditions look at, by the tag of the segments. */
  const qualifiers = (): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (let segment = 0; segment < segments.count; segment++) {
      const own = marks.subarray(segments.partNumber(segment, 0), segments.partNumber(segment + 1, 0));
      const element = own.findIndex((bits) => (bits & TESTED) !== 0);
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
        const unmarked = missedOf(segment);
        // Most segments are read whole; the others are worth a closer look.
        if (unmarked.length === 0) continue;
        const tag = segments.tag(segment);
        const missed = unmarked.map((element) => `${tag}${twoDigits(element)}`).filter((name) => !written.has(name));
        if (missed.length > 0 && !wasRead(segment)) {
          known ??= qualifiers();
          unread.add(wholeSegment(segments, segment, known.get(tag) ?? 1, dictionary));
        } else for (const name of missed) unread.add(name);
      }
      return [...unread];
    },
    tally: (written) => {
      let [elements, missed] = [0, 0];
      for (let segment = 0; segment < segments.count; segment++) {
        const made = ENGINE_MADE.get(tags[segment] ?? 0) ?? NO_ELEMENTS;
        if (made === 'all') continue;
        const tag = segments.tag(segment);
        for (let element = 1; element <= segments.elementCount(segment); element++) {
          if (!made.includes(element) && segments.has(segment, element)) elements++;
        }
        missed += missedOf(segment).filter((element) => !written.has(`${tag}${twoDigits(element)}`)).length;
      }
      return { elements, known: elements - missed };
    },
  };
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
