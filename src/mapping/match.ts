import { partText } from '../edi/part-text.ts';
import type { Segments } from '../edi/segments.ts';
import { tagKey } from '../edi/structure-plan.ts';
import type { ReadContext } from './frame.ts';
import type { Test } from './scope.ts';

/** A tag as a number; equal tags have equal numbers. */
export function tagNumber(tag: string): number {
  return tagKey(Buffer.from(tag, 'latin1'), 0, tag.length);
}

/** The tag of each segment as a number. */
export function tagNumbers(segments: Segments): Int32Array {
  const tags = new Int32Array(segments.count);
  for (let segment = 0; segment < tags.length; segment++) {
    tags[segment] = tagKey(segments.bytes, segments.partStart(segment, 0), segments.partEnd(segment, 0));
  }
  return tags;
}

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

function testMatch({ positions, component, codes }: Test): SegmentMatch {
  const match = component === null ? codeMatch(codes) : componentMatch(codes, component);
  return (context, segment) => {
    for (const position of positions) {
      context.coverage.test(segment, position);
      if (match(context.segments, segment, position)) return true;
    }
    return false;
  };
}

type CodeMatch = (segments: Segments, segment: number, element: number) => boolean;

function componentMatch(codes: readonly string[], component: number): CodeMatch {
  const wanted = new Set(codes);
  return (segments, segment, element) => wanted.has(partText(segments, segment, element, component));
}

/** True when an element is one of the codes, byte for byte (blanks at the end are padding). */
export function codeMatch(codes: readonly string[]): CodeMatch {
  const wanted = codes.map((code) => Buffer.from(code, 'latin1'));
  return (segments, segment, element) => {
    if (element > segments.elementCount(segment)) return false;
    const start = segments.partStart(segment, element);
    const end = segments.partEnd(segment, element);
    for (const code of wanted) if (isCode(segments.bytes, start, end, code)) return true;
    return false;
  };
}

function isCode(bytes: Buffer, start: number, end: number, code: Buffer): boolean {
  if (end - start < code.length) return false;
  for (let at = 0; at < code.length; at++) if (bytes[start + at] !== code[at]) return false;
  for (let at = start + code.length; at < end; at++) if (bytes[at] !== 32) return false;
  return true;
}
