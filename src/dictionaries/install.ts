import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkTables, type TableSource } from '../edi/dictionary/table-source.ts';
import { GatewayError, messageOf } from '../errors.ts';
import { problemLine } from '../util/problem.ts';
import { asideOf, installedFolder } from './installed.ts';
import { namesIn, partFile, RELEASE_FILE, SETS_FOLDER, setFile } from './tables-folder.ts';

/**
 * Writes tables into a data folder, in place of earlier ones of the same release: all of them, or nothing. Tables with
 * problems throw CONFIG_INVALID, a folder that cannot be written DICTIONARY_UNWRITABLE; then the earlier ones stay. `notes` become
 * comments of release.txt. Answers the folder.
 */
export async function installTables(
  dataFolder: string,
  source: TableSource,
  notes: readonly string[],
): Promise<string> {
  const problems = checkTables(source);
  if (problems.length > 0) {
    const lines = problems.map(problemLine).join('\n');
    throw new GatewayError('CONFIG_INVALID', `the tables have problems; nothing was installed:\n${lines}`);
  }
  const folder = installedFolder(dataFolder, source.standard, source.release);
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    const fresh = await mkdtemp(join(dirname(folder), `.${source.release}-`));
    try {
      await writeTables(fresh, source, notes);
      await replace(folder, fresh);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  } catch (error) {
    const what = `the tables cannot be written: ${messageOf(error)}. Give this user the folder ${folder}.`;
    throw new GatewayError('DICTIONARY_UNWRITABLE', what, { cause: error });
  }
  return folder;
}

async function writeTables(folder: string, source: TableSource, notes: readonly string[]): Promise<void> {
  const { standard, release, sets, part, set } = source;
  const head = notes.map((note) => `# ${note}\n`).join('');
  await mkdir(join(folder, SETS_FOLDER));
  await writeFile(join(folder, RELEASE_FILE), `${head}${standard} ${release}\n`);
  for (const name of ['elements', 'codes', 'segments'] as const) {
    await writeFile(join(folder, partFile(name)), part(name).text);
  }
  for (const type of sets) await writeFile(join(folder, setFile(type)), set(type).text);
}

/**
 * A folder cannot be renamed over a full one: the earlier one steps aside, where it is still read should the program end before
 * the new one has come. What ended programs left behind goes away with it.
 */
async function replace(folder: string, fresh: string): Promise<void> {
  const aside = asideOf(folder);
  const earlier = existsSync(folder);
  if (earlier) {
    await rm(aside, { recursive: true, force: true });
    await rename(folder, aside);
  }
  try {
    await rename(fresh, folder);
  } catch (error) {
    if (earlier) await rename(aside, folder);
    throw error;
  }
  const parent = dirname(folder);
  const leftovers = namesIn(parent).filter((name) => name.startsWith(`.${basename(folder)}-`));
  for (const name of leftovers) await rm(join(parent, name), { recursive: true, force: true });
}
