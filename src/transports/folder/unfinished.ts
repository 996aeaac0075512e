import { type FileHandle, open } from 'node:fs/promises';
import { HEAD, looksUnfinished, TAIL } from '../unfinished.ts';
import { READ_FLAGS } from './read-flags.ts';

/** Whether the file looks unfinished. One that cannot be opened is for the receiver to find out. */
export async function endsTooSoon(path: Buffer, size: number): Promise<boolean> {
  if (size === 0) return looksUnfinished(0, Buffer.alloc(0), Buffer.alloc(0));
  const file = await open(path, READ_FLAGS).catch(() => null);
  if (file === null) return false;
  try {
    return looksUnfinished(size, await part(file, 0, HEAD), await part(file, Math.max(0, size - TAIL), TAIL));
  } finally {
    await file.close();
  }
}

async function part(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
