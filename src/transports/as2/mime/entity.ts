import { type Content, contentOf, sliceOf } from '../../../cms/content.ts';
import { createHeaders, type Header, type Headers, headerBlock, parseHeaders } from './headers.ts';

/** A MIME part as it was received: exact slices of the bytes that came. */
export interface Entity {
  readonly headers: Headers;
  readonly body: Content;
  /** Headers, empty line and body: what is signed, and what a MIC is over. Of a request, whose headers are HTTP's, the body. */
  readonly whole: Content;
}

/** A header block larger than this is none. */
const LARGEST_BLOCK = 65_536;

/** Reads a part that begins with its headers. Null when it does not. */
export async function readEntity(whole: Content): Promise<Entity | null> {
  const start = await whole.bytes(0, LARGEST_BLOCK);
  const end = blockEnd(start);
  if (end === null) return null;
  const headers = parseHeaders(start.subarray(0, end.block));
  if (headers === null) return null;
  return { headers, whole, body: sliceOf(whole, end.body, whole.size) };
}

/** Where the headers end and where the body begins; a part may have no headers at all, or nothing but headers. */
function blockEnd(start: Buffer): { readonly block: number; readonly body: number } | null {
  for (let line = 0; ; ) {
    const next = start.indexOf(0x0a, line);
    if (next < 0) return start.length < LARGEST_BLOCK ? { block: start.length, body: start.length } : null;
    const empty = next === line || (next === line + 1 && start[line] === 0x0d);
    if (empty) return { block: line, body: next + 1 };
    line = next + 1;
  }
}

/** A part that is about to be sent. */
export function createEntity(headers: readonly Header[], body: Content): Entity {
  return { headers: createHeaders(headers), body, whole: joined([contentOf(headerBlock(headers)), body]) };
}

/** Several contents as one. */
export function joined(parts: readonly Content[]): Content {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  async function* chunks(start = 0, end = size): AsyncGenerator<Buffer> {
    let offset = 0;
    for (const part of parts) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, part.size);
      if (from < to) yield* part.chunks(from, to);
      offset += part.size;
    }
  }
  return {
    size,
    chunks,
    bytes: async (start, end) => {
      const pieces: Buffer[] = [];
      for await (const piece of chunks(start, end)) pieces.push(piece);
      return Buffer.concat(pieces);
    },
  };
}
