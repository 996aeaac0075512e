import type { Dictionary } from '../edi/dictionary/types.ts';
import { componentCount, partText } from '../edi/part-text.ts';
import type { Segments } from '../edi/segments.ts';
import { splits } from './resolve-value.ts';
import type { ObjectRule, Rule, WriteRule } from './rules.ts';
import { isFault, placesOf } from './scope.ts';
import { tagNumber } from './tags.ts';
import type { ReadTally } from './types.ts';

/** Elements that the engine makes and no map reads, by tag number: envelope, hierarchy and line counters, totals. */
const ENGINE_MADE: ReadonlyMap<number, readonly number[] | 'all'> = new Map<number, readonly number[] | 'all'>([
  ...['ST', 'SE', 'UNH', 'UNT', 'HL', 'CTT', 'UNS', 'CNT'].map((tag) => [tagNumber(tag), 'all'] as const),
  ...['LX', 'LIN', 'SN1', 'S5', 'CNI'].map((tag) => [tagNumber(tag), [1]] as const),
  [tagNumber('CPS'), [1, 2]],
]);

/** Marks of one element: a bit for each component that was read, and higher up for each that was looked at. */
const COMPONENTS = 16;
const WHOLE = 2 ** COMPONENTS - 1;
const NO_ELEMENTS: readonly number[] = [];
const NOTHING: readonly string[] = [];

/** Which elements of one document the rules looked at. */
export interface Coverage {
  /** An element, or one component of it, was read for a value. */
  read(segment: number, element: number, component: number | null): void;
  /** An element, or one component of it, was looked at for a condition. */
  test(segment: number, element: number, component: number | null): void;
  /**
   * Segments, elements and components that no rule read: `MEA(01=WT)`, `L11(02=IV)`, `PRF02`, `NAD02-2`; each once, in document order. `written`
   * are elements that the map fills when it writes: it knows them, though it does not read them.
   */
  unread(written: ReadonlySet<string>, dictionary: Dictionary): readonly string[];
  /** How many elements there are, and how many of them the map knows. */
  tally(written: ReadonlySet<string>): ReadTally;
}

/** `tags` are the tag numbers of the segments. */
export function createCoverage(segments: Segments, tags: Int32Array): Coverage {
  /** What was done with each part of the document. */
  const marks = new Uint32Array(segments.partNumber(segments.count, 0));
  const mark = (segment: number, element: number, component: number | null, shift: number): void => {
    if (element > segments.elementCount(segment)) return;
    const at = segments.partNumber(segment, element);
    marks[at] = (marks[at] ?? 0) | ((component === null ? WHOLE : (1 << (component - 1)) & WHOLE) << shift);
  };
  /** The components of an element that are there while others of it were looked at: as `-2`, and empty for the whole. */
  const missedParts = (segment: number, element: number, bits: number): readonly string[] => {
    if (bits === 0) return [''];
    const looked = (bits | (bits >>> COMPONENTS)) & WHOLE;
    if (looked === WHOLE) return [];
    const count = Math.min(componentCount(segments, segment, element), COMPONENTS);
    const parts: string[] = [];
    for (let component = 1; component <= count; component++) {
      const unmarked = (looked & (1 << (component - 1))) === 0;
      if (unmarked && partText(segments, segment, element, component) !== '') parts.push(`-${component}`);
    }
    return parts;
  };
  /** The elements and components of a segment that are there and were neither looked at nor are made by the engine. */
  const missedOf = (segment: number): readonly string[] => {
    const made = ENGINE_MADE.get(tags[segment] ?? 0) ?? NO_ELEMENTS;
    if (made === 'all') return NOTHING;
    let missed: string[] | null = null;
    const count = segments.elementCount(segment);
    const start = segments.partNumber(segment, 0);
    for (let element = 1; element <= count; element++) {
      const bits = marks[start + element] ?? 0;
      if ((bits & WHOLE) === WHOLE || !segments.has(segment, element) || made.includes(element)) continue;
      const parts = missedParts(segment, element, bits);
      if (parts.length === 0) continue;
      missed ??= [];
      for (const part of parts) missed.push(`${twoDigits(element)}${part}`);
    }
    return missed ?? NOTHING;
  };
  const wasRead = (segment: number): boolean => {
    const count = segments.elementCount(segment);
    const start = segments.partNumber(segment, 0);
    for (let element = 1; element <= count; element++) {
      if (((marks[start + element] ?? 0) & WHOLE) !== 0 && segments.has(segment, element)) return true;
    }
    return false;
  };
  /** The first element that conditions look at, by the tag of the segments. */
  const qualifiers = (): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (let segment = 0; segment < segments.count; segment++) {
      const own = marks.subarray(segments.partNumber(segment, 0), segments.partNumber(segment + 1, 0));
      const element = own.findIndex((bits) => bits >>> COMPONENTS !== 0);
      const tag = element > 0 ? segments.tag(segment) : '';
      if (tag !== '') found.set(tag, Math.min(element, found.get(tag) ?? element));
    }
    return found;
  };
  return {
    read: (segment, element, component) => mark(segment, element, component, 0),
    test: (segment, element, component) => mark(segment, element, component, COMPONENTS),
    unread: (written, dictionary) => {
      const unread = new Set<string>();
      let known: ReadonlyMap<string, number> | undefined;
      for (let segment = 0; segment < segments.count; segment++) {
        const unmarked = missedOf(segment);
        // Most segments are read whole; the others are worth a closer look.
        if (unmarked.length === 0) continue;
        const tag = segments.tag(segment);
        const missed = unmarked.map((name) => `${tag}${name}`).filter((name) => !written.has(name));
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
        // An element of which a component was read is known.
        missed += missedOf(segment).filter((name) => !name.includes('-') && !written.has(`${tag}${name}`)).length;
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

/** Elements that a `write` block fills when writing, as the unread report names them: known to the map, though not read. */
export function writtenTargets(data: ObjectRule, dictionary: Dictionary): ReadonlySet<string> {
  const targets = new Set<string>();
  const add = (rules: readonly WriteRule[], around: string): void => {
    for (const { target } of rules) {
      for (const { tag, element } of splits(target.value)) {
        const definition = dictionary.segment(tag ?? around);
        const places = definition === undefined ? [] : placesOf(definition, element);
        for (const { position, component } of isFault(places) ? [] : places)
          targets
            .add(`${tag ?? around}${twoDigits(position)}`)
            .add(`${tag ?? around}${twoDigits(position)}-${component}`);
      }
    }
  };
  const visit = (rule: Rule | null, around: string): void => {
    if (rule?.kind !== 'object' && rule?.kind !== 'list') return;
    const path = rule.kind === 'list' ? rule.each : rule.in;
    const inside = path?.value.steps.at(-1)?.tag ?? around;
    add(rule.write, inside);
    for (const field of rule.fields) visit(field.rule, inside);
  };
  visit(data, '');
  return targets;
}
