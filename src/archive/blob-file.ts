import { open, opendir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { blobCorrupt, blobMissing } from './faults.ts';
import { isUnchanged, unchanged } from './unchanged.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** Where the bytes with that hash lie: `ab/cdef…` in the archive's folder. */
export function blobPath(folder: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw blobMissing(folder, sha256);
  return join(folder, sha256.slice(0, 2), sha256.slice(2));
}

/** The hashes of all that lies there. */
export async function* blobNames(folder: string): AsyncGenerator<string> {
  for (const first of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(first)) continue;
    for await (const { name } of await opendir(join(folder, first))) {
      if (SHA256.test(first + name)) yield first + name;
    }
  }
}

async function openBlob(folder: string, sha256: string) {
  const path = blobPath(folder, sha256);
  try {
    return await open(path, 'r');
  } catch (cause) {
    if (isMissing(cause)) throw blobMissing(folder, sha256, cause);
    throw cause;
  }
}

/** True when what was thrown says that a file is not there. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

/** See Archive.read. */
export async function* readBlob(
  folder: string,
  sha256: string,
  range?: { readonly start: number; readonly end: number },
): AsyncGenerator<Buffer> {
  const handle = await openBlob(folder, sha256);
  try {
    if (range !== undefined && range.end <= range.start) return;
    const bounds = range === undefined ? {} : { start: range.start, end: range.end - 1 };
    const chunks = handle.createReadStream({ ...bounds, autoClose: false, highWaterMark: 256 * 1024 });
    yield* range === undefined ? unchanged(chunks, folder, sha256) : chunks;
  } finally {
    await handle.close();
  }
}

/** See Archive.bytes. ARCHIVE_BLOB_CORRUPT when the stored bytes end before the range does. */
export async function readBlobRange(folder: string, sha256: string, start: number, end: number): Promise<Buffer> {
  const handle = await openBlob(folder, sha256);
  try {
    const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) {
        throw blobCorrupt(folder, sha256, start + filled, end);
      }
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** See Archive.verify. */
export async function verifyBlob(folder: string, sha256: string): Promise<boolean> {
  return isUnchanged(readBlob(folder, sha256));
}
