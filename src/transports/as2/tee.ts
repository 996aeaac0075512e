import { type Content, contentOf } from '../../cms/content.ts';
import { IN_MEMORY } from './spool.ts';

/** Passes bytes on, and remembers them while they are few. */
export interface Tee {
  /** To be read once. */
  chunks(): AsyncGenerator<Buffer>;
  /** All that was passed on; null when it was too much to remember. */
  bytes(): Content | null;
}

export function createTee(source: AsyncIterable<Buffer>): Tee {
  let pieces: Buffer[] = [];
  let size = 0;
  return {
    async *chunks() {
      for await (const chunk of source) {
        size += chunk.length;
        if (size <= IN_MEMORY) pieces.push(chunk);
        else pieces = [];
        yield chunk;
      }
    },
    bytes: () => (size <= IN_MEMORY ? contentOf(Buffer.concat(pieces)) : null),
  };
}
