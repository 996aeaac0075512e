import { CR, LF } from '../../../src/edi/bytes.ts';
import type { Delimiters } from '../../../src/edi/delimiters.ts';
import type { Interchange, ReadItem } from '../../../src/edi/envelope.ts';
import type { PlainElement, PlainSegment, PlainValue } from '../../../src/edi/plain-segment.ts';
import type { SegmentStyle } from '../../../src/edi/segment-writer.ts';
import type { Segments } from '../../../src/edi/segments.ts';
import type { PlainGroup, PlainInterchange, PlainSet } from '../../../src/edi/x12/plain.ts';

/** The segments of a run as they would be given to a writer; what is empty at their ends is kept. */
export function plainSegments(segments: Segments): readonly PlainSegment[] {
  return Array.from({ length: segments.count }, (_, segment) => [
    segments.tag(segment),
    ...Array.from({ length: segments.elementCount(segment) }, (_, index) => plainElement(segments, segment, index + 1)),
  ]);
}

/** One element as it would be given to a writer. */
export function plainElement(segments: Segments, segment: number, element: number): PlainElement {
  if (element > segments.elementCount(segment)) return '';
  const { component, repetition } = segments.delimiters;
  const values = pieces(segments, segments.partStart(segment, element), segments.partEnd(segment, element), repetition)
    .map((range) => pieces(segments, ...range, component).map(([from, to]) => segments.textOf(from, to)))
    .map((parts): PlainValue => (parts.length === 1 ? (parts[0] ?? '') : parts));
  return values.length === 1 ? (values[0] ?? '') : { repetitions: values };
}

type Range = readonly [from: number, to: number];

function pieces({ bytes, delimiters }: Segments, from: number, to: number, separator: number | null): readonly Range[] {
  const found: Range[] = [];
  let start = from;
  for (let at = from; at < to; at++) {
    if (bytes[at] === delimiters.release) at++;
    else if (bytes[at] === separator) {
      found.push([start, at]);
      start = at + 1;
    }
  }
  return [...found, [start, to]];
}

/** One interchange of a file: what was read between its header and its end. */
export interface WholeInterchange {
  readonly interchange: Interchange;
  readonly items: readonly ReadItem[];
  readonly end: number;
}

/** The interchanges among items. */
export function wholeInterchanges(items: readonly ReadItem[]): readonly WholeInterchange[] {
  let from = 0;
  return items.flatMap((item, index) => {
    if (item.kind === 'interchange') from = index;
    if (item.kind !== 'interchange-end') return [];
    return [{ interchange: item.interchange, items: items.slice(from, index), end: item.end }];
  });
}

/** The delimiters and line breaks of an interchange. A terminator of two bytes is a CR with a line break behind it. */
export function styleOf(read: Buffer, delimiters: Delimiters): Required<SegmentStyle> {
  const at = read.indexOf(delimiters.segment, read.indexOf('UNB') + 1);
  if (delimiters.segment === LF && read[at - 1] === CR) {
    return { delimiters: { ...delimiters, segment: CR }, lineBreak: '\n', keepTrailing: true };
  }
  const behind = read.latin1Slice(at + 1, at + 3);
  const lineBreak = behind === '\r\n' ? behind : behind.startsWith('\n') ? '\n' : '';
  return { delimiters, lineBreak, keepTrailing: true };
}

/** An X12 interchange as it would be given to a writer. */
export function plainX12({ interchange: { header }, items }: WholeInterchange): PlainInterchange {
  const text = (element: number): string => header.text(0, element);
  const groups: (PlainGroup & { readonly sets: PlainSet[] })[] = [];
  const acknowledgments: PlainSegment[] = [];
  for (const item of items) {
    if (item.kind === 'interchange-acknowledgment') acknowledgments.push(...plainSegments(item.segments));
    else if (item.kind === 'group' && item.group.header !== null) groups.push(plainGroup(item.group.header));
    else if (item.kind === 'document') groups.at(-1)?.sets.push(plainSet(item.document.segments));
  }
  return {
    authorization: { qualifier: text(1), id: text(2) },
    security: { qualifier: text(3), id: text(4) },
    sender: { qualifier: text(5), id: text(6) },
    receiver: { qualifier: text(7), id: text(8) },
    date: `20${text(9)}`,
    time: text(10),
    standards: text(11),
    version: text(12),
    controlNumber: text(13),
    acknowledge: text(14) === '1' ? '1' : '0',
    usage: text(15) === 'T' ? 'T' : 'P',
    acknowledgments,
    groups,
  };
}

function plainGroup(header: Segments): PlainGroup & { readonly sets: PlainSet[] } {
  const text = (element: number): string => header.text(0, element);
  return {
    code: text(1),
    sender: text(2),
    receiver: text(3),
    date: text(8) < '004010' ? `20${text(4)}` : text(4),
    time: text(5),
    controlNumber: text(6),
    agency: text(7),
    version: text(8),
    sets: [],
  };
}

function plainSet(segments: Segments): PlainSet {
  return {
    type: segments.text(0, 1),
    controlNumber: segments.text(0, 2),
    ...(segments.elementCount(0) > 2 ? { implementation: segments.text(0, 3) } : {}),
    segments: plainSegments(segments).slice(1, -1),
  };
}
