import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { GatewayError, messageOf } from '../errors.ts';

/** The bytes of a file in chunks; `-` is standard input. FILE_UNREADABLE when there is no such file. */
export async function* readInput(file: string): AsyncGenerator<Buffer, void> {
  if (file === '-') {
    yield* process.stdin;
    return;
  }
  try {
    if ((await stat(file)).isDirectory()) throw new Error('it is a folder');
    yield* createReadStream(file, { highWaterMark: 256 * 1024 });
  } catch (error) {
    throw new GatewayError(
      'FILE_UNREADABLE',
      `${file} cannot be read: ${messageOf(error)}. Name a file, or - for standard input.`,
      { cause: error },
    );
  }
}

/** The first bytes of a file (fewer where it is smaller), and all of its chunks, these included. */
export async function peek(
  chunks: AsyncIterable<Buffer>,
  bytes: number,
): Promise<{ readonly head: Buffer; readonly chunks: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: Buffer[] = [];
  for (let length = 0; length < bytes; ) {
    const next = await iterator.next();
    if (next.done === true) break;
    taken.push(next.value);
    length += next.value.length;
  }
  const rest: AsyncIterable<Buffer> = { [Symbol.asyncIterator]: () => iterator };
  async function* all(): AsyncGenerator<Buffer, void> {
    yield* taken;
    yield* rest;
  }
  return { head: Buffer.concat(taken).subarray(0, bytes), chunks: all() };
}
