import { CR, isBlank, spells } from '../bytes.ts';
import type { Delimiters } from '../delimiters.ts';
import { excessOf } from '../limits.ts';
import { type Pause, type Scanner, ScanState, STRIDE } from '../scan-state.ts';
import type { Begins } from '../syntax.ts';
import type { SegmentTable } from '../table.ts';
import { binaryData } from './binary.ts';
import type { X12Limits } from './limits.ts';

/** Shorter segments cannot hold an ISA behind their first byte. */
const LONG = 106;
/** From the mark before IEA to the one behind it. */
const TRAILER_TAG = 4;
const LETTER_B = 0x42;
const LETTER_I = 0x49;
/** Of UNA and UNB, an interchange of the other standard. */
const LETTER_U = 0x55;

/** The scanner of one X12 interchange: no byte is released, and the data of BIN and BDS is as long as they say. */
export class X12Scanner implements Scanner {
  readonly state: ScanState;
  readonly #delimiters: Delimiters;
  readonly #limits: X12Limits;
  readonly #begins: Begins;
  /** The bytes end with a terminator, so that no binary data goes beyond them. */
  readonly #whole: boolean;
  /** What the segment is that began last, as far as its first letters tell. */
  #kind: 'plain' | 'binary' | 'trailer' = 'plain';
  #passOver = false;

  constructor(
    table: SegmentTable,
    delimiters: Delimiters,
    position: number,
    limits: X12Limits,
    begins: Begins,
    whole = false,
  ) {
    this.state = new ScanState(table, delimiters, position);
    this.#delimiters = delimiters;
    this.#limits = limits;
    this.#begins = begins;
    this.#whole = whole;
  }

  run(bytes: Buffer, length: number, ended: boolean): Pause {
    const { state } = this;
    const { table, lines } = state;
    const to = Math.min(length, state.position + STRIDE);
    // Where every byte is a terminator each has two marks: its own and the one before the next tag.
    const room = to - state.position + 1;
    table.reserve(2 * room + 8, room);
    const { marks, first } = table;
    const { element, segment: terminator } = this.#delimiters;
    const { elements, segmentBytes } = this.#limits;
    const long = Math.min(LONG, segmentBytes + 1);
    let opening = state.opening;
    let used = table.used;
    let at = state.position;
    for (;;) {
      if (opening) {
        while (at < length && isBlank(bytes[at] ?? 0)) at++;
        const letter = bytes[at];
        if (letter === LETTER_I || letter === LETTER_B || letter === LETTER_U || length - at < 4) {
          state.save(at, used, true);
          const pause = this.#open(bytes, length, ended);
          if (pause !== null) return pause;
          at = state.position;
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
        state.save(at, used, false);
        const pause = this.#lookAtLong(bytes, begin, at < to);
        if (pause !== null) return pause;
      }
      if (at >= to) {
        state.save(at, used, false);
        return at >= length ? 'more' : 'window';
      }
      marks[used++] = lines && bytes[at - 1] === CR ? at - 1 : at;
      first[++table.count] = used;
      at++;
      opening = true;
      if (this.#kind === 'plain') continue;
      const isTrailer = this.#kind === 'trailer' && (marks[begin + 1] ?? 0) - (marks[begin] ?? 0) === TRAILER_TAG;
      this.#kind = 'plain';
      if (!isTrailer) continue;
      state.save(at, used, true);
      return 'trailer';
    }
  }

  get inBinary(): boolean {
    return this.#kind === 'binary';
  }

  passOver(): void {
    this.#passOver = this.state.opening;
  }

  /** Begins a segment that may be an envelope segment or hold binary data; a pause where it cannot be begun yet. */
  #open(bytes: Buffer, length: number, ended: boolean): Pause | null {
    const { position: at, table } = this.state;
    if (at >= length || (length - at < 4 && !ended)) return 'more';
    if (length - at >= 4) {
      if (!this.#passOver && this.#begins(bytes, at)) return 'header';
      this.#passOver = false;
      if (bytes[at] === LETTER_B) return this.#openBinary(bytes, length, ended);
      if (spells(bytes, at, 'IEA')) this.#kind = 'trailer';
    }
    table.marks[table.used++] = at - 1;
    return null;
  }

  #openBinary(bytes: Buffer, length: number, ended: boolean): Pause | null {
    const { state } = this;
    const { table, position: at } = state;
    const data = binaryData(bytes, at, length, this.#delimiters, this.#limits.binaryBytes);
    if (data.kind === 'more' && !ended) return 'more';
    table.marks[table.used++] = at - 1;
    if (data.kind === 'none' || (data.kind === 'more' && this.#whole)) return null;
    if (data.kind === 'too-long') {
      state.opening = false;
      return 'segment-too-long';
    }
    this.#kind = 'binary';
    state.position = data.kind === 'data' ? data.end : length;
    if (data.kind === 'data') for (const separator of data.separators) table.marks[table.used++] = separator;
    return null;
  }

  /** Whether a long segment breaks a limit; when it is complete, whether it has run into an ISA. */
  #lookAtLong(bytes: Buffer, begin: number, complete: boolean): Pause | null {
    if (this.#kind === 'binary') return null;
    const { state } = this;
    const start = (state.table.marks[begin] ?? 0) + 1;
    const excess = excessOf(state.table, begin, state.position, this.#limits);
    if (excess !== null || !complete) return excess;
    const segment = bytes.subarray(0, state.position);
    let at = Math.max(start, state.intruder);
    do at = segment.indexOf('ISA', at + 1, 'latin1');
    while (at !== -1 && !this.#begins(segment, at));
    if (at === -1) return null;
    state.intruder = at;
    return 'intruder';
  }
}
