import type { Dictionary, ElementDefinition, ElementUse } from '../../edi/dictionary/types.ts';
import type { Standard } from '../../edi/envelope.ts';

/** An interchange of one document as its segments, each a list of its tag and elements. */
export type SegmentTexts = readonly (readonly string[])[];

const WRITTEN = {
  x12: { element: '*', end: '~\n', elements: /\*/, component: /:/ },
  edifact: { element: '+', end: "'\n", elements: /(?<!\?)\+/, component: /(?<!\?):/ },
} as const;

/** The segments of a document that was written with the usual separators, one a line. */
export function segmentsOf(text: string, standard: Standard): SegmentTexts {
  const { end, elements } = WRITTEN[standard];
  return text
    .split(end)
    .filter((segment) => segment !== '')
    .map((segment) => segment.split(elements));
}

/** The text of segments; empty elements at their end are left out, as they must be. */
export function textOf(segments: SegmentTexts, standard: Standard): string {
  const { element, end } = WRITTEN[standard];
  return segments
    .map((segment) => segment.slice(0, segment.findLastIndex((text) => text !== '') + 1))
    .map((segment) => segment.join(element) + end)
    .join('');
}

/** The same segments with another text in one element. */
export function withElement(segments: SegmentTexts, segment: number, element: number, text: string): SegmentTexts {
  return segments.map((old, index) =>
    index === segment
      ? Array.from({ length: Math.max(old.length, element + 1) }, (_, at) => (at === element ? text : (old[at] ?? '')))
      : old,
  );
}

/** A value in a document and what the tables say of it. */
export interface ValuePlace {
  readonly segment: number;
  readonly position: number;
  /** How many elements its segment may have. */
  readonly elements: number;
  readonly use: ElementUse;
  readonly definition: ElementDefinition;
  readonly value: string;
  /** The whole element with another value. */
  put(value: string): string;
}

/** Every value that is there, of the first component where an element has several. */
export function valuesOf(
  segments: SegmentTexts,
  from: number,
  to: number,
  dictionary: Dictionary,
  standard: Standard,
): readonly ValuePlace[] {
  return segments.slice(from, to).flatMap((texts, index) => {
    const uses = dictionary.segment(texts[0] ?? '')?.elements ?? [];
    return uses.flatMap((use): readonly ValuePlace[] => {
      const text = texts[use.position] ?? '';
      const [first] = use.components;
      const parts = first === undefined ? [text] : text.split(WRITTEN[standard].component);
      const [value = '', ...rest] = parts;
      if (value === '') return [];
      const { element: definition } = first ?? use;
      const put = (changed: string): string => [changed, ...rest].join(':');
      return [{ segment: from + index, position: use.position, elements: uses.length, use, definition, value, put }];
    });
  });
}
