import type { Segments } from './segments.ts';

/**
 * Text of an element (counted from 1) or of one of its components, blanks around taken away; empty when absent. A
 * repeated element gives its first repetition.
 */
export function partText(segments: Segments, segment: number, element: number, component: number | null): string {
  if (component === null && segments.delimiters.repetition === null) {
    const { marks } = segments;
    const at = segments.marksAt(segment) + element;
    if (at > segments.marksAt(segment + 1) - 2) return '';
    const [from, to] = [(marks[at] ?? 0) + 1, marks[at + 1] ?? 0];
    return from < to ? trimmed(segments, from, to) : '';
  }
  const [start, end] = partRange(segments, segment, element, component);
  return end > start ? trimmed(segments, start, end) : '';
}

/** Most values have no blanks around them, and then nobody need look for them in the text. */
function trimmed(segments: Segments, start: number, end: number): string {
  const { bytes } = segments;
  const text = segments.textOf(start, end);
  return isInk(bytes[start] ?? 0) && isInk(bytes[end - 1] ?? 0) ? text : text.trim();
}

/** True for ASCII that is no blank: what `trim` leaves for certain. */
function isInk(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}

/**
 * Bytes of an element or component in the window, end exclusive; an empty range when it is absent. Of a repeated element those
 * of one repetition, counted from 0.
 */
export function partRange(
  segments: Segments,
  segment: number,
  element: number,
  component: number | null,
  repetition = 0,
): readonly [number, number] {
  if (element > segments.elementCount(segment)) return [0, 0];
  const mark = segments.delimiters.repetition;
  const whole = segments.partEnd(segment, element);
  let start = segments.partStart(segment, element);
  let end = mark === null ? whole : cut(segments, start, whole, mark);
  for (let passed = 0; passed < repetition; passed++) {
    if (mark === null || end === whole) return [0, 0];
    start = end + 1;
    end = cut(segments, start, whole, mark);
  }
  const separator = segments.delimiters.component;
  if (component === null || separator === null) return component === null || component === 1 ? [start, end] : [0, 0];
  let from = start;
  for (let index = 1; index < component; index++) {
    const at = cut(segments, from, end, separator);
    if (at >= end) return [0, 0];
    from = at + 1;
  }
  return [from, cut(segments, from, end, separator)];
}

/** How many components the first repetition of an element has, empty ones between others counted too. */
export function componentCount(segments: Segments, segment: number, element: number): number {
  const separator = segments.delimiters.component;
  const [start, end] = partRange(segments, segment, element, null);
  if (separator === null || end === start) return 1;
  let count = 1;
  for (let at = cut(segments, start, end, separator); at < end; at = cut(segments, at + 1, end, separator)) count++;
  return count;
}

/** Every repetition of an element as text, empty ones too. */
export function repeatedTexts(segments: Segments, segment: number, element: number): readonly string[] {
  if (element > segments.elementCount(segment)) return [];
  const { repetition } = segments.delimiters;
  const end = segments.partEnd(segment, element);
  const texts: string[] = [];
  for (let from = segments.partStart(segment, element); from < end; ) {
    const to = repetition === null ? end : cut(segments, from, end, repetition);
    texts.push(segments.textOf(from, to).trim());
    from = to + 1;
  }
  return texts;
}

/** Where a separator stands that is not released, or the end. */
function cut({ bytes, delimiters }: Segments, from: number, end: number, separator: number): number {
  const { release } = delimiters;
  for (let at = from; at < end; at++) {
    if (bytes[at] === separator) return at;
    if (bytes[at] === release) at++;
  }
  return end;
}
