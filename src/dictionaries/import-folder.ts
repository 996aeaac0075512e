import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkTables, type TableSource } from '../edi/dictionary/table-source.ts';
import { GatewayError } from '../errors.ts';
import { type Problem, sortProblems } from '../util/problem.ts';
import { installTables } from './install.ts';
import { openTables, RELEASE_FILE } from './tables-folder.ts';

/**
 * Installs a licensee's own tables, written in the notation that docs/dictionaries.md explains. Where there are problems
 * nothing is installed, and `installed` is null. FILE_UNREADABLE when the folder holds no tables at all.
 */
export async function importTables(
  path: string,
  dataFolder: string,
): Promise<{ readonly problems: readonly Problem[]; readonly installed: TableSource | null }> {
  if (!existsSync(join(path, RELEASE_FILE))) {
    const what = `${path}: there is no ${RELEASE_FILE} in it. Give a folder of tables as docs/dictionaries.md says.`;
    throw new GatewayError('FILE_UNREADABLE', what);
  }
  const { source, problems } = openTables(path, path);
  const all = sortProblems(source === null ? problems : [...problems, ...checkTables(source)]);
  if (source === null || all.length > 0) return { problems: all, installed: null };
  await installTables(dataFolder, source, []);
  return { problems: [], installed: source };
}
