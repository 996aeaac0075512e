import { partText } from '../edi/part-text.ts';
import type { Segments } from '../edi/segments.ts';
import type { ReadContext } from './frame.ts';
import type { Test } from './scope.ts';

/** True when a segment has this tag; compares bytes, makes no text. */
export type TagMatch = (segments: Segments, segment: number) => boolean;

export function tagMatch(tag: string): TagMatch {
  const bytes = Buffer.from(tag, 'latin1');
  const [first = 0, second = 0, third = -1] = bytes;
  return (segments, segment) => {
    const start = segments.partStart(segment, 0);
    if (segments.partEnd(segment, 0) - start !== bytes.length) return false;
    const window = segments.bytes;
    return window[start] === first && window[start + 1] === second && (third === -1 || window[start + 2] === third);
  };
}

/** True when a segment passes every test. */
export type SegmentMatch = (context: ReadContext, segment: number) => boolean;

export function segmentMatch(tests: readonly Test[]): SegmentMatch | null {
  if (tests.length === 0) return null;
  const compiled = tests.map(testMatch);
  const [only] = compiled;
  if (compiled.length === 1 && only !== undefined) return only;
  return (context, segment) => compiled.every((test) => test(context, segment));
}

function testMatch({ positions, component, codes }: Test): SegmentMatch {
  const wanted = new Set(codes);
  const [position = 0] = positions;
  if (positions.length === 1 && component === null) {
    const match = codeMatch(codes);
    return (context, segment) => {
      context.recorder?.test(segment, position);
      return match(context.segments, segment, position);
    };
  }
  return (context, segment) =>
    positions.some((each) => {
      context.recorder?.test(segment, each);
      return wanted.has(partText(context.segments, segment, each, component));
    });
}

/** True when an element is one of the codes, byte for byte (blanks at the end are padding). */
export function codeMatch(codes: readonly string[]): (segments: Segments, segment: number, element: number) => boolean {
  const wanted = codes.map((code) => Buffer.from(code, 'latin1'));
  return (segments, segment, element) => {
    if (element > segments.elementCount(segment)) return false;
    const start = segments.partStart(segment, element);
    const end = segments.partEnd(segment, element);
    return wanted.some((code) => isCode(segments.bytes, start, end, code));
  };
}

function isCode(bytes: Buffer, start: number, end: number, code: Buffer): boolean {
  if (end - start < code.length) return false;
  for (let at = 0; at < code.length; at++) if (bytes[start + at] !== code[at]) return false;
  for (let at = start + code.length; at < end; at++) if (bytes[at] !== 32) return false;
  return true;
}
