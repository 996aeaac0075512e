import { partText, repeatedTexts } from '../edi/part-text.ts';
import type { Place } from '../util/problem.ts';
import type { Finish } from './finish-value.ts';
import type { ReadContext, TextPlace } from './frame.ts';
import type { SegmentSearch } from './locate.ts';
import { type Outcome, ReadFault } from './outcome.ts';
import type { PairNames } from './pair-walk.ts';
import type { Program } from './program.ts';
import type { PairPlaces, PartPlace, PlacesIn } from './value-places.ts';

/** A rule ready to read: what it gives as seen from a frame. */
export interface ValueReader {
  /** It reads nothing from a frame that has not all of these tags (see `tags.ts`). */
  readonly bits: number;
  /** Statements that leave the `Outcome` in `v` (see `Program`). */
  emit(program: Program): string;
}

/** The bits without which none of them reads anything. */
export function commonBits(readers: readonly ValueReader[]): number {
  return readers.length === 0 ? 0 : readers.reduce((bits, reader) => bits & reader.bits, -1);
}

/** A value that stands in one place of a segment: nearly all values of nearly all documents. */
export class SingleValue implements ValueReader {
  readonly bits: number;
  readonly #at: Place;
  readonly #search: SegmentSearch;
  readonly #place: PartPlace | PairPlaces;
  readonly #finish: Finish;

  /** `place` is where it stands, or the pairs it is one of. */
  constructor(at: Place, search: SegmentSearch, place: PartPlace | PairPlaces, finish: Finish) {
    this.bits = search.bits;
    this.#at = at;
    this.#search = search;
    this.#place = place;
    this.#finish = finish;
  }

  emit(program: Program): string {
    const { component } = this.#place;
    const [segment, element, text] = [program.variable(), program.variable(), program.variable()];
    const place = this.#emitPlace(program, segment);
    const where = `{ segment: ${segment}, element: ${element}, component: ${component} }`;
    const expected = program.constant(this.#finish.expected);
    const fault = `new ${program.constant(ReadFault)}(${segment}, ${element}, ${text}, ${expected})`;
    const told = `if (r !== null) r.value(${program.constant(this.#at)}, v, [${where}]);`;
    const value = this.#finish.plain
      ? `v = ${text}; ${told}`
      : `v = ${program.constant(this.#finish)}.read([${text}]); if (v === undefined) v = ${fault}; else ${told}`;
    const read = `
      const ${text} = ${program.constant(readText)}(c, ${segment}, ${element}, ${component});
      if (${text} !== '') { ${value} }`;
    return `
      v = undefined;
      const ${segment} = ${place.segment};
      if (${segment} >= 0) { const ${element} = ${place.element}; ${this.#emitQuick(program, segment, element, told, read)} }`;
  }

  /** Most codes and numbers are told by their bytes; what is not is read from its text. */
  #emitQuick(program: Program, segment: string, element: string, told: string, read: string): string {
    const { quick } = this.#finish;
    if (quick === null || this.#place.component !== null) return read;
    return `
      if (${element} !== 0) v = ${program.constant(quick)}(c.segments, ${segment}, ${element});
      if (v !== undefined) { c.coverage.read(${segment}, ${element}, null); ${told} } else { ${read} }`;
  }

  /** Expressions for the segment and the element; that of the element may use the name of the segment. */
  #emitPlace(program: Program, segment: string): PairNames {
    const place = this.#place;
    if (!('next' in place)) return { segment: this.#search.emit(program), element: `${place.element}` };
    const { pairTag } = this.#search;
    const names = pairTag === null ? null : place.emit(program, pairTag);
    if (names !== null) return names;
    const pairs = program.constant(place);
    return { segment: this.#search.emit(program), element: `${pairs}.elementOf(${pairs}.next(c, ${segment}, 0))` };
  }
}

/** The text of an element, or of one component of it, which counts as read; of element 0 there is none. */
function readText(context: ReadContext, segment: number, element: number, component: number | null): string {
  if (element === 0) return '';
  context.coverage.read(segment, element, component);
  return partText(context.segments, segment, element, component);
}

/** One part of a value of several texts. */
export interface ValuePart {
  readonly search: SegmentSearch;
  /** Its elements in a segment, in order. */
  readonly places: PlacesIn;
  /** So many texts are empty where it is absent. */
  readonly width: number;
}

/** A value that several texts make, as a date and its time. */
export class JoinedValue implements ValueReader {
  readonly bits: number;
  readonly #at: Place;
  readonly #parts: readonly ValuePart[];
  readonly #finish: Finish;

  constructor(at: Place, parts: readonly ValuePart[], finish: Finish) {
    this.bits = parts.length === 1 ? (parts[0]?.search.bits ?? 0) : 0;
    this.#at = at;
    this.#parts = parts;
    this.#finish = finish;
  }

  emit(program: Program): string {
    const segments = this.#parts.map(({ search }) => search.emit(program));
    return `v = ${program.constant(this)}.read(c, [${segments.join(', ')}]);`;
  }

  /** `found` is the segment of each part, -1 where there is none. */
  read(context: ReadContext, found: readonly number[]): Outcome {
    if (found.every((segment) => segment < 0)) return undefined;
    const texts: string[] = [];
    for (const [index, { places, width }] of this.#parts.entries()) {
      const before = texts.length;
      const segment = found[index] ?? -1;
      if (segment >= 0) {
        for (const { element, component } of places(context, segment)) {
          texts.push(readText(context, segment, element, component));
        }
      }
      while (texts.length < before + width) texts.push('');
    }
    if (texts.every((text) => text === '')) return undefined;
    const value = this.#finish.read(texts);
    if (value === undefined) {
      const [place] = this.#placesIn(context, found);
      const text = texts.filter((each) => each !== '').join(' ');
      return new ReadFault(place?.segment ?? 0, place?.element ?? 0, text, this.#finish.expected);
    }
    context.recorder?.value(this.#at, value, this.#placesIn(context, found));
    return value;
  }

  /** Where the texts stood. */
  #placesIn(context: ReadContext, found: readonly number[]): readonly TextPlace[] {
    return this.#parts.flatMap(({ places }, index) => {
      const segment = found[index] ?? -1;
      return segment < 0 ? [] : places(context, segment).map((place) => ({ segment, ...place }));
    });
  }
}

/** The first alternative that gives a value; the last fault where none does. */
export class EitherValue implements ValueReader {
  readonly bits: number;
  readonly #alternatives: readonly ValueReader[];

