import { basename, dirname, join } from 'node:path';
import { createLazyDictionary } from '../edi/dictionary/table-source.ts';
import type { Dictionary } from '../edi/dictionary/types.ts';
import type { Standard } from '../edi/envelope.ts';
import { namesIn, openTables } from './tables-folder.ts';

const STANDARDS: readonly Standard[] = ['x12', 'edifact'];

/** Where the tables of a release are installed: `<data>/dictionaries/edifact/D96A`. */
export function installedFolder(dataFolder: string, standard: Standard, release: string): string {
  return join(dataFolder, 'dictionaries', standard, release);
}

/** Where earlier tables wait while new ones take the place of their folder. */
export function asideOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}${ASIDE}`);
}

const ASIDE = '-earlier';

/**
 * The dictionaries that were imported into a data folder. Their files are read when a release is first used; what was
 * imported since then is seen by the next call.
 */
export function installedDictionaries(dataFolder: string): readonly Dictionary[] {
  return STANDARDS.flatMap((standard) => {
    const names = namesIn(join(dataFolder, 'dictionaries', standard));
    const releases = new Set(names.flatMap((name) => releaseOf(name) ?? []));
    return [...releases].flatMap((release) => {
      const folder = installedFolder(dataFolder, standard, release);
      const { source } = openTables(names.includes(release) ? folder : asideOf(folder), folder);
      return source?.standard === standard && source.release === release ? [createLazyDictionary(source)] : [];
    });
  });
}

/** The release whose tables a folder of this name holds; null for what an import is about to write. */
function releaseOf(name: string): string | null {
  if (!name.startsWith('.')) return name;
  return name.endsWith(ASIDE) ? name.slice(1, -ASIDE.length) : null;
}
