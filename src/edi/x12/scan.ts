import type { Delimiters } from '../delimiters.ts';
import { binaryData } from './binary.ts';
import { beginsIsa, CR, isBlank, LF, spells } from './bytes.ts';
import { excessOf, type SegmentExcess, type SegmentLimits } from './limits.ts';
import type { SegmentTable } from './table.ts';

/**
 * Why a scan paused. `window`: to be called again at once. `more`: all bytes are used up. `header`: an ISA may begin at
 * `position`. `intruder`: in the middle of the segment that ends at `position` an ISA
 * may begin. `trailer`: the last complete segment is an IEA. The others: the segment at `partialStart` breaks a limit.
 */
export type Pause = 'window' | 'more' | 'header' | 'intruder' | 'trailer' | SegmentExcess;

/** Bytes looked at in one go: few enough that their table stays in the processor's cache. */
const STRIDE = 65_536;
/** Shorter segments cannot hold an ISA behind their first byte. */
const LONG = 106;
const LETTER_B = 0x42;
const LETTER_I = 0x49;

/**
 * Finds segments and elements: bytes in, positions out into a table. A segment that is not complete yet is gone on with
 * when bytes come.
 */
export class Scanner {
  readonly table: SegmentTable;
  /** The next byte to look at. */
  position: number;
  readonly #delimiters: Delimiters;
  readonly #limits: SegmentLimits;
  /** Segments end with a line feed, and a carriage return before it belongs to it. */
  readonly #lines: boolean;
  /** True between a terminator and the tag after it. */
  #opening = true;
  /** What the segment is that began last. */
  #kind: 'plain' | 'binary' | 'trailer' = 'plain';
  #passOver = false;
  /** Where the tag of an ISA was found in the middle of a segment. */
  intruder = 0;

  constructor(table: SegmentTable, delimiters: Delimiters, position: number, limits: SegmentLimits) {
    table.clear();
    this.table = table;
    this.position = position;
    this.#delimiters = delimiters;
    this.#limits = limits;
    this.#lines = delimiters.segment === LF;
  }

