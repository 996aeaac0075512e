import { type Content, contentOf } from '../../cms/content.ts';
import { IN_MEMORY } from './spool.ts';

/** Passes bytes on, and remembers them while they are few. */
export interface Tee {
  /** To be read once. */
  chunks(): AsyncGenerator<Buffer>;
  /** All of it, when the last has been passed on; null when it was too much to remember, or was not read to its end. */
  readonly whole: Promise<Content | null>;
}

export function createTee(source: AsyncIterable<Buffer>): Tee {
  const { promise, resolve } = Promise.withResolvers<Content | null>();
  return {
    whole: promise,
    async *chunks() {
      let pieces: Buffer[] = [];
      let size = 0;
      let ended = false;
      try {
        for await (const chunk of source) {
          size += chunk.length;
          if (size <= IN_MEMORY) pieces.push(chunk);
          else pieces = [];
          yield chunk;
        }
        ended = true;
      } finally {
        resolve(ended && size <= IN_MEMORY ? contentOf(Buffer.concat(pieces)) : null);
      }
    },
  };
}
