import { tagKey } from '../edi/bytes.ts';
import { partText } from '../edi/part-text.ts';
import type { Segments } from '../edi/segments.ts';
import type { ReadContext } from './frame.ts';
import type { Test } from './scope.ts';

const BLANK = 0x20;
/** So many bytes fit in one number. */
const NUMBER_BYTES = 4;

/** True when a segment passes every test. */
export type SegmentMatch = (context: ReadContext, segment: number) => boolean;

export function segmentMatch(tests: readonly Test[]): SegmentMatch | null {
  if (tests.length === 0) return null;
  const compiled = tests.map(testMatch);
  const [only] = compiled;
  if (compiled.length === 1 && only !== undefined) return only;
  return (context, segment) => {
    for (const test of compiled) if (!test(context, segment)) return false;
    return true;
  };
}

function testMatch({ positions, component, codes, not }: Test): SegmentMatch {
  const match = component === null ? codeMatch(codes) : componentMatch(codes, component);
  const holds: SegmentMatch = ({ segments, coverage }, segment) => {
    const count = segments.elementCount(segment);
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index] ?? 0;
      // Positions are in the order of the segment.
      if (position > count) return false;
      coverage.test(segment, position, component);
      if (match(segments, segment, position)) return true;
    }
    return false;
  };
  return not ? (context, segment) => !holds(context, segment) : holds;
}

type CodeMatch = (segments: Segments, segment: number, element: number) => boolean;

/** True when a component of an element is one of the codes. */
export function componentMatch(codes: readonly string[], component: number): CodeMatch {
  const wanted = new Set(codes);
  return (segments, segment, element) => wanted.has(partText(segments, segment, element, component));
}

/** True when an element is one of the codes, byte for byte (blanks at the end are padding). */
export function codeMatch(codes: readonly string[]): CodeMatch {
  const wanted = codes.map((code) => Buffer.from(code.replace(/ +$/, ''), 'latin1'));
  const short = wanted.filter(({ length }) => length <= NUMBER_BYTES).map((code) => tagKey(code, 0, code.length));
  const long = wanted.filter(({ length }) => length > NUMBER_BYTES);
  return (segments, segment, element) => {
    if (element > segments.elementCount(segment)) return false;
    const { bytes } = segments;
    const start = segments.partStart(segment, element);
    let end = segments.partEnd(segment, element);
    while (end > start && bytes[end - 1] === BLANK) end--;
    if (end - start > NUMBER_BYTES) return long.some((code) => code.compare(bytes, start, end) === 0);
    const key = tagKey(bytes, start, end);
    for (let index = 0; index < short.length; index++) if (short[index] === key) return true;
    return false;
  };
}
