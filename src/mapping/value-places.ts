import type { ReadContext, TextPlace } from './frame.ts';
import { CodeMatch } from './match.ts';
import type { PairNames } from './pair-walk.ts';
import type { Program } from './program.ts';
import type { Pair, ResolvedValue } from './resolve-value.ts';

/** An element of a segment, or one component of it. */
export type PartPlace = Omit<TextPlace, 'segment'>;

/** The elements of a value in a segment, in order. */
export type PlacesIn = (context: ReadContext, segment: number) => readonly PartPlace[];

/** With a pair condition the pairs of the segment that hold one of the codes, `most` of them; else the places of the reference. */
export function placesIn({ pair, places }: ResolvedValue, most: number): PlacesIn {
  if (pair === null) {
    const fixed = places.map(({ position, component }) => ({ element: position, component }));
    return () => fixed;
  }
  const pairs = new PairPlaces(pair);
  return (context, segment) => {
    const found: PartPlace[] = [];
    for (let at = pairs.next(context, segment, 0); pairs.elementOf(at) > 0; at = pairs.next(context, segment, at + 1)) {
      if (found.length === most) break;
      found.push({ element: pairs.elementOf(at), component: pairs.component });
    }
    return found;
  };
}

/** Where the value of a pair condition stands in a segment. */
export class PairPlaces {
  /** Of the value; null where it is a whole element. */
  readonly component: number | null;
  readonly #qualifiers: readonly number[];
  readonly #values: readonly number[];
  readonly #codes: CodeMatch;

  constructor({ qualifiers, values, codes, components }: Pair) {
    this.component = components?.value ?? null;
    this.#qualifiers = qualifiers;
    this.#values = values;
    this.#codes = new CodeMatch(codes, components?.qualifier ?? null);
  }

  /** The first pair from `from` on that holds one of the codes; their number when there is none. */
  next({ segments }: ReadContext, segment: number, from: number): number {
    const qualifiers = this.#qualifiers;
    const count = segments.elementCount(segment);
    for (let index = from; index < qualifiers.length; index++) {
      const qualifier = qualifiers[index] ?? 0;
      if (qualifier > count) break;
      if (this.elementOf(index) > 0 && this.#codes.standsAt(segments, segment, qualifier)) return index;
    }
    return qualifiers.length;
  }

  /** The names for the first pair in the segments of a tag of the frame itself; null where its codes cannot be compared as numbers. */
  emit(program: Program, tag: number): PairNames | null {
    const { keys } = this.#codes;
    if (keys === null) return null;
    return program.pair(
      { tag, qualifiers: this.#qualifiers, values: this.#qualifiers.map((_, index) => this.elementOf(index)) },
      keys,
    );
  }

  /** The element that holds the value of a pair; 0 where it has none. */
  elementOf(pair: number): number {
    return this.#values[pair] ?? 0;
  }
}
