import { writeFile } from 'node:fs/promises';
import { GatewayError, messageOf } from '../errors.ts';

/** Writes a file that must not be there yet. FILE_UNWRITABLE when it is, or cannot be written. */
export async function writeNew(path: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode });
  } catch (cause) {
    const remedy = 'Choose another name, or take the file away yourself.';
    throw new GatewayError('FILE_UNWRITABLE', `${path} cannot be written: ${messageOf(cause)}. ${remedy}`, { cause });
  }
}
