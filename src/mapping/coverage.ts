import type { Dictionary } from '../edi/dictionary/types.ts';
import { componentCount, partText } from '../edi/part-text.ts';
import type { Segments } from '../edi/segments.ts';
import { splits } from './resolve-value.ts';
import type { ObjectRule, Rule, WriteRule } from './rules.ts';
import { isFault, placesOf } from './scope.ts';
import { tagNumber } from './tags.ts';
import type { ReadTally } from './types.ts';

/** Elements up to here are bits of a number. */
const MOST_BITS = 31;
/** All elements, as bits. */
const ALL = -1;

/**
 * Elements that the engine makes and no map reads, by tag number: envelope, hierarchy and line counters, totals. As bits by their
 * positions.
 */
const ENGINE_MADE: ReadonlyMap<number, number> = new Map([
  ...['ST', 'SE', 'UNH', 'UNT', 'HL', 'CTT', 'UNS', 'CNT'].map((tag) => [tagNumber(tag), ALL] as const),
  ...['LX', 'LIN', 'SN1', 'S5', 'CNI'].map((tag) => [tagNumber(tag), 1 << 1] as const),
  [tagNumber('CPS'), (1 << 1) | (1 << 2)],
]);

/** Marks of one element by its components: a bit for each that was read, and higher up for each that was looked at. */
const COMPONENTS = 16;
const WHOLE = 2 ** COMPONENTS - 1;
const NOTHING: readonly string[] = [];

/** Names of elements by the number of the tag and their position; of so many tags at the most, as tags come from documents. */
const NAMES = new Map<number, string[]>();
const MOST_NAMES = 1000;

/** Which elements of one document the rules looked at. */
export class Coverage {
  readonly #segments: Segments;
  readonly #tags: Int32Array;
  /** By segment the elements that were read, as bits; behind them those that were looked at. */
  readonly #whole: Int32Array;
  /** Marks of single components and of elements beyond the bits, by the number of the part; null until there is one. */
  #parts: Uint32Array | null = null;

  /** `tags` are the tag numbers of the segments, `whole` holds two zeros for each segment. */
  constructor(segments: Segments, tags: Int32Array, whole: Int32Array) {
    this.#segments = segments;
    this.#tags = tags;
    this.#whole = whole;
  }

  /** An element, or one component of it, was read for a value. */
  read(segment: number, element: number, component: number | null): void {
    if (component === null && element <= MOST_BITS) this.#whole[segment] = (this.#whole[segment] ?? 0) | (1 << element);
    else this.#markPart(segment, element, component, 0);
  }

  /** An element, or one component of it, was looked at for a condition. */
  test(segment: number, element: number, component: number | null): void {
    if (component === null && element <= MOST_BITS) {
      const at = this.#segments.count + segment;
      this.#whole[at] = (this.#whole[at] ?? 0) | (1 << element);
    } else this.#markPart(segment, element, component, COMPONENTS);
  }

