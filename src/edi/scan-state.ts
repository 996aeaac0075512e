import { CR, LF } from './bytes.ts';
import type { Delimiters } from './delimiters.ts';
import type { SegmentExcess } from './limits.ts';
import type { SegmentTable } from './table.ts';

/**
 * Why a scan paused. `window`: to be called again at once. `more`: all bytes are used up. `header`: an interchange may begin
 * at `position`. `intruder`: in the middle of the segment that ends at `position` an interchange may begin. `trailer`: the
 * last complete segment is the trailer of the interchange. The others: the segment at `partialStart` breaks a limit.
 */
export type Pause = 'window' | 'more' | 'header' | 'intruder' | 'trailer' | SegmentExcess;

/** Bytes looked at in one go: few enough that their table stays in the processor's cache. */
export const STRIDE = 65_536;

/**
 * Finds segments and elements: bytes in, positions out into the table of its state. A segment that is not complete yet is
 * gone on with when bytes come.
 */
export interface Scanner {
  readonly state: ScanState;
  /** Scans on over `bytes[position .. length)`. `ended` says that no more bytes come. */
  run(bytes: Buffer, length: number, ended: boolean): Pause;
  /** Takes the header at `position`, or the intruder, for ordinary data. */
  passOver(): void;
  /** True in binary data that is not complete. */
  readonly inBinary: boolean;
}

/** Where a scanner stands. */
export class ScanState {
  readonly table: SegmentTable;
  /** The next byte to look at. */
  position: number;
  /** True between a terminator and the tag after it. */
  opening = true;
  /** Where a header was found in the middle of a segment. */
  intruder = 0;
  /** Segments end with a line feed, and a carriage return before it belongs to it. */
  readonly lines: boolean;

  constructor(table: SegmentTable, delimiters: Delimiters, position: number) {
    table.clear();
    this.table = table;
    this.position = position;
    this.lines = delimiters.segment === LF;
  }

  /** Notes where a scan has come to. */
  save(at: number, used: number, opening: boolean): void {
    this.position = at;
    this.table.used = used;
    this.opening = opening;
  }

  /** Where the segment that is not complete begins; null between segments. */
  get partialStart(): number | null {
    return this.opening ? null : this.table.startOf(this.table.count);
  }

  /** The first byte that the table refers to, or the next one to look at. */
  get oldest(): number {
    return this.table.used === 0 ? this.position : this.table.startOf(0);
  }

  /** Ends the segment that is not complete at the end of the file, as its terminator would. */
  completeAt(bytes: Buffer, length: number): void {
    const { table } = this;
    table.marks[table.used++] = this.lines && bytes[length - 1] === CR ? length - 1 : length;
    table.first[++table.count] = table.used;
    this.opening = true;
  }

  /** The byte after a complete segment, its terminator included. */
  endOf(segment: number, bytes: Buffer, length: number): number {
    const mark = this.table.terminatorOf(segment);
    return Math.min(length, this.lines && bytes[mark] === CR ? mark + 2 : mark + 1);
  }

  /** The bytes moved towards the front. */
  shift(by: number): void {
    if (by === 0) return;
    this.position -= by;
    this.intruder -= by;
    this.table.shift(by);
  }
}
