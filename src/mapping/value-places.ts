import type { ReadContext, TextPlace } from './frame.ts';
import { codeMatch, componentMatch } from './match.ts';
import type { ResolvedValue } from './resolve-value.ts';

/** The elements of a value in a segment, in order. */
export type PlacesIn = (context: ReadContext, segment: number) => readonly Omit<TextPlace, 'segment'>[];

/** With a pair condition the pairs of the segment that hold one of the codes, `most` of them; else the places of the reference. */
export function placesIn({ pair, places }: ResolvedValue, most: number): PlacesIn {
  if (pair === null) {
    const fixed = places.map(({ position, component }) => ({ element: position, component }));
    return () => fixed;
  }
  const { components } = pair;
  const component = components?.value ?? null;
  const matches = components === null ? codeMatch(pair.codes) : componentMatch(pair.codes, components.qualifier);
  return ({ segments }, segment) => {
    const found: Omit<TextPlace, 'segment'>[] = [];
    const count = segments.elementCount(segment);
    for (let index = 0; index < pair.qualifiers.length && found.length < most; index++) {
      const element = pair.values[index] ?? 0;
      const qualifier = pair.qualifiers[index] ?? 0;
      if (element > 0 && qualifier <= count && matches(segments, segment, qualifier))
        found.push({ element, component });
    }
    return found;
  };
}
