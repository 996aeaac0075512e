import { type Content, sliceOf } from '../../../cms/content.ts';

/** More parts than this no message has. */
const MOST_PARTS = 200;
/** Blanks that may follow a boundary on its line. */
const PADDING = 200;
/** Lines that begin like a boundary and are none; more of them only keep the machine busy. */
const MOST_FALSE = 10_000;

/**
 * The parts between the boundary lines, as slices of the bytes that came. The line break before a boundary belongs to the
 * boundary. What stands before the first and behind the last one is left out. Null when the closing boundary is missing or
 * there are too many parts.
 */
export async function readMultipart(body: Content, boundary: string): Promise<readonly Content[] | null> {
  if (boundary === '' || boundary.length > 200) return null;
  const parts: Content[] = [];
  let start: number | null = null;
  for await (const { before, after, closing } of boundaryLines(body, Buffer.from(`--${boundary}`, 'latin1'))) {
    if (start !== null) parts.push(sliceOf(body, start, Math.max(before, start)));
    if (closing) return parts;
    if (parts.length >= MOST_PARTS) return null;
    start = after;
  }
  return null;
}

interface BoundaryLine {
  /** Where the part before it ends. */
  readonly before: number;
  /** Where the part behind it begins. */
  readonly after: number;
  readonly closing: boolean;
}

async function* boundaryLines(body: Content, mark: Buffer): AsyncGenerator<BoundaryLine> {
  let wrong = 0;
  for await (const at of lineStarts(body, mark)) {
    if (wrong++ > MOST_FALSE) return;
    const lead = await body.bytes(Math.max(at - 2, 0), at);
    if (at > 0 && lead.at(-1) !== 0x0a) continue;
    const from = at + mark.length;
    const tail = (await body.bytes(from, from + PADDING)).toString('latin1');
    const [line, dashes] = /^(--)?[ \t]*(?:\r?\n|$)/.exec(tail) ?? [];
    if (line === undefined) continue;
    const breakBytes = at === 0 ? 0 : lead.length === 2 && lead[0] === 0x0d ? 2 : 1;
    yield { before: at - breakBytes, after: from + line.length, closing: dashes !== undefined };
  }
}

/** Where the mark stands, wherever the content is cut into pieces; at the beginning of a line, as far as the piece shows it. */
async function* lineStarts(body: Content, mark: Buffer): AsyncGenerator<number> {
  let carried: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of body.chunks()) {
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
      if (at === 0 || bytes[at - 1] === 0x0a) yield offset + at;
    }
    const keep = Math.min(mark.length - 1, bytes.length);
    carried = Buffer.from(bytes.subarray(bytes.length - keep));
    offset += bytes.length - keep;
  }
}
