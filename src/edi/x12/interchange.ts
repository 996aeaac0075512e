import type { Interchange } from '../envelope.ts';
import type { Segments } from '../segments.ts';
import { headerSegments } from '../syntax.ts';
import { separators } from './isa.ts';

/** What can be told of an ISA whose delimiters cannot be found: the elements that are there. */
export function unreadableInterchange(bytes: Buffer, start: number, ordinal: number): Interchange {
  const element = bytes[3] ?? 0;
  const found = separators(bytes, element);
  const end = Math.min(bytes.length, (found.at(-1) ?? 0) + 2);
  const delimiters = { element, component: null, repetition: null, segment: 0x7e, release: null };
  const header = headerSegments({ marks: [-1, ...found, end], delimiters, end }, bytes, start);
  return describeIsa(header, start, ordinal, true);
}

/** What an ISA says. */
export function describeIsa(header: Segments, start: number, ordinal: number, irregularHeader: boolean): Interchange {
  const text = (element: number): string => header.text(0, element).trim();
  return {
    standard: 'x12',
    ordinal,
    version: text(12),
    sender: { qualifier: text(5), id: text(6) },
    receiver: { qualifier: text(7), id: text(8) },
    controlNumber: text(13),
    date: text(9),
    time: text(10),
    test: text(15) === 'T',
    delimiters: header.delimiters,
    header,
    start,
    irregularHeader,
  };
}
