import type { Delimiters } from '../delimiters.ts';
import { binaryData } from './binary.ts';
import { beginsIsa, CR, isBlank, LF, spells } from './bytes.ts';

/** Limits of one segment. */
export interface SegmentLimits {
  readonly segmentBytes: number;
  readonly elements: number;
  /** Data of a BIN or BDS. */
  readonly binaryBytes: number;
}

/**
 * Why a scan paused. `window`: to be called again at once. `more`: all bytes are used up. `header`: an ISA may begin at
 * `position`. `trailer`: the last complete segment is an IEA. The others: the segment at `partialStart` breaks a limit.
 */
export type Pause = 'window' | 'more' | 'header' | 'trailer' | 'segment-too-long' | 'too-many-elements';

/** Bytes looked at in one go: few enough that their table stays in the processor's cache. */
const STRIDE = 65_536;
const LETTER_B = 0x42;
const LETTER_I = 0x49;

/**
 * Finds segments and elements: bytes in, positions out, in the layout of `Segments`. Complete segments stay in the table
 * until they are dropped; a segment that is not complete yet is gone on with when bytes come.
 */
export class Scanner {
  marks = new Int32Array(1024);
  first = new Int32Array(256);
  /** Complete segments in the table. */
  count = 0;
  /** The next byte to look at. */
  position: number;
  readonly #delimiters: Delimiters;
  readonly #limits: SegmentLimits;
  /** Segments end with a line feed, and a carriage return before it belongs to it. */
  readonly #lines: boolean;
  #used = 0;
  /** True between a terminator and the tag after it. */
  #opening = true;
  #binary = false;
  #trailer = false;
  #passOver = false;

  constructor(delimiters: Delimiters, position: number, limits: SegmentLimits) {
    this.#delimiters = delimiters;
    this.#limits = limits;
    this.#lines = delimiters.segment === LF;
    this.position = position;
  }

  /** Scans on over `bytes[position .. length)`. `ended` says that no more bytes come. */
  run(bytes: Buffer, length: number, ended: boolean): Pause {
    const to = Math.min(length, this.position + STRIDE);
    this.#reserve();
    const { marks, first } = this;
    const { element, segment: terminator } = this.#delimiters;
    const { segmentBytes, elements } = this.#limits;
    let used = this.#used;
    let at = this.position;
    for (;;) {
      if (this.#opening) {
        while (at < length && isBlank(bytes[at] ?? 0)) at++;
        this.position = at;
        this.#used = used;
        const letter = bytes[at];
        if (length - at < 4 || letter === LETTER_I || letter === LETTER_B) {
          const pause = this.#open(bytes, length, ended);
          if (pause !== null) return pause;
          at = this.position;
          used = this.#used;
        } else marks[used++] = at - 1;
        this.#opening = false;
      }
      while (at < to) {
        const byte = bytes[at];
        if (byte === element) marks[used++] = at;
        else if (byte === terminator) break;
        at++;
      }
      const begin = first[this.count] ?? 0;
      if (at - (marks[begin] ?? 0) - 1 > segmentBytes || used - begin - 1 > elements) {
        const excess = this.#excess(begin, used);
        if (excess !== null) return excess;
      }
      if (at >= to) {
        this.position = at;
        this.#used = used;
        return at >= length ? 'more' : 'window';
      }
      marks[used++] = this.#lines && bytes[at - 1] === CR ? at - 1 : at;
      first[++this.count] = used;
      at++;
      this.#opening = true;
      this.#binary = false;
      if (this.#trailer) {
        this.position = at;
        this.#used = used;
        return 'trailer';
      }
    }
  }

  /** Where a segment of the table begins. */
  startOf(segment: number): number {
    return (this.marks[this.first[segment] ?? 0] ?? 0) + 1;
  }

  /** Where the segment that is not complete begins; null between segments. */
  get partialStart(): number | null {
    return this.#opening ? null : this.startOf(this.count);
  }

  /** The first byte that the table refers to, or the next one to look at. */
  get oldest(): number {
    return this.#used === 0 ? this.position : (this.marks[0] ?? 0) + 1;
  }

