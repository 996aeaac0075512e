import type { Interchange } from '../envelope.ts';
import { Segments } from '../segments.ts';
import { type Isa, separators } from './isa.ts';

/** What a readable ISA says. `bytes` begin with it and are copied, so that the interchange keeps no window alive. */
export function interchangeOf(isa: Isa, bytes: Buffer, start: number, ordinal: number): Interchange {
  const first = Int32Array.of(0, isa.marks.length);
  const header = new Segments(
    Buffer.from(bytes.subarray(0, isa.end)),
    start,
    isa.delimiters,
    Int32Array.from(isa.marks),
    first,
    0,
    1,
  );
  return describe(header, start, ordinal, !isa.regular);
}

/** What can be told of an ISA whose delimiters cannot be found: the elements that are there. */
export function unreadableInterchange(bytes: Buffer, start: number, ordinal: number): Interchange {
  const element = bytes[3] ?? 0;
  const found = separators(bytes, element);
  const end = Math.min(bytes.length, (found.at(-1) ?? 0) + 2);
  const delimiters = { element, component: null, repetition: null, segment: 0x7e, release: null };
  const marks = Int32Array.from([-1, ...found, end]);
  const header = new Segments(
    Buffer.from(bytes.subarray(0, end)),
    start,
    delimiters,
    marks,
    Int32Array.of(0, marks.length),
    0,
    1,
  );
  return describe(header, start, ordinal, true);
}

function describe(header: Segments, start: number, ordinal: number, irregularHeader: boolean): Interchange {
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
