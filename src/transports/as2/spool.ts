import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Content, contentOf, type Keep } from '../../cms/content.ts';
import { CmsFault } from '../../cms/fault.ts';

/** Where the layers of one message lie while it is read: in memory when small, else in files without names. */
export interface Spool {
  readonly keep: Keep;
  /** Lets go of everything that was kept. */
  close(): Promise<void>;
}

/** Up to this many bytes stay in memory. */
export const IN_MEMORY = 1_048_576;
const PIECE = 256 * 1024;

/** A spool in a folder, which is made when it is needed. */
export function createSpool(folder: string): Spool {
  const handles: FileHandle[] = [];

  const spill = async (): Promise<FileHandle> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, randomUUID());
    const handle = await open(path, 'wx+', 0o600);
    handles.push(handle);
    // Without a name nothing is left behind when the process dies.
    await rm(path);
    return handle;
  };

  return {
    keep: async (chunks, limit) => {
      let pieces: Buffer[] = [];
      let held = 0;
      let size = 0;
      let file: FileHandle | null = null;
      for await (const chunk of chunks) {
        size += chunk.length;
        held += chunk.length;
        if (size > limit) throw new CmsFault('too-large', `There are more than ${limit} bytes.`);
        pieces.push(chunk);
        if (size <= IN_MEMORY || held < PIECE) continue;
        file ??= await spill();
        await file.writev(pieces);
        pieces = [];
        held = 0;
      }
      if (file === null) return contentOf(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces));
      if (pieces.length > 0) await file.writev(pieces);
      return fileContent(file, size);
    },
    close: async () => {
      await Promise.all(handles.splice(0).map((handle) => handle.close()));
    },
  };
}

function fileContent(file: FileHandle, size: number): Content {
  const bytes = async (start: number, end: number): Promise<Buffer> => {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(end, size) - start));
    for (let filled = 0; filled < buffer.length; ) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) throw new RangeError('A file of the spool is shorter than it was.');
      filled += bytesRead;
    }
    return buffer;
  };
  return {
    size,
    bytes,
    async *chunks(start = 0, end = size) {
      for (let at = start; at < end; at += PIECE) yield bytes(at, Math.min(at + PIECE, end));
    },
  };
}
