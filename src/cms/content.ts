/** Bytes that may be more than memory should hold. */
export interface Content {
  readonly size: number;
  /** A small range in memory; shorter where the content ends before. */
  bytes(start: number, end: number): Promise<Buffer>;
  /** A range in pieces, in order. */
  chunks(start?: number, end?: number): AsyncIterable<Buffer>;
}

/** Bytes in memory. */
export function contentOf(bytes: Buffer): Content {
  return {
    size: bytes.length,
    bytes: async (start, end) => bytes.subarray(start, end),
    async *chunks(start = 0, end = bytes.length) {
      if (start < end) yield bytes.subarray(start, end);
    },
  };
}

/** A range of another content, as a content. */
export function sliceOf(content: Content, start: number, end: number): Content {
  return {
    size: end - start,
    bytes: (from, to) => content.bytes(start + from, Math.min(start + to, end)),
    chunks: (from = 0, to = end - start) => content.chunks(start + from, Math.min(start + to, end)),
  };
}

/** Everything in memory; for what is known to be small. */
export async function gather(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

/** Puts bytes away, in memory or on disk as their number suggests. More than `limit` is a fault of kind `too-large`. */
export type Keep = (chunks: AsyncIterable<Buffer>, limit: number) => Promise<Content>;
