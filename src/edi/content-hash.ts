import { createHash, type Hash, hash } from 'node:crypto';
import type { Delimiters } from './delimiters.ts';
import type { TransactionSet } from './envelope.ts';

/** Neutral delimiters, and the byte that marks data which looks like one. */
const TERMINATOR = 0x1c;
const ELEMENT = 0x1d;
const REPETITION = 0x1e;
const COMPONENT = 0x1f;
const ESCAPE = 0x10;

const CR = 0x0d;
const LF = 0x0a;
const BLANK = 0x20;
/** In place of a delimiter that is not there. */
const NO_BYTE = -1;
/** Bytes collected before they are hashed. */
const COLLECTED = 65_536;
/** One for all documents: making it anew for each costs more than filling it. */
const room = new Uint8Array(COLLECTED);

/** Segments whose data is binary: nothing in it is a delimiter or white space. */
const BINARY: ReadonlySet<string> = new Set(['BIN', 'BDS']);
const LETTER_B = 0x42;
/** Which element is the control number of the document, by tag of the header or trailer. */
const CONTROL_NUMBER: Readonly<Record<string, number>> = { ST: 2, SE: 2, UNH: 1, UNT: 2 };

/**
 * SHA-256 (hex) of what a document says: without its control numbers, without regard to delimiters, line breaks and blanks at
 * the end of elements. A document sent again under other numbers has the same hash; any other change gives another one.
 */
export function documentHash(document: TransactionSet): string {
  const { segments } = document;
  const collector = createCollector(segments.delimiters);
  for (let segment = 0; segment < segments.count; segment++) {
    const edge = segment === 0 || segment === segments.count - 1;
    const skipped = edge ? CONTROL_NUMBER[segments.tag(segment)] : undefined;
    // The letter first: most segments are told apart without making a string.
    const letter = segments.bytes[segments.partStart(segment, 0)];
    const binary = letter === LETTER_B && BINARY.has(segments.tag(segment));
    const last = segments.elementCount(segment);
    for (let part = 0; part <= last; part++) {
      if (part > 0) collector.put(ELEMENT);
      if (part === skipped) continue;
      const from = segments.partStart(segment, part);
      const to = segments.partEnd(segment, part);
      if (binary && part === last) collector.data(segments.bytes, from, to);
      else collector.text(segments.bytes, from, to);
    }
    collector.put(TERMINATOR);
  }
  return collector.digest();
}

interface Collector {
  put(byte: number): void;
  /** An element or tag, delimiters made neutral, line breaks and blanks at its end left out. */
  text(bytes: Buffer, from: number, to: number): void;
  /** Bytes as they are. */
  data(bytes: Buffer, from: number, to: number): void;
  digest(): string;
}

/** Collects one document; the next one begins when it is done. */
function createCollector(delimiters: Delimiters): Collector {
  const { component } = delimiters;
  const repetition = delimiters.repetition ?? NO_BYTE;
  const release = delimiters.release ?? NO_BYTE;
  let used = 0;
  let long: Hash | null = null;
  const flush = (): void => {
    long ??= createHash('sha256');
    long.update(room.subarray(0, used));
    used = 0;
  };
  const put = (byte: number): void => {
    if (used === COLLECTED) flush();
    room[used++] = byte;
  };
  const character = (byte: number): void => {
    if (byte >= BLANK) put(byte);
    else if (byte !== CR && byte !== LF) {
      put(ESCAPE);
      put(byte);
    }
  };
  return {
    put,
    text(bytes, from, to) {
      let end = to;
      while (end > from && isSpace(bytes[end - 1])) end--;
      for (let at = from; at < end; at++) {
        const byte = bytes[at] ?? 0;
        if (byte === release) {
          if (++at < end) character(bytes[at] ?? 0);
        } else if (byte === component) put(COMPONENT);
        else if (byte === repetition) put(REPETITION);
        else character(byte);
      }
    },
    data(bytes, from, to) {
      flush();
      long?.update(bytes.subarray(from, to));
    },
    digest() {
      if (long === null) return hash('sha256', room.subarray(0, used), 'hex');
      flush();
      return long.digest('hex');
    },
  };
}

function isSpace(byte: number | undefined): boolean {
  return byte === BLANK || byte === CR || byte === LF;
}
