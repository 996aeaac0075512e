import { createHash, type Hash, hash } from 'node:crypto';
import { tagKey, withoutBlanks } from './bytes.ts';
import type { Delimiters } from './delimiters.ts';
import type { TransactionSet } from './envelope.ts';
import type { Segments } from './segments.ts';

/** Neutral delimiters, and the byte that marks data which looks like one. */
const TERMINATOR = 0x1c;
const ELEMENT = 0x1d;
const REPETITION = 0x1e;
const COMPONENT = 0x1f;
const ESCAPE = 0x10;

const CR = 0x0d;
const LF = 0x0a;
const BLANK = 0x20;
/** Bytes that have no neutral one: left out, marked, or the next one taken as it is. */
const LEFT_OUT = -1;
const MARKED = -2;
const RELEASE = -3;

/** Bytes collected before they are hashed. */
const COLLECTED = 131_072;

/** Segments whose data is binary: nothing in it is a delimiter or white space. */
const BIN = tagKey(Buffer.from('BIN'), 0, 3);
const BDS = tagKey(Buffer.from('BDS'), 0, 3);
/** Which element is the control number of the document, by tag of the header or trailer. */
const CONTROL_NUMBER: Readonly<Record<string, number>> = { ST: 2, SE: 2, UNH: 1, UNT: 2 };

/**
 * SHA-256 (hex) of what a document says: without its control numbers, without regard to delimiters, line breaks and blanks at
 * the end of elements. A document sent again under other numbers has the same hash; any other change gives another one.
 */
export function documentHash({ segments }: TransactionSet): string {
  const { tagKeys, count } = segments;
  collector.begin(segments.delimiters);
  for (let segment = 0; segment < count; segment++) {
    const edge = segment === 0 || segment === count - 1;
    const tag = tagKeys[segment];
    const binary = tag === BIN || tag === BDS;
    if (edge || binary) collectParts(segments, segment, edge, binary);
    else collector.segment(segments, segment);
    collector.put(TERMINATOR);
  }
  return collector.digest();
}

function collectParts(segments: Segments, segment: number, edge: boolean, binary: boolean): void {
  const { bytes } = segments;
  const skipped = edge ? CONTROL_NUMBER[segments.tag(segment)] : undefined;
  const last = segments.elementCount(segment);
  for (let part = 0; part <= last; part++) {
    if (part > 0) collector.put(ELEMENT);
    if (part === skipped) continue;
    const [from, to] = [segments.partStart(segment, part), segments.partEnd(segment, part)];
    if (binary && part === last) collector.data(bytes, from, to);
    else collector.text(bytes, from, to);
  }
}

/** Collects one document; the next one begins when it is done. */
class Collector {
  /** Grows with the longest element. */
  #room = new Uint8Array(COLLECTED);
  #used = 0;
  #neutral: NeutralBytes | null = null;
  #long: Hash | null = null;

  begin(delimiters: Delimiters): void {
    this.#neutral = neutralBytes(delimiters);
    this.#used = 0;
    this.#long = null;
  }