  #markPart(segment: number, element: number, component: number | null, shift: number): void {
    const segments = this.#segments;
    if (element > segments.elementCount(segment)) return;
    this.#parts ??= new Uint32Array(segments.partNumber(segments.count, 0));
    const at = segments.partNumber(segment, element);
    const bits = component === null ? WHOLE : (1 << (component - 1)) & WHOLE;
    this.#parts[at] = (this.#parts[at] ?? 0) | (bits << shift);
  }

  /** The marks of an element, those of the whole laid over those of its components. */
  #marksOf(segment: number, element: number): number {
    const bits = this.#parts?.[this.#segments.partNumber(segment, element)] ?? 0;
    if (element > MOST_BITS) return bits;
    const bit = 1 << element;
    const read = ((this.#whole[segment] ?? 0) & bit) === 0 ? 0 : WHOLE;
    const tested = ((this.#whole[this.#segments.count + segment] ?? 0) & bit) === 0 ? 0 : WHOLE << COMPONENTS;
    return bits | read | tested;
  }

  /**
   * Segments, elements and components that no rule read: `MEA(01=WT)`, `L11(02=IV)`, `PRF02`, `NAD02-2`; each once, in document order. `written`
   * are elements that the map fills when it writes: it knows them, though it does not read them.
   */
  unread(written: ReadonlySet<string>, dictionary: Dictionary): readonly string[] {
    const unread = new Set<string>();
    let known: ReadonlyMap<string, number> | undefined;
    const segments = this.#segments;
    for (let segment = 0; segment < segments.count; segment++) {
      // Most segments are read whole; the others are worth a closer look.
      const open = this.#openElements(segment);
      if (open === 0) continue;
      const missed = this.#parts === null && open !== ALL ? this.#namesOf(segment, open) : this.#missedOf(segment);
      const read = this.#wasRead(segment);
      for (const name of missed) {
        if (written.has(name)) continue;
        if (read) unread.add(name);
        else {
          known ??= this.#qualifiers();
          unread.add(wholeSegment(segments, segment, known.get(segments.tag(segment)) ?? 1, dictionary));
          break;
        }
      }
    }
    return unread.size === 0 ? NOTHING : [...unread];
  }

  /** How many elements there are, and how many of them the map knows. */
  tally(written: ReadonlySet<string>): ReadTally {
    const segments = this.#segments;
    let [elements, missed] = [0, 0];
    for (let segment = 0; segment < segments.count; segment++) {
      const made = this.#madeIn(segment);
      if (made === ALL) continue;
      for (let element = 1; element <= segments.elementCount(segment); element++) {
        if (!isIn(made, element) && segments.has(segment, element)) elements++;
      }
      // An element of which a component was read is known.
      missed += this.#missedOf(segment).filter((name) => !name.includes('-') && !written.has(name)).length;
    }
    return { elements, known: elements - missed };
  }

  #madeIn(segment: number): number {
    return ENGINE_MADE.get(this.#tags[segment] ?? 0) ?? 0;
  }

  /**
   * The elements that are there, that no rule looked at as a whole and that the engine does not make, as bits: mostly 0 after two
   * comparisons, without making anything. Of a segment that has more elements than bits: all.
   */
  #openElements(segment: number): number {
    const segments = this.#segments;
    const count = segments.elementCount(segment);
    if (count > MOST_BITS) return ALL;
    const looked = (this.#whole[segment] ?? 0) | (this.#whole[segments.count + segment] ?? 0);
    let open = -2 & (-1 >>> (MOST_BITS - count)) & ~looked;
    if (open !== 0) open &= ~this.#madeIn(segment);
    for (let bits = open; bits !== 0; bits &= bits - 1) {
      const element = lowest(bits);
      if (!segments.has(segment, element)) open &= ~(1 << element);
    }
    return open;
  }

  /** The names of elements that are bits. */
  #namesOf(segment: number, elements: number): readonly string[] {
    const names: string[] = [];
    for (let bits = elements; bits !== 0; bits &= bits - 1) names.push(this.#nameOf(segment, lowest(bits)));
    return names;
  }

  /** The elements and components of a segment that are there and were neither looked at nor are made by the engine. */
  #missedOf(segment: number): readonly string[] {
    const segments = this.#segments;
    const made = this.#madeIn(segment);
    if (made === ALL) return NOTHING;
    const missed: string[] = [];
    for (let element = 1; element <= segments.elementCount(segment); element++) {
      if (isIn(made, element) || !segments.has(segment, element)) continue;
      const bits = this.#marksOf(segment, element);
      const name = this.#nameOf(segment, element);
      if (bits === 0) missed.push(name);
      else for (const part of this.#missedParts(segment, element, bits)) missed.push(`${name}${part}`);
    }
    return missed;
  }

  /** `PRF02`: the same elements are missed in one document after the other, so their names are made once. */
  #nameOf(segment: number, element: number): string {
    const tag = this.#tags[segment] ?? 0;
    const segments = this.#segments;
    if (tag === 0 || element > MOST_BITS) return `${segments.tag(segment)}${twoDigits(element)}`;
    let names = NAMES.get(tag);
    if (names === undefined) {
      if (NAMES.size === MOST_NAMES) NAMES.clear();
      names = [];
      NAMES.set(tag, names);
    }
    const name = names[element] ?? `${segments.tag(segment)}${twoDigits(element)}`;
    names[element] = name;
    return name;
  }

  /** The components of an element that are there while others of it were looked at: as `-2`. */
  #missedParts(segment: number, element: number, bits: number): readonly string[] {
    const looked = (bits | (bits >>> COMPONENTS)) & WHOLE;
    if (looked === WHOLE) return NOTHING;
    const count = Math.min(componentCount(this.#segments, segment, element), COMPONENTS);
    const parts: string[] = [];
    for (let component = 1; component <= count; component++) {
      const unmarked = (looked & (1 << (component - 1))) === 0;
      if (unmarked && partText(this.#segments, segment, element, component) !== '') parts.push(`-${component}`);
    }
    return parts;
  }

  #wasRead(segment: number): boolean {
    const segments = this.#segments;
    for (let element = 1; element <= segments.elementCount(segment); element++) {
      if ((this.#marksOf(segment, element) & WHOLE) !== 0 && segments.has(segment, element)) return true;
    }
    return false;
  }

  /** The first element that conditions look at, by the tag of the segments. */
  #qualifiers(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    const segments = this.#segments;
    for (let segment = 0; segment < segments.count; segment++) {
      const count = segments.elementCount(segment);
      let element = 1;
      while (element <= count && this.#marksOf(segment, element) >>> COMPONENTS === 0) element++;
      if (element > count) continue;
      const tag = segments.tag(segment);
      if (tag !== '') found.set(tag, Math.min(element, found.get(tag) ?? element));
    }
    return found;
  }
}

/** The lowest element among these bits. */
function lowest(bits: number): number {
  return MOST_BITS - Math.clz32(bits & -bits);
}

function isIn(bits: number, element: number): boolean {
  return element <= MOST_BITS && (bits & (1 << element)) !== 0;
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
            .add(`${tag ?? around}${twoDigits(position)}-${component ?? target.value.component}`);
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
