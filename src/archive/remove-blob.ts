import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blobPath, isMissing } from './blob-file.ts';
import { syncFolder } from './durable-folders.ts';

/**
 * See Archive.remove. The file is taken out of the way first and looked at there: whoever stores the same bytes at this moment
 * either touched it before, and it goes back, or does not find it any more, and writes it.
 */
export async function removeBlob(folder: string, sha256: string, before: number): Promise<boolean> {
  const path = blobPath(folder, sha256);
  const aside = join(folder, 'incoming', randomUUID());
  try {
    if ((await stat(path)).mtimeMs >= before) return false;
    await rename(path, aside);
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
  if ((await stat(aside)).mtimeMs >= before) {
    await rename(aside, path);
    await syncFolder(dirname(path));
    return false;
  }
  await rm(aside, { force: true });
  return true;
}
