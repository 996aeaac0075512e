import type { Archive } from './types.ts';

/** Larger blobs are not kept: reading them costs more than finding them. */
const LARGEST = 64 * 1024;
/** So many bytes are kept in all. */
const MOST = 8 * 1024 * 1024;

/**
 * The same archive, which remembers small blobs that were stored a moment ago: splitting and translating ask for them soon
 * after, and need not open a file, or ask a server, for each. What is asked to be verified is always read anew.
 */
export function rememberRecent(archive: Archive): Archive {
  const kept = new Map<string, Buffer>();
  let size = 0;

  function keep(sha256: string, bytes: Buffer): void {
    if (kept.has(sha256)) return;
    kept.set(sha256, bytes);
    size += bytes.length;
    for (const [oldest, { length }] of kept) {
      if (size <= MOST) break;
      kept.delete(oldest);
      size -= length;
    }
  }

  return {
    ...archive,
    put: async (source, limit) => {
      const seen = watching(source);
      const stored = await archive.put(seen.source, limit);
      const bytes = seen.bytes();
      if (bytes !== null) keep(stored.sha256, bytes);
      return stored;
    },
    bytes: async (sha256, start, end) => {
      const bytes = kept.get(sha256);
      return bytes !== undefined && start >= 0 && end <= bytes.length
        ? bytes.subarray(start, end)
        : archive.bytes(sha256, start, end);
    },
  };
}

/** Passes a stream on, and has what went by as long as that is small. */
function watching(source: AsyncIterable<Buffer>): {
  readonly source: AsyncIterable<Buffer>;
  readonly bytes: () => Buffer | null;
} {
  let chunks: Buffer[] | null = [];
  let size = 0;
  const pass = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > LARGEST) chunks = null;
      chunks?.push(chunk);
      yield chunk;
    }
  };
  return { source: pass(), bytes: () => (chunks === null ? null : Buffer.concat(chunks)) };
}
