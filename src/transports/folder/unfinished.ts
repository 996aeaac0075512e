import { type FileHandle, open } from 'node:fs/promises';
import { READ_FLAGS } from './read-flags.ts';

const TAIL = 256;

/**
 * True for a file that size and time call complete but its content does not: empty, or an interchange without its trailer
 * (IEA, UNZ) near the end. A slow writer pauses like that. Only a hint: the caller waits longer, not for ever. A file that
 * cannot be opened is for the receiver to find out.
 */
export async function looksUnfinished(path: Buffer, size: number): Promise<boolean> {
  if (size === 0) return true;
  const file = await open(path, READ_FLAGS).catch(() => null);
  if (file === null) return false;
  try {
    const head = (await text(file, 0, 64)).replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '');
    const trailer = head.startsWith('ISA') ? 'IEA' : /^UN[AB]/.test(head) ? 'UNZ' : null;
    return trailer !== null && !(await text(file, Math.max(0, size - TAIL), TAIL)).includes(trailer);
  } finally {
    await file.close();
  }
}

async function text(file: FileHandle, position: number, length: number): Promise<string> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.toString('latin1', 0, bytesRead);
}