  put(byte: number): void {
    if (this.#used === this.#room.length) this.#flush();
    this.#room[this.#used++] = byte;
  }

  /** Tag and elements: delimiters made neutral, line breaks and blanks at the end of each left out. */
  segment(segments: Segments, segment: number): void {
    const first = segments.marksAt(segment);
    const last = segments.marksAt(segment + 1) - 1;
    const neutral = this.#neutral;
    if (neutral === null) return;
    const [from, to] = [segments.partStart(segment, 0), segments.marks[last] ?? 0];
    this.#makeRoom(to - from);
    const used = copySegment(segments, first, last, neutral.plain, this.#room, this.#used);
    if (used < 0) this.text(segments.bytes, from, to);
    else this.#used = used;
  }

  /** A part of a segment, in the same way. */
  text(bytes: Buffer, from: number, to: number): void {
    const neutral = this.#neutral;
    if (neutral === null) return;
    this.#makeRoom(to - from);
    this.#used = collect(bytes, from, to, neutral.meanings, this.#room, this.#used);
  }

  /** Bytes as they are. */
  data(bytes: Buffer, from: number, to: number): void {
    this.#flush().update(bytes.subarray(from, to));
  }

  digest(): string {
    if (this.#long === null) return hash('sha256', this.#room.subarray(0, this.#used), 'hex');
    return this.#flush().digest('hex');
  }

  /** For so many bytes of a document, each of which gives two at the most. */
  #makeRoom(bytes: number): void {
    const most = 2 * bytes;
    if (this.#used + most > this.#room.length) this.#flush();
    if (most > this.#room.length) this.#room = new Uint8Array(2 * most);
  }

  #flush(): Hash {
    this.#long ??= createHash('sha256');
    this.#long.update(this.#room.subarray(0, this.#used));
    this.#used = 0;
    return this.#long;
  }
}

/** One for all documents: making its room anew for each costs more than filling it. */
const collector = new Collector();

/**
 * Writes a segment that is data and delimiters and nothing else; gives the end of what is written, -1 when some bytes are left out
 * or marked. Elements are short and of any length: a branch at each of their ends, which nobody can predict, would cost more than
 * all the rest. So there is none: bytes are copied in one loop, and the ends of elements are looked at by their marks.
 */
function copySegment(
  { bytes, marks }: Segments,
  first: number,
  last: number,
  plain: Uint8Array,
  target: Uint8Array,
  start: number,
): number {
  let blanks = 0;
  for (let mark = first + 1; mark <= last; mark++) blanks |= bytes[(marks[mark] ?? 0) - 1] === BLANK ? 1 : 0;
  const from = (marks[first] ?? 0) + 1;
  const to = marks[last] ?? 0;
  // Below 0 once a byte has no neutral one: that is written as 0.
  let odd = 0;
  for (let at = from, used = start; at < to; at++, used++) {
    const neutral = plain[bytes[at] ?? 0] ?? 0;
    odd |= neutral - 1;
    target[used] = neutral;
  }
  return blanks === 0 && odd >= 0 ? start + to - from : -1;
}

/** Writes bytes from `start` on as `Collector.text` says; gives the end of what is written. */
function collect(
  bytes: Buffer,
  from: number,
  to: number,
  neutral: Int16Array,
  target: Uint8Array,
  start: number,
): number {
  let begun = start;
  let used = start;
  for (let at = from; at < to; at++) {
    let byte = bytes[at] ?? 0;
    let meant = neutral[byte] ?? 0;
    if (meant === RELEASE) {
      if (++at === to) break;
      byte = bytes[at] ?? 0;
      meant = plain(byte);
    }
    if (meant === ELEMENT) {
      used = withoutBlanks(target, begun, used);
      begun = used + 1;
    }
    if (meant >= 0) target[used++] = meant;
    else if (meant === MARKED) {
      target[used++] = ESCAPE;
      target[used++] = byte;
    }
  }
  return withoutBlanks(target, begun, used);
}

/** What is collected for each byte of an interchange. */
interface NeutralBytes {
  /** The neutral byte, or one of the meanings below 0. */
  readonly meanings: Int16Array;
  /** The neutral byte, or 0 where there is none. */
  readonly plain: Uint8Array;
}

const tables = new WeakMap<Delimiters, NeutralBytes>();

/** What is collected for each byte of an interchange with these delimiters. */
function neutralBytes(delimiters: Delimiters): NeutralBytes {
  const known = tables.get(delimiters);
  if (known !== undefined) return known;
  const { element, component, repetition, release } = delimiters;
  const meanings = Int16Array.from({ length: 256 }, (_, byte) => plain(byte));
  meanings[element] = ELEMENT;
  if (repetition !== null) meanings[repetition] = REPETITION;
  if (component !== null) meanings[component] = COMPONENT;
  if (release !== null) meanings[release] = RELEASE;
  const table = { meanings, plain: Uint8Array.from(meanings, (meaning) => Math.max(0, meaning)) };
  tables.set(delimiters, table);
  return table;
}

/** What is collected for a byte that is no delimiter. */
function plain(byte: number): number {
  if (byte >= BLANK) return byte;
  return byte === CR || byte === LF ? LEFT_OUT : MARKED;
}
