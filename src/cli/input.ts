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
    yield* createReadStream(file, { highWaterMark: 1024 * 1024 });
  } catch (error) {
    throw new GatewayError(
      'FILE_UNREADABLE',
      `${file} cannot be read: ${messageOf(error)}. Name a file, or - for standard input.`,
      { cause: error },
    );
  }
}
