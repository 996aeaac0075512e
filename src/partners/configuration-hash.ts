import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ConfigurationFolders } from './configuration.ts';

/** SHA-256 over the names and contents of every file of maps and partners: which configuration it is. */
export async function configurationHash({ maps, partners }: ConfigurationFolders): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of [maps, partners]) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && /\.(yaml|lock|pem|crt)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) {
      const bytes = await readFile(path);
      hash.update(`${relative(folder, path)} ${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
}
