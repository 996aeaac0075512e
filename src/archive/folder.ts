import { randomUUID } from 'node:crypto';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { GatewayError, messageOf } from '../errors.ts';
import { blobNames, readBlob, readBlobRange, verifyBlob } from './blob-file.ts';
import { makeDurableFolder } from './durable-folders.ts';
import { blobTooLarge } from './faults.ts';
import { createLargeBlob } from './large-blob.ts';
import { removeBlob } from './remove-blob.ts';
import { createSmallBlobs, inOnePiece } from './small-blobs.ts';
import type { Archive } from './types.ts';

/** Bytes are written in pieces of about this size; a file smaller than that is stored together with others. */
const PIECE = 256 * 1024;
const HOUR = 3_600_000;
/** Bytes that are written to see whether there is room. */
const PROBE = 64 * 1024;

/**
 * The archive in a folder, `ab/cdef…` by sha256. Half-written files lie in `incoming/` and never reach their final
 * name; those of a process that died are swept away here. ARCHIVE_UNWRITABLE when the folder cannot be made.
 */
export async function createFolderArchive(options: {
  readonly folder: string;
  /** Other processes may be writing to it now: only what nobody has touched for an hour is swept away. */
  readonly shared?: boolean;
}): Promise<Archive> {
  const { folder, shared = false } = options;
  const incoming = join(folder, 'incoming');
  const small = createSmallBlobs(folder);
  await writing(folder, async () => {
    await makeDurableFolder(incoming);
    await sweepLeftovers(incoming, performance.timeOrigin - (shared ? HOUR : 0));
  });

  return {
    put: async (source, limit) => {
      const large = createLargeBlob(folder);
      let pieces: Buffer[] = [];
      let held = 0;
      let size = 0;
      try {
        for await (const chunk of source) {
          size += chunk.length;
          if (size > limit) throw blobTooLarge(limit);
          pieces.push(chunk);
          held += chunk.length;
          if (held < PIECE) continue;
          await writing(folder, () => large.write(pieces));
          pieces = [];
          held = 0;
        }
        return await writing(folder, async () => {
          if (size === held) return { sha256: await small(inOnePiece(pieces, size)), size };
          if (held > 0) await large.write(pieces);
          return large.finish();
        });
      } finally {
        await large.close();
      }
    },
    read: (sha256, range) => Readable.from(readBlob(folder, sha256, range), { objectMode: false }),
    bytes: (sha256, start, end) => readBlobRange(folder, sha256, start, end),
    verify: (sha256) => verifyBlob(folder, sha256),
    remove: (sha256, before) => writing(folder, () => removeBlob(folder, sha256, before)),
    names: () => blobNames(folder),
    writable: () => takesBytes(incoming),
  };
}

/** A few bytes often fit where no file does. */
async function takesBytes(incoming: string): Promise<boolean> {
  const path = join(incoming, randomUUID());
  try {
    await writeFile(path, Buffer.alloc(PROBE), { flag: 'wx', mode: 0o600, flush: true });
    return true;
  } catch {
    return false;
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}

async function sweepLeftovers(incoming: string, before: number): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true });
  }
}

/** Faults of the disk as the archive's own error. */
async function writing<T>(folder: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause;
    throw new GatewayError(
      'ARCHIVE_UNWRITABLE',
      `${folder}: bytes could not be stored: ${messageOf(cause)}. Look at the disk's space and the folder's permissions.`,
      { cause },
    );
  }
}
