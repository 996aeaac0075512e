import { createHash, hash } from 'node:crypto';
import { type ErrorCode, GatewayError } from '../errors.ts';
import { blobChanged } from './faults.ts';
import type { Archive } from './types.ts';

const LOST: readonly ErrorCode[] = ['ARCHIVE_BLOB_MISSING', 'ARCHIVE_BLOB_CORRUPT'];

/**
 * Passes the bytes of a whole blob on, the last of them only when all match the hash: ARCHIVE_BLOB_CORRUPT otherwise, so that
 * nobody takes changed bytes for the stored ones. `where` names the archive.
 */
export async function* unchanged(chunks: AsyncIterable<Buffer>, where: string, sha256: string): AsyncGenerator<Buffer> {
  const seen = createHash('sha256');
  let last: Buffer | null = null;
  for await (const chunk of chunks) {
    seen.update(chunk);
    if (last !== null) yield last;
    last = chunk;
  }
  if (seen.digest('hex') !== sha256) throw blobChanged(where, sha256);
  if (last !== null) yield last;
}

/** All `size` bytes of a blob that fits into memory, held against their hash; ARCHIVE_BLOB_CORRUPT when they have changed. */
export async function wholeBlob(archive: Pick<Archive, 'bytes'>, sha256: string, size: number): Promise<Buffer> {
  const bytes = await archive.bytes(sha256, 0, size);
  if (hash('sha256', bytes, 'hex') !== sha256) throw blobChanged('The archive', sha256);
  return bytes;
}

/** Reads a whole blob to its end; false when it is missing or has changed. */
export async function isUnchanged(blob: AsyncIterable<Buffer>): Promise<boolean> {
  try {
    for await (const _ of blob);
    return true;
  } catch (error) {
    if (error instanceof GatewayError && LOST.includes(error.code)) return false;
    throw error;
  }
}
