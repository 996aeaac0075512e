import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { GatewayError, messageOf } from '../errors.ts';
import { failPoints } from '../util/fail-point.ts';
import { blobPath, isMissing, readBlob, readBlobRange, verifyBlob } from './blob-file.ts';
import { makeDurableFolder, syncFolder } from './durable-folders.ts';
import { blobTooLarge } from './faults.ts';
import type { Archive } from './types.ts';

/** Bytes are written in pieces of about this size; a file smaller than that is hashed before anything is written. */
const PIECE = 256 * 1024;
const HOUR = 3_600_000;

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
  const durableFolders = new Set<string>();
  await writing(folder, async () => {
    await makeDurableFolder(incoming);
    await sweepLeftovers(incoming, performance.timeOrigin - (shared ? HOUR : 0));
  });

  async function ensureFolder(path: string): Promise<void> {
    if (durableFolders.has(path)) return;
    await makeDurableFolder(path);
    // A process that died may have made it without flushing its name.
    await syncFolder(folder);
    durableFolders.add(path);
  }

  return {
    put: async (source, limit) => {
      const temporary = join(incoming, randomUUID());
      const hash = createHash('sha256');
      let handle: FileHandle | undefined;
      let moved = false;
      let size = 0;
      let written = 0;
      let piece: Buffer[] = [];
      const writePiece = async (): Promise<FileHandle> => {
        handle ??= await open(temporary, 'wx', 0o600);
        const bytes = piece.length === 1 && piece[0] !== undefined ? piece[0] : Buffer.concat(piece);
        await handle.writeFile(bytes);
        piece = [];
        written += bytes.length;
        await failPoints?.reach('ingest.spool');
        return handle;
      };
      try {
        for await (const chunk of source) {
          size += chunk.length;
          if (size > limit) throw blobTooLarge(limit);
          hash.update(chunk);
          piece.push(chunk);
          if (size - written >= PIECE) await writing(folder, writePiece);
        }
        const sha256 = hash.digest('hex');
        const path = blobPath(folder, sha256);
        await writing(folder, async () => {
          if (!(await isStored(path, size))) {
            const file = await writePiece();
            await file.sync();
            await failPoints?.reach('ingest.before_rename');
            await ensureFolder(dirname(path));
            await rename(temporary, path);
            moved = true;
          }
          // Also for bytes stored before: whoever renamed them may not have come this far.
          await syncFolder(dirname(path));
        });
        return { sha256, size };
      } finally {
        await handle?.close();
        if (handle !== undefined && !moved) await rm(temporary, { force: true });
      }
    },
    read: (sha256, range) => Readable.from(readBlob(folder, sha256, range), { objectMode: false }),
    bytes: (sha256, start, end) => readBlobRange(folder, sha256, start, end),
    verify: (sha256) => verifyBlob(folder, sha256),
  };
}

/** A file of another size under that name was damaged; it is written anew. */
async function isStored(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
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
