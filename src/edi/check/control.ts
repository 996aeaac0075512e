import type { FindingPosition } from '../finding.ts';
import type { Segments } from '../segments.ts';

/** Where an element of an envelope or document segment (counted from 0) stands; its end when it is absent. */
export function elementPosition(segments: Segments, segment: number, element: number): FindingPosition {
  const count = segments.elementCount(segment);
  const at = element > count ? segments.partEnd(segment, count) : segments.partStart(segment, element);
  return { byte: segments.base + at, segment: segment + 1, tag: segments.tag(segment), element };
}

/** The same without a position in a document, for segments of the envelope. */
export function envelopePosition(segments: Segments, element: number): FindingPosition {
  const { byte, tag } = elementPosition(segments, 0, element);
  return { byte, element, ...(tag === undefined ? {} : { tag }) };
}

/** True when a trailer's count, as text, is the number that was counted. */
export function sameCount(claimed: string, counted: number): boolean {
  return /^ *[0-9]{1,10} *$/.test(claimed) && Number(claimed) === counted;
}

/** True when two numeric control numbers are equal; leading zeros are no difference, as the standard makes them numbers. */
export function sameNumber(a: string, b: string): boolean {
  const bare = (text: string): string => text.trim().replace(/^0+(?=.)/, '');
  return bare(a) === bare(b);
}
