import { join } from 'node:path';
import { createLazyDictionary } from '../edi/dictionary/table-source.ts';
import type { Dictionary } from '../edi/dictionary/types.ts';
import type { Standard } from '../edi/envelope.ts';
import { namesIn, openTables } from './tables-folder.ts';

const STANDARDS: readonly Standard[] = ['x12', 'edifact'];

/** Where the tables of a release are installed: `<data>/dictionaries/edifact/D96A`. */
export function installedFolder(dataFolder: string, standard: Standard, release: string): string {
  return join(dataFolder, 'dictionaries', standard, release);
}

/**
 * The dictionaries that were imported into a data folder. Their files are read when a release is first used; what was
 * imported since then is seen by the next call.
 */
export function installedDictionaries(dataFolder: string): readonly Dictionary[] {
  return STANDARDS.flatMap((standard) =>
    namesIn(join(dataFolder, 'dictionaries', standard)).flatMap((name) => {
      if (name.startsWith('.')) return [];
      const folder = installedFolder(dataFolder, standard, name);
      const { source } = openTables(folder, folder);
      return source?.standard === standard && source.release === name ? [createLazyDictionary(source)] : [];
    }),
  );
}
