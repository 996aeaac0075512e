import { countDirectory, type DirectoryCounts } from '../edi/dictionary/untdid/counts.ts';
import { type Directory, isTableArchive, isTableFile, parseDirectory } from '../edi/dictionary/untdid/directory.ts';
import { tablesOf } from '../edi/dictionary/untdid/write-tables.ts';
import type { Problem } from '../util/problem.ts';
import { installTables } from './install.ts';
import { readZip } from './read-zip.ts';

/** A directory that was imported. */
export interface ImportedDirectory {
  /** `D96A`. */
  readonly release: string;
  readonly folder: string;
  readonly counts: DirectoryCounts;
  /** Faults of the directory itself: what they concern was read as far as it can be understood. */
  readonly faults: readonly Problem[];
}

/** Reads the zip of a UN directory. FILE_UNREADABLE when it is none. */
export async function readUnDirectory(
  path: string,
): Promise<{ readonly directory: Directory; readonly faults: readonly Problem[] }> {
  return parseDirectory(path, await readZip(path, { file: isTableFile, archive: isTableArchive }));
}

/** Turns the zip of a UN directory into installed tables of a data folder; all of them, or nothing. */
export async function importUnDirectory(path: string, dataFolder: string): Promise<ImportedDirectory> {
  const { directory, faults } = await readUnDirectory(path);
  const { source, faults: unsaid } = tablesOf(directory);
  const folder = await installTables(dataFolder, source, notesOf(directory.release));
  return { release: directory.release, folder, counts: countDirectory(directory), faults: [...faults, ...unsaid] };
}

function notesOf(release: string): readonly string[] {
  const directory = `D.${release.slice(1)}`;
  return [
    `Contains facts from the UN/EDIFACT directory ${directory}, United Nations Trade Data Interchange Directory (UNTDID),`,
    '(c) United Nations Economic Commission for Europe (UN/ECE). Not endorsed by the UN.',
    'Converted from the directory for use in this installation. The UN licence allows to pass on the original files with',
    'their licence, but no modified directory: do not pass these tables on.',
  ];
}
