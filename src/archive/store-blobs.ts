import { hash, randomUUID } from 'node:crypto';
import { closeSync, fsync, openSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../errors.ts';
import { failPoints } from '../util/fail-point.ts';
import { blobPath, isMissing } from './blob-file.ts';
import { makeDurableFolder, syncFolder } from './durable-folders.ts';

/** What became of a blob: its hash, and what went wrong if it is not stored. */
export interface StoredBlob {
  readonly sha256: string;
  readonly fault: string | null;
}

const flush = promisify(fsync);

/** As syncFolder: only the flush itself leaves the thread. */
async function flushNames(folder: string): Promise<void> {
  const names = openSync(folder, 'r');
  try {
    await flush(names);
  } finally {
    closeSync(names);
  }
}

/**
 * Stores small blobs that are in memory, many at once. When it answers those without a fault survive a power cut. For a thread
 * of its own: only what waits for the disk is asynchronous, so that the disk has many flushes to do at the same time; the rest
 * takes less time than it would to hand it over.
 */
export function createBlobStore(folder: string): (blobs: readonly Uint8Array[]) => Promise<readonly StoredBlob[]> {
  const durableFolders = new Set<string>();

  async function ensureFolder(path: string): Promise<void> {
    if (durableFolders.has(path)) return;
    await makeDurableFolder(path);
    // A process that died may have made it without flushing its name.
    await syncFolder(folder);
    durableFolders.add(path);
  }

  async function write(path: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(folder, 'incoming', randomUUID());
    try {
      const file = openSync(temporary, 'wx', 0o600);
      try {
        writeFileSync(file, bytes);
        await failPoints?.reach('ingest.spool');
        await flush(file);
        await failPoints?.reach('ingest.before_rename');
      } finally {
        closeSync(file);
      }
      await ensureFolder(dirname(path));
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  return async (blobs) => {
    const names = blobs.map((bytes) => hash('sha256', bytes, 'hex'));
    const named = new Map(names.map((sha256, index) => [sha256, blobs[index] ?? new Uint8Array()]));
    const faults = new Map<string, string>();
    const attempt = (of: readonly string[], act: () => Promise<void>): Promise<void> =>
      act().catch((error: unknown) => {
        for (const sha256 of of) faults.set(sha256, messageOf(error));
      });
    await Promise.all(
      [...named].map(([sha256, bytes]) =>
        attempt([sha256], async () => {
          const path = blobPath(folder, sha256);
          if (!isStored(path, bytes.length)) await write(path, bytes);
        }),
      ),
    );
    const byFolder = Map.groupBy(named.keys(), (sha256) => dirname(blobPath(folder, sha256)));
    // Also for bytes stored before: whoever renamed them may not have come this far.
    await Promise.all([...byFolder].map(([path, of]) => attempt(of, () => flushNames(path))));
    return names.map((sha256) => ({ sha256, fault: faults.get(sha256) ?? null }));
  };
}

/**
 * A file of another size under that name was damaged; it is written anew. One that is there is touched: whoever removes what
 * nobody needs leaves alone what was stored a moment ago.
 */
export function isStored(path: string, size: number): boolean {
  try {
    if (statSync(path).size !== size) return false;
    const now = new Date();
    utimesSync(path, now, now);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
