import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of a folder as text. */
export interface TextFile {
  /** Path as messages show it: the folder's name as given, then the way inside, with slashes. */
  readonly path: string;
  readonly text: string;
}

const MAX_FILES = 20_000;

/** Every file below a folder with one of these endings, sorted by path; an absent folder has none. Links are not followed. */
export async function readFolder(
  folder: string,
  shown: string,
  endings: readonly string[],
): Promise<readonly TextFile[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    },
  );
  const files = names
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .slice(0, MAX_FILES);
  const read = files.map(async (entry): Promise<TextFile> => {
    const path = join(entry.parentPath, entry.name);
    const inside = path.slice(folder.length).replaceAll('\\', '/').replace(/^\//, '');
    return { path: `${shown}/${inside}`, text: await readFile(path, 'utf8') };
  });
  return (await Promise.all(read)).sort((a, b) => (a.path < b.path ? -1 : 1));
}
