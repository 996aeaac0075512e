import { BER_LIMITS, type BerHeader, type BerNode, LONGEST_HEADER, parseBer, readHeader } from './ber.ts';
import { type Content, sliceOf } from './content.ts';
import { CmsFault } from './fault.ts';
import { isConstructed } from './tags.ts';

/** Largest structure read into memory: certificates, signers, recipients; never the content itself. */
const LARGEST_STRUCTURE = 1_048_576;
const WINDOW = 65_536;

/** Walks through the BER of a content that may be on disk; memory stays bounded. */
export interface Cursor {
  /** Tag of the element here; null at the end of what was entered last. */
  next(): Promise<number | null>;
  /** Goes into the element here. Malformed when it has another tag. */
  enter(tag: number): Promise<void>;
  /** Goes into the element here and, when that is done, behind it. Malformed when something is left in it. */
  inside<T>(tag: number, act: () => Promise<T>): Promise<T>;
  /** The whole element here, in memory. `too-large` above a megabyte. */
  take(): Promise<BerNode>;
  /** The octet string here, to be read now or later and in pieces or whole; the cursor goes behind it. */
  octets(): Promise<AsyncIterable<Buffer>>;
}

/** A cursor before the first element. */
export function createCursor(content: Content): Cursor {
  const header = headerReader(content);
  let position = 0;
  /** Ends of what was entered; null where the length is indefinite. */
  const ends: (number | null)[] = [];

  async function expect(tag: number): Promise<BerHeader> {
    const found = await header(position);
    if (found.tag === tag) return found;
    throw new CmsFault('malformed', `An element has the tag 0x${found.tag.toString(16)}, not 0x${tag.toString(16)}.`);
  }

  async function enter(tag: number): Promise<void> {
    const { size, length } = await expect(tag);
    if (ends.length >= BER_LIMITS.depth) throw new CmsFault('too-large', 'The structure is nested too deeply.');
    position += size;
    ends.push(length === null ? null : position + length);
  }

  return {
    enter,
    inside: async (tag, act) => {
      await enter(tag);
      const result = await act();
      const end = ends.pop() ?? null;
      if (end !== null && position !== end) throw new CmsFault('malformed', 'An element holds more than it may.');
      if (end === null) {
        const { tag: marker, length } = await header(position);
        if (marker !== 0 || length !== 0) throw new CmsFault('malformed', 'An element holds more than it may.');
        position += 2;
      }
      return result;
    },
    next: async () => {
      const end = ends.at(-1);
      if (end !== undefined && end !== null && position >= end) return null;
      if (position >= content.size) return null;
      const { tag, length } = await header(position);
      return tag === 0 && length === 0 ? null : tag;
    },
    take: async () => {
      const { size, length } = await header(position);
      if (length !== null && length > LARGEST_STRUCTURE) throw new CmsFault('too-large', 'A structure is too large.');
      const end = position + (length === null ? LARGEST_STRUCTURE : size + length);
      const node = parseBer(await content.bytes(position, end));
      position += node.whole.length;
      return node;
    },
    octets: async () => {
      const start = position;
      position = await endOfElement(content, header, start);
      return octetPieces(content, start);
    },
  };
}

type HeaderAt = (at: number) => Promise<BerHeader>;

/** Reads headers through a window, so that a content in many small pieces is not read byte by byte. */
function headerReader(content: Content): HeaderAt {
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  return async (at) => {
    const left = start + window.length - at;
    if (at < start || left < Math.min(LONGEST_HEADER, content.size - at)) {
      start = at;
      window = await content.bytes(at, at + WINDOW);
    }
    return readHeader(window, at - start);
  };
}

/** Where the element that begins there ends. */
async function endOfElement(content: Content, header: HeaderAt, start: number): Promise<number> {
  let end = start;
  for await (const piece of walk(content, header, start)) end = piece.end;
  return end;
}

async function* octetPieces(content: Content, start: number): AsyncGenerator<Buffer> {
  for await (const piece of walk(content, headerReader(content), start)) {
    if (piece.from === piece.to) continue;
    yield* sliceOf(content, piece.from, piece.to).chunks();
  }
}

/** The primitive pieces of an octet string, then one empty piece at its end; `end` is where the walk stands then. */
async function* walk(
  content: Content,
  header: HeaderAt,
  start: number,
): AsyncGenerator<{ readonly from: number; readonly to: number; readonly end: number }> {
  const ends: (number | null)[] = [];
  let position = start;
  do {
    const end = ends.at(-1);
    if (end !== undefined && end !== null && position >= end) {
      ends.pop();
      continue;
    }
    const { tag, size, length } = await header(position);
    position += size;
    if (tag === 0 && length === 0 && end === null) {
      ends.pop();
    } else if (isConstructed(tag)) {
      if (ends.length >= BER_LIMITS.depth) throw new CmsFault('too-large', 'The content is nested too deeply.');
      ends.push(length === null ? null : bounded(position + length, end, content.size));
    } else {
      const to = bounded(position + (length ?? 0), end, content.size);
      yield { from: position, to, end: to };
      position = to;
    }
  } while (ends.length > 0);
  yield { from: position, to: position, end: position };
}

function bounded(to: number, end: number | null | undefined, size: number): number {
  if (to <= (end ?? size)) return to;
  throw new CmsFault('malformed', 'An element is longer than what it lies in.');
}
