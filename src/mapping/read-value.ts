import { partText, repeatedTexts } from '../edi/part-text.ts';
import type { Place } from '../util/problem.ts';
import type { Finish } from './finish-value.ts';
import type { Frame, ReadContext, TextPlace } from './frame.ts';
import type { SegmentSearch } from './locate.ts';
import { type Outcome, ReadFault } from './outcome.ts';
import type { PairPlaces, PartPlace, PlacesIn } from './value-places.ts';

/** A rule ready to read: what it gives as seen from a frame. */
export interface ValueReader {
  /** It reads nothing from a frame that has not all of these tags (see `tags.ts`). */
  readonly bits: number;
  read(context: ReadContext, frame: Frame): Outcome;
}

/** The bits without which none of them reads anything. */
export function commonBits(readers: readonly ValueReader[]): number {
  return readers.length === 0 ? 0 : readers.reduce((bits, reader) => bits & reader.bits, -1);
}

/**
 * A value that stands in one place of a segment: nearly all values of nearly all documents. Everything it needs is a field of
 * one class, so that the engine compiles the way from a field to its text as one piece; where the value is absent nothing is
 * made.
 */
export class SingleValue implements ValueReader {
  readonly bits: number;
  readonly #at: Place;
  readonly #search: SegmentSearch;
  readonly #element: number;
  readonly #component: number | null;
  readonly #pairs: PairPlaces | null;
  readonly #finish: Finish;

  /** `place` is where it stands, or the pairs it is one of. */
  constructor(at: Place, search: SegmentSearch, place: PartPlace | PairPlaces, finish: Finish) {
    this.bits = search.bits;
    this.#at = at;
    this.#search = search;
    this.#pairs = 'next' in place ? place : null;
    this.#element = 'next' in place ? 0 : place.element;
    this.#component = place.component;
    this.#finish = finish;
  }

  read(context: ReadContext, frame: Frame): Outcome {
    const segment = this.#search.first(context, frame);
    if (segment < 0) return undefined;
    const pairs = this.#pairs;
    const element = pairs === null ? this.#element : pairs.elementOf(pairs.next(context, segment, 0));
    if (element === 0) return undefined;
    const component = this.#component;
    context.coverage.read(segment, element, component);
    const text = partText(context.segments, segment, element, component);
    if (text === '') return undefined;
    const value = this.#finish.plain ? text : this.#finish.read([text]);
    if (value === undefined) return new ReadFault(segment, element, text, this.#finish.expected);
    context.recorder?.value(this.#at, value, [{ segment, element, component }]);
    return value;
  }
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

  read(context: ReadContext, frame: Frame): Outcome {
    const texts: string[] = [];
    let any = false;
    for (const { search, places, width } of this.#parts) {
      const before = texts.length;
      const segment = search.first(context, frame);
      if (segment < 0 && this.#parts.length === 1) return undefined;
      if (segment >= 0) {
        for (const { element, component } of places(context, segment)) {
          context.coverage.read(segment, element, component);
          const text = partText(context.segments, segment, element, component);
          any ||= text !== '';
          texts.push(text);
        }
      }
      while (texts.length < before + width) texts.push('');
    }
    if (!any) return undefined;
    const value = this.#finish.read(texts);
    if (value === undefined) {
      const [place] = this.#placesFound(context, frame);
      const text = texts.filter((each) => each !== '').join(' ');
      return new ReadFault(place?.segment ?? 0, place?.element ?? 0, text, this.#finish.expected);
    }
    context.recorder?.value(this.#at, value, this.#placesFound(context, frame));
    return value;
  }

  /** Where the texts stood. */
  #placesFound(context: ReadContext, frame: Frame): readonly TextPlace[] {
    return this.#parts.flatMap(({ search, places }) => {
      const segment = search.first(context, frame);
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

  read(context: ReadContext, frame: Frame): Outcome {
    let fault: ReadFault | undefined;
    for (const alternative of this.#alternatives) {
      const outcome = alternative.read(context, frame);
      if (outcome instanceof ReadFault) fault = outcome;
      else if (outcome !== undefined) return outcome;
    }
    return fault;
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

  read(context: ReadContext, frame: Frame): Outcome {
    const outcome = this.#value.read(context, frame);
    return outcome instanceof ReadFault ? undefined : outcome;
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

  read(context: ReadContext, frame: Frame): Outcome {
    const segments = this.#search.all(context, frame);
    if (segments.length === 0) return undefined;
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
