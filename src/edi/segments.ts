import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { tagKey } from './bytes.ts';
import type { Charset, Delimiters } from './delimiters.ts';

/** Headers and trailers are runs of one segment, of which little is asked. */
const FEWEST_SEGMENTS = 2;
/** A longer run is not made text as a whole: its values would keep all of it in memory. */
const LONGEST_TEXT = 32_768;

/**
 * A run of segments over one window of bytes: positions only, text on demand.
 *
 * `marks` holds, for each segment one after the other, the position before its tag, the position of each element
 * separator, and the position of its terminator, all relative to `bytes`. `first[i]` is where segment i begins in `marks`
 * and `first[i + 1]` where the next one does. So part k of segment i (part 0 is the tag) is
 * `bytes[marks[first[i] + k] + 1 .. marks[first[i] + k + 1])`.
 *
 *     ~REF*BM*123~        marks: ~ * * ~   parts: REF, BM, 123
 *
 * Segments are counted from 0 here; acknowledgments count from 1. The window is never written again, so a run stays valid
 * as long as somebody holds it.
 */
export class Segments {
  readonly bytes: Buffer;
  /** Position of `bytes[0]` in the file. */
  readonly base: number;
  readonly delimiters: Delimiters;
  readonly count: number;
  /** For walks over all parts: part k of a segment begins behind `marks[at + k]`, where `at` is `marksAt(segment)`. */
  readonly marks: Int32Array;
  readonly #first: Int32Array;
  readonly #from: number;
  readonly #tags: SharedTags;
  #tagKeys: Int32Array | null = null;
  /** All bytes of the run as text; null where they are not made text as a whole. */
  #text: string | null | undefined;
  #textStart = 0;

  /** `from` and `count` choose segments of a shared table. */
  constructor(
    bytes: Buffer,
    base: number,
    delimiters: Delimiters,
    marks: Int32Array,
    first: Int32Array,
    from: number,
    count: number,
    tags: SharedTags = { keys: null },
  ) {
    this.bytes = bytes;
    this.base = base;
    this.delimiters = delimiters;
    this.marks = marks;
    this.#first = first;
    this.#from = from;
    this.#tags = tags;
    this.count = count;
  }

  /** Where the marks of a segment begin; those of segment `count` would begin behind the last one. */
  marksAt(segment: number): number {
    return this.#first[this.#from + segment] ?? 0;
  }

  /** How many elements follow the tag, empty ones included. */
  elementCount(segment: number): number {
    const at = this.#from + segment;
    return (this.#first[at + 1] ?? 0) - (this.#first[at] ?? 0) - 2;
  }

  /** Start of part k in `bytes` (part 0 is the tag); meaningful for 0 <= k <= elementCount. */
  partStart(segment: number, part: number): number {
    return (this.marks[(this.#first[this.#from + segment] ?? 0) + part] ?? 0) + 1;
  }

  /** End (exclusive) of part k in `bytes`. */
  partEnd(segment: number, part: number): number {
    return this.marks[(this.#first[this.#from + segment] ?? 0) + part + 1] ?? 0;
  }

  /** A number for each part, from 0 and growing with its place; that of part 0 of segment `count` is above all others. */
  partNumber(segment: number, part: number): number {
    return (this.#first[this.#from + segment] ?? 0) - (this.#first[this.#from] ?? 0) + part;
  }

  tag(segment: number): string {
    return this.bytes.latin1Slice(this.partStart(segment, 0), this.partEnd(segment, 0));
  }

  /** The tag as a number (see `tagKey`): equal tags have equal numbers. */
  tagKey(segment: number): number {
    return this.tagKeys[segment] ?? 0;
  }

  /** The tags of all segments as numbers; made once for all runs of a table, as several walks over a document ask for them. */
  get tagKeys(): Int32Array {
    this.#tags.keys ??= tagKeysOf(this.bytes, this.marks, this.#first);
    this.#tagKeys ??= this.#tags.keys.subarray(this.#from, this.#from + this.count);
    return this.#tagKeys;
  }

  /** Text of an element counted from 1; empty when it is absent. */
  text(segment: number, element: number): string {
    if (element > this.elementCount(segment)) return '';
    return this.textOf(this.partStart(segment, element), this.partEnd(segment, element));
  }

  /** Bytes of the run, by their place in `bytes`, as text: decoded, release characters taken away. */
  textOf(from: number, to: number): string {
    if (this.#text === undefined) this.#text = this.#wholeText();
    const { release, charset } = this.delimiters;
    const text =
      this.#text === null
        ? decode(this.bytes, from, to, charset)
        : this.#text.slice(from - this.#textStart, to - this.#textStart);
    return release === null ? text : unreleased(text, String.fromCharCode(release));
  }

  /** A slice of a text is cheaper than making text of bytes, and for ASCII both are the same. */
  #wholeText(): string | null {
    if (this.count < FEWEST_SEGMENTS) return null;
    const last = this.count - 1;
    const start = this.partStart(0, 0);
    const end = this.partEnd(last, this.elementCount(last));
    if (end - start > LONGEST_TEXT || !isAscii(this.bytes.subarray(start, end))) return null;
    this.#textStart = start;
    return this.bytes.latin1Slice(start, end);
  }

  /** True when the element is there and not empty. */
  has(segment: number, element: number): boolean {
    return element <= this.elementCount(segment) && this.partEnd(segment, element) > this.partStart(segment, element);
  }

  /** First byte of the segment, in the file. */
  startOf(segment: number): number {
    return this.base + this.partStart(segment, 0);
  }

  /** Byte after the terminator, in the file. */
  endOf(segment: number): number {
    return this.base + this.partEnd(segment, this.elementCount(segment)) + 1;
  }

  /** The same table, other segments of it. */
  slice(from: number, count: number): Segments {
    const { bytes, base, delimiters, marks } = this;
    return new Segments(bytes, base, delimiters, marks, this.#first, this.#from + from, count, this.#tags);
  }
}

/** The tags of a table as numbers; null until somebody asks. */
interface SharedTags {
  keys: Int32Array | null;
}

function tagKeysOf(bytes: Buffer, marks: Int32Array, first: Int32Array): Int32Array {
  const keys = new Int32Array(first.length - 1);
  for (let segment = 0; segment < keys.length; segment++) {
    const at = first[segment] ?? 0;
    keys[segment] = tagKey(bytes, (marks[at] ?? 0) + 1, marks[at + 1] ?? 0);
  }
  return keys;
}

/** Bytes as text: UTF-8 where they are valid UTF-8, else the charset's (Windows-1252 when none is given), so that no byte is lost. */
export function decode(bytes: Buffer, from: number, to: number, charset: Charset = 'windows-1252'): string {
  for (let at = from; at < to; at++) {
    if ((bytes[at] ?? 0) > 127) {
      const part = bytes.subarray(from, to);
      if (isUtf8(part)) return bytes.utf8Slice(from, to);
      return decoderOf(charset).decode(part);
    }
  }
  return bytes.latin1Slice(from, to);
}

const decoders = new Map<Charset, TextDecoder>();

function decoderOf(charset: Charset): TextDecoder {
  const decoder = decoders.get(charset) ?? new TextDecoder(charset);
  decoders.set(charset, decoder);
  return decoder;
}

/** The text without its release characters; one that is released itself stays. */
function unreleased(text: string, release: string): string {
  let at = text.indexOf(release);
  if (at === -1) return text;
  let plain = '';
  let from = 0;
  for (; at !== -1 && at + 1 < text.length; at = text.indexOf(release, at + 2)) {
    plain += text.slice(from, at);
    from = at + 1;
  }
  return plain + text.slice(from);
}