  /** Scans on over `bytes[position .. length)`. `ended` says that no more bytes come. */
  run(bytes: Buffer, length: number, ended: boolean): Pause {
    const { table } = this;
    const to = Math.min(length, this.position + STRIDE);
    // Where every byte is a terminator each has two marks: its own and the one before the next tag.
    table.reserve(2 * STRIDE + 8, STRIDE + 1);
    const { marks, first } = table;
    const { element, segment: terminator } = this.#delimiters;
    const { elements, segmentBytes } = this.#limits;
    const long = Math.min(LONG, segmentBytes + 1);
    const lines = this.#lines;
    let opening = this.#opening;
    let used = table.used;
    let at = this.position;
    for (;;) {
      if (opening) {
        while (at < length && isBlank(bytes[at] ?? 0)) at++;
        const letter = bytes[at];
        if (letter === LETTER_I || letter === LETTER_B || length - at < 4) {
          this.#save(at, used, true);
          const pause = this.#open(bytes, length, ended);
          if (pause !== null) return pause;
          at = this.position;
          used = table.used;
        } else marks[used++] = at - 1;
        opening = false;
      }
      while (at < to) {
        const byte = bytes[at];
        if (byte === element) marks[used++] = at;
        else if (byte === terminator) break;
        at++;
      }
      const begin = first[table.count] ?? 0;
      if (at - (marks[begin] ?? 0) > long || used - begin - 1 > elements) {
        this.#save(at, used, false);
        const pause = this.#lookAtLong(bytes, begin, at < to);
        if (pause !== null) return pause;
      }
      if (at >= to) {
        this.#save(at, used, false);
        return at >= length ? 'more' : 'window';
      }
      marks[used++] = lines && bytes[at - 1] === CR ? at - 1 : at;
      first[++table.count] = used;
      at++;
      opening = true;
      if (this.#kind === 'plain') continue;
      if (this.#kind === 'trailer') {
        this.#save(at, used, true);
        return 'trailer';
      }
      this.#kind = 'plain';
    }
  }

  /** Where the segment that is not complete begins; null between segments. */
  get partialStart(): number | null {
    return this.#opening ? null : this.table.startOf(this.table.count);
  }

  /** The first byte that the table refers to, or the next one to look at. */
  get oldest(): number {
    return this.table.used === 0 ? this.position : this.table.startOf(0);
  }

  /** True in the data of a BIN or BDS that is not complete. */
  get inBinary(): boolean {
    return this.#kind === 'binary';
  }

  /** Takes the ISA at `position`, or the intruder, for ordinary data. */
  passOver(): void {
    this.#passOver = this.#opening;
  }

  /** Ends the segment that is not complete at the end of the file, as its terminator would. */
  completeAt(bytes: Buffer, length: number): void {
    const { table } = this;
    table.marks[table.used++] = this.#lines && bytes[length - 1] === CR ? length - 1 : length;
    table.first[++table.count] = table.used;
    this.#opening = true;
  }

  /** The byte after a complete segment, its terminator included. */
  endOf(segment: number, bytes: Buffer, length: number): number {
    const mark = this.table.terminatorOf(segment);
    return Math.min(length, this.#lines && bytes[mark] === CR ? mark + 2 : mark + 1);
  }

  /** The bytes moved towards the front. */
  shift(by: number): void {
    if (by === 0) return;
    this.position -= by;
    this.intruder -= by;
    this.table.shift(by);
  }

  #save(at: number, used: number, opening: boolean): void {
    this.position = at;
    this.table.used = used;
    this.#opening = opening;
  }

  /** Begins a segment that may be an envelope segment or hold binary data; a pause where it cannot be begun yet. */
  #open(bytes: Buffer, length: number, ended: boolean): Pause | null {
    const at = this.position;
    if (at >= length || (length - at < 4 && !ended)) return 'more';
    if (length - at >= 4) {
      if (!this.#passOver && beginsIsa(bytes, at)) return 'header';
      this.#passOver = false;
      if (bytes[at] === LETTER_B) return this.#openBinary(bytes, length, ended);
      if (spells(bytes, at, 'IEA') && this.#isDelimiter(bytes[at + 3])) this.#kind = 'trailer';
    }
    this.table.marks[this.table.used++] = at - 1;
    return null;
  }

  #openBinary(bytes: Buffer, length: number, ended: boolean): Pause | null {
    const { table, position: at } = this;
    const data = binaryData(bytes, at, length, this.#delimiters, this.#limits.binaryBytes);
    if (data.kind === 'more' && !ended) return 'more';
    table.marks[table.used++] = at - 1;
    if (data.kind === 'none') return null;
    if (data.kind === 'too-long') {
      this.#opening = false;
      return 'segment-too-long';
    }
    this.#kind = 'binary';
    this.position = data.kind === 'data' ? data.end : length;
    if (data.kind === 'data') for (const separator of data.separators) table.marks[table.used++] = separator;
    return null;
  }

  /** Whether a long segment breaks a limit; when it is complete, whether it has run into an ISA. */
  #lookAtLong(bytes: Buffer, begin: number, complete: boolean): Pause | null {
    if (this.#kind === 'binary') return null;
    const start = (this.table.marks[begin] ?? 0) + 1;
    const excess = excessOf(this.table, begin, this.position, this.#limits);
    if (excess !== null || !complete) return excess;
    const segment = bytes.subarray(0, this.position);
    let at = Math.max(start, this.intruder);
    do at = segment.indexOf('ISA', at + 1, 'latin1');
    while (at !== -1 && !beginsIsa(segment, at));
    if (at === -1) return null;
    this.intruder = at;
    return 'intruder';
  }

  #isDelimiter(byte: number | undefined): boolean {
    return byte === this.#delimiters.element || byte === this.#delimiters.segment;
  }
}
