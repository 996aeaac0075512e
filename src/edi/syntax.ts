import type { Delimiters } from './delimiters.ts';
import type { FunctionalGroup, Interchange, TransactionSet } from './envelope.ts';
import type { SetLimits } from './limits.ts';
import type { Pause, Scanner } from './scan-state.ts';
import { Segments } from './segments.ts';
import { giveTableBack, type SegmentTable } from './table.ts';

/** The header of an interchange as it was found at the front of some bytes. */
export interface Header {
  /** As in `Segments`: before the tag, each separator, the terminator. */
  readonly marks: readonly number[];
  readonly delimiters: Delimiters;
  /** The byte after the terminator. */
  readonly end: number;
  /** True when its form is the one the standard gives it. */
  readonly regular: boolean;
  /** True when a segment of the envelope follows, so that the delimiters are beyond doubt. */
  readonly confirmed: boolean;
}

/** `truncated`: the file ends inside the header. `unreadable`: no way of reading it gives a terminator. */
export type HeaderResult = Header | 'truncated' | 'unreadable';

/** What a segment of the envelope does. `acknowledgment`: a TA1. */
export type EnvelopeRole = 'group' | 'group-end' | 'document' | 'document-end' | 'interchange-end' | 'acknowledgment';

/** How one standard writes its envelope inside an interchange. */
export interface Envelope {
  /** The tag of the segment that ends an interchange. */
  readonly trailer: string;
  /** The next segment that may belong to the envelope, or `end`. */
  next(bytes: Buffer, table: SegmentTable, start: number, end: number): number;
  /** What a segment does in the envelope; null for all others. */
  roleOf(bytes: Buffer, table: SegmentTable, segment: number): EnvelopeRole | null;
  describeGroup(header: Segments): Pick<FunctionalGroup, 'code' | 'version' | 'controlNumber'>;
  describeDocument(
    segments: Segments,
    groupVersion: string,
  ): Pick<TransactionSet, 'type' | 'release' | 'controlNumber'>;
}

/** True when the header of an interchange may begin at `at`. Wants four bytes. */
export type Begins = (bytes: Buffer, at: number) => boolean;

/** What the reader of files must know of a standard. */
export interface Syntax {
  readonly begins: Begins;
  /** The tags that a header begins with. */
  readonly tags: readonly string[];
  /** How many bytes from its beginning on (or to the end of the file) are needed to read a header. */
  readonly headerView: number;
  /** Reads the header at the front of `view`, which holds `headerView` bytes, fewer only where the file ends. */
  readHeader(view: Buffer): HeaderResult;
  /** What a readable header says, given as one segment. */
  describe(header: Segments, start: number, ordinal: number, irregularHeader: boolean): Interchange;
  /** What can be told of a header whose delimiters cannot be found. */
  describeUnreadable(view: Buffer, start: number, ordinal: number): Interchange;
  /** `begins` is asked where a segment begins whether an interchange does. */
  scanner(table: SegmentTable, delimiters: Delimiters, position: number, begins: Begins): Scanner;
  readonly envelope: Envelope;
  readonly limits: SetLimits;
}

/** A header as one segment. Its bytes, the first of `view`, are copied, so that it keeps no window alive. */
export function headerSegments(
  { marks, delimiters, end }: Pick<Header, 'marks' | 'delimiters' | 'end'>,
  view: Buffer,
  start: number,
): Segments {
  const first = Int32Array.of(0, marks.length);
  return new Segments(Buffer.from(view.subarray(0, end)), start, delimiters, Int32Array.from(marks), first, 0, 1);
}

const READS_ON: ReadonlySet<Pause> = new Set(['window', 'trailer', 'header', 'intruder']);

/** The segments of one document that was cut out of its file. What is behind the last terminator or a broken limit is left out. */
export function readDocumentSegments(bytes: Buffer, base: number, delimiters: Delimiters, scanner: Scanner): Segments {
  for (let pause: Pause = 'window'; READS_ON.has(pause); pause = scanner.run(bytes, bytes.length, true)) {
    // What looks like a header was passed over when the file was read, or the document would have ended there.
    if (pause === 'header' || pause === 'intruder') scanner.passOver();
  }
  const { table } = scanner.state;
  const { marks, first } = table.copy();
  giveTableBack(table);
  return new Segments(bytes, base, delimiters, marks, first, 0, first.length - 1);
}