  constructor(alternatives: readonly ValueReader[]) {
    this.bits = commonBits(alternatives);
    this.#alternatives = alternatives;
  }

  emit(program: Program): string {
    const [label, fault] = [program.variable(), program.variable()];
    const alternatives = this.#alternatives.map(
      (alternative) => `{ ${alternative.emit(program)} }
        if (v !== undefined) { if (${program.isFault()}) ${fault} = v; else break ${label}; }`,
    );
    return `let ${fault}; ${label}: { ${alternatives.join('\n')} v = ${fault}; }`;
  }
}

/**
 * An alternative with `also` beside others without: a code that the other rule of its element reads may mean nothing here, and
 * is for the next alternative.
 */
export class PassingValue implements ValueReader {
  readonly bits: number;
  readonly #value: ValueReader;

  constructor(value: ValueReader) {
    this.bits = value.bits;
    this.#value = value;
  }

  emit(program: Program): string {
    return `${this.#value.emit(program)} if (${program.isFault()}) v = undefined;`;
  }
}

/** A list of every value. */
export class AllValues implements ValueReader {
  readonly bits: number;
  readonly #at: Place;
  readonly #search: SegmentSearch;
  readonly #places: PlacesIn;
  readonly #finish: Finish;

  constructor(at: Place, search: SegmentSearch, places: PlacesIn, finish: Finish) {
    this.bits = search.bits;
    this.#at = at;
    this.#search = search;
    this.#places = places;
    this.#finish = finish;
  }

  emit(program: Program): string {
    const list = program.variable();
    const found = this.#search.emitEach(program, (segment) => `(${list} ??= []).push(${segment});`);
    return `let ${list}; ${found} v = ${list} === undefined ? undefined : ${program.constant(this)}.read(c, ${list});`;
  }

  /** The values in these segments. */
  read(context: ReadContext, segments: readonly number[]): Outcome {
    const values: (string | number)[] = [];
    for (const segment of segments) {
      for (const { element, component } of this.#places(context, segment)) {
        context.coverage.read(segment, element, component);
        const texts =
          component === null
            ? repeatedTexts(context.segments, segment, element)
            : [partText(context.segments, segment, element, component)];
        for (const [repetition, text] of texts.entries()) {
          if (text === '') continue;
          const value = this.#finish.read([text]);
          if (value === undefined) return new ReadFault(segment, element, text, this.#finish.expected);
          context.recorder?.enter(values.length);
          context.recorder?.value(this.#at, value, [{ segment, element, component, repetition }]);
          context.recorder?.leave();
          values.push(value);
        }
      }
    }
    return values.length === 0 ? undefined : values;
  }
}
