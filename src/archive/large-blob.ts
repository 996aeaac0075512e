import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failPoints } from '../util/fail-point.ts';
import { blobPath } from './blob-file.ts';
import { makeDurableFolder, syncFolder } from './durable-folders.ts';
import { isStored } from './store-blobs.ts';

/** A blob that is written while it comes, since it may be larger than memory. */
export interface LargeBlob {
  /** Takes more of it; the first time makes the file. */
  write(pieces: readonly Buffer[]): Promise<void>;
  /** Gives it its name; when it returns the blob survives a power cut. */
  finish(): Promise<{ readonly sha256: string; readonly size: number }>;
  /** Lets go of what was written, unless it is finished. */
  close(): Promise<void>;
}

/** A blob that lies in `incoming/` of the archive's folder until it is whole. */
export function createLargeBlob(folder: string): LargeBlob {
  const temporary = join(folder, 'incoming', randomUUID());
  const hash = createHash('sha256');
  let file: FileHandle | null = null;
  let size = 0;
  let moved = false;
  return {
    write: async (pieces) => {
      for (const piece of pieces) {
        hash.update(piece);
        size += piece.length;
      }
      file ??= await open(temporary, 'wx', 0o600);
      await file.writev([...pieces]);
      await failPoints?.reach('ingest.spool');
    },
    finish: async () => {
      const sha256 = hash.digest('hex');
      const path = blobPath(folder, sha256);
      if (!isStored(path, size)) {
        await file?.sync();
        await failPoints?.reach('ingest.before_rename');
        await makeDurableFolder(dirname(path));
        // A process that died may have made it without flushing its name.
        await syncFolder(folder);
        await rename(temporary, path);
        moved = true;
      }
      // Also for bytes stored before: whoever renamed them may not have come this far.
      await syncFolder(dirname(path));
      return { sha256, size };
    },
    close: async () => {
      if (file === null) return;
      await file.close();
      if (!moved) await rm(temporary, { force: true });
    },
  };
}