  /** Takes the ISA at `position` for an ordinary segment. */
  passOver(): void {
    this.#passOver = true;
  }

  /** Ends the segment that is not complete at the end of the file, as its terminator would. */
  completeAt(bytes: Buffer, length: number): void {
    this.marks[this.#used++] = this.#lines && bytes[length - 1] === CR ? length - 1 : length;
    this.first[++this.count] = this.#used;
    this.#opening = true;
  }

  /** The byte after the terminator of a complete segment. */
  endOf(segment: number, bytes: Buffer, length: number): number {
    const mark = this.marks[(this.first[segment + 1] ?? 0) - 1] ?? 0;
    return Math.min(length, this.#lines && bytes[mark] === CR ? mark + 2 : mark + 1);
  }

  /** A copy of the table that will not change. */
  copy(): { readonly marks: Int32Array; readonly first: Int32Array } {
    return {
      marks: this.marks.slice(0, this.first[this.count]),
      first: this.first.slice(0, this.count + 1),
    };
  }

  /** Forgets the first complete segments. */
  drop(segments: number): void {
    if (segments === 0) return;
    const begin = this.first[segments] ?? 0;
    this.marks.copyWithin(0, begin, this.#used);
    for (let at = segments; at <= this.count; at++) this.first[at - segments] = (this.first[at] ?? 0) - begin;
    this.count -= segments;
    this.#used -= begin;
  }

  /** The bytes moved towards the front. */
  shift(by: number): void {
    if (by === 0) return;
    this.position -= by;
    for (let at = 0; at < this.#used; at++) this.marks[at] = (this.marks[at] ?? 0) - by;
  }

  /** Begins a segment that may be an envelope segment or hold binary data; a pause where it cannot be begun yet. */
  #open(bytes: Buffer, length: number, ended: boolean): Pause | null {
    const at = this.position;
    if (at >= length || (length - at < 4 && !ended)) return 'more';
    if (length - at >= 4) {
      if (!this.#passOver && beginsIsa(bytes, at)) return 'header';
      this.#passOver = false;
      this.#trailer = spells(bytes, at, 'IEA') && this.#isDelimiter(bytes[at + 3]);
      if (bytes[at] === LETTER_B) return this.#openBinary(bytes, length, ended);
    }
    this.marks[this.#used++] = at - 1;
    return null;
  }

  #openBinary(bytes: Buffer, length: number, ended: boolean): Pause | null {
    const at = this.position;
    const data = binaryData(bytes, at, length, this.#delimiters, this.#limits.binaryBytes);
    if (data.kind === 'more' && !ended) return 'more';
    this.marks[this.#used++] = at - 1;
    if (data.kind === 'none') return null;
    this.#binary = true;
    if (data.kind === 'data') {
      for (const separator of data.separators) this.marks[this.#used++] = separator;
      this.position = data.end;
    } else if (data.kind === 'more') this.position = length;
    if (data.kind !== 'too-long') return null;
    this.#opening = false;
    return 'segment-too-long';
  }

  /** Which limit the segment breaks: too many elements only where the last one allowed ends within the length allowed. */
  #excess(begin: number, used: number): Pause | null {
    if (this.#binary) return null;
    const { segmentBytes, elements } = this.#limits;
    const start = (this.marks[begin] ?? 0) + 1;
    const many = used - begin - 1 > elements && (this.marks[begin + elements + 1] ?? 0) - start <= segmentBytes;
    return many ? 'too-many-elements' : 'segment-too-long';
  }

  #isDelimiter(byte: number | undefined): boolean {
    return byte === this.#delimiters.element || byte === this.#delimiters.segment;
  }

  /** Room for all that one stride can hold: two marks a byte, where every byte is a terminator. */
  #reserve(): void {
    const marks = this.#used + 2 * STRIDE + 8;
    if (this.marks.length < marks) this.marks = grown(this.marks, marks);
    const first = this.count + STRIDE + 8;
    if (this.first.length < first) this.first = grown(this.first, first);
  }
}

function grown(table: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, 2 * table.length));
  larger.set(table);
  return larger;
}
