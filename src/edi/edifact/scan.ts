import { CR, isBlank, spells } from '../bytes.ts';
import type { Delimiters } from '../delimiters.ts';
import { excessOf, type SegmentLimits } from '../limits.ts';
import { type Pause, type Scanner, ScanState, STRIDE } from '../scan-state.ts';
import type { Begins } from '../syntax.ts';
import type { SegmentTable } from '../table.ts';

/** Shorter segments cannot hold a UNB behind their first byte. */
const LONG = 28;
/** A UNA with its six characters ends this many bytes behind its first. */
const UNA_LENGTH = 8;
/** From the mark before UNZ to the one behind it. */
const TRAILER_TAG = 4;
/** No byte: what is compared with it is never equal. */
const NO_BYTE = -1;
const LETTER_I = 0x49;
const LETTER_S = 0x53;
const LETTER_U = 0x55;

/** The scanner of one EDIFACT interchange: the byte behind a release character is data, whatever it is. */
export class EdifactScanner implements Scanner {
  readonly state: ScanState;
  readonly inBinary = false;
  readonly #delimiters: Delimiters;
  readonly #limits: SegmentLimits;
  readonly #begins: Begins;
  /** The segment that began last may be a UNZ. */
  #trailer = false;
  #passOver = false;

  constructor(table: SegmentTable, delimiters: Delimiters, position: number, limits: SegmentLimits, begins: Begins) {
    this.state = new ScanState(table, delimiters, position);
    this.#delimiters = delimiters;
    this.#limits = limits;
    this.#begins = begins;
  }

  run(bytes: Buffer, length: number, ended: boolean): Pause {
    const { state } = this;
    const { table, lines } = state;
    const to = Math.min(length, state.position + STRIDE);
    // Where every byte is a terminator each has two marks: its own and the one before the next tag.
    const room = Math.max(0, to - state.position) + 1;
    table.reserve(2 * room + 8, room);
    const { marks, first } = table;
    const { element, segment: terminator } = this.#delimiters;
    const release = this.#delimiters.release ?? NO_BYTE;
    const { elements, segmentBytes } = this.#limits;
    const long = Math.min(LONG, segmentBytes + 1);
    let opening = state.opening;
    let used = table.used;
    let at = state.position;
    for (;;) {
      if (opening) {
        while (at < length && isBlank(bytes[at] ?? 0)) at++;
        const letter = bytes[at];
        if (letter === LETTER_U || (letter === LETTER_I && bytes[at + 1] === LETTER_S) || length - at < 4) {
          state.save(at, used, true);
          const pause = this.#open(bytes, length, ended);
          if (pause !== null) return pause;
          used = table.used;
        } else marks[used++] = at - 1;
        opening = false;
      }
      while (at < to) {
        const byte = bytes[at];
        if (byte === element) marks[used++] = at;
        else if (byte === terminator) break;
        // A released byte that is not here yet is passed over when it comes: `at` stands behind it already.
        else if (byte === release) at++;
        at++;
      }
      const begin = first[table.count] ?? 0;
      const size = at - (marks[begin] ?? 0);
      if (size > long || used - begin - 1 > elements || (size > UNA_LENGTH && bytes[at - UNA_LENGTH] === LETTER_U)) {
        state.save(at, used, false);
        const pause = this.#lookAt(bytes, begin, at < to);
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
      if (!this.#trailer) continue;
      this.#trailer = false;
      if ((marks[begin + 1] ?? 0) - (marks[begin] ?? 0) !== TRAILER_TAG) continue;
      state.save(at, used, true);
      return 'trailer';
    }
  }

  passOver(): void {
    this.#passOver = this.state.opening;
  }

  /** Begins a segment that may be a header or the trailer; a pause where it cannot be begun yet. */
  #open(bytes: Buffer, length: number, ended: boolean): Pause | null {
    const { position: at, table } = this.state;
    if (at >= length || (length - at < 4 && !ended)) return 'more';
    if (length - at >= 4) {
      if (!this.#passOver && this.#begins(bytes, at)) return 'header';
      this.#passOver = false;
      this.#trailer = spells(bytes, at, 'UNZ');
    }
    table.marks[table.used++] = at - 1;
    return null;
  }

  /** Whether a segment breaks a limit; when it is complete, whether it has run into a UNA or UNB. */
  #lookAt(bytes: Buffer, begin: number, complete: boolean): Pause | null {
    const { state } = this;
    const excess = excessOf(state.table, begin, state.position, this.#limits);
    if (excess !== null || !complete) return excess;
    const intruder = this.#intruderIn(bytes, begin);
    if (intruder === -1) return null;
    state.intruder = intruder;
    return 'intruder';
  }

  /** Where a header begins inside the segment that ends at the position: a UNB with the same separator, or a UNA at its end. */
  #intruderIn(bytes: Buffer, begin: number): number {
    const { position, table, intruder } = this.state;
    const { marks, used } = table;
    const after = Math.max((marks[begin] ?? 0) + 1, intruder);
    for (let mark = begin + 1; mark < used; mark++) {
      const at = (marks[mark] ?? 0) - 3;
      if (at > after && bytes[at] === LETTER_U && spells(bytes, at, 'UNB')) return at;
    }
    const una = position - UNA_LENGTH;
    return una > after && spells(bytes, una, 'UNA') && this.#begins(bytes, una) ? una : -1;
  }
}
