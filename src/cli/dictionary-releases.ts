import { installedDictionaries } from '../dictionaries/installed.ts';
import { builtInReleases, createDictionaries, releaseAge } from '../edi/dictionary/index.ts';
import type { Standard } from '../edi/envelope.ts';

/** A release whose tables can be used. */
export interface ListedRelease {
  readonly standard: Standard;
  readonly release: string;
  readonly sets: number;
  readonly from: 'built in' | 'imported';
}

/** Every release that has tables, X12 first, the oldest first. */
export function listedReleases(dataFolder: string): readonly ListedRelease[] {
  const imported = installedDictionaries(dataFolder);
  const builtIn = createDictionaries();
  const all = [
    ...builtInReleases().flatMap(({ standard, release }): readonly ListedRelease[] => {
      if (imported.some((one) => one.standard === standard && one.release === release)) return [];
      const sets = builtIn.find(standard, release)?.dictionary.sets.length ?? 0;
      return [{ standard, release, sets, from: 'built in' }];
    }),
    ...imported.map(({ standard, release, sets }) => ({
      standard,
      release,
      sets: sets.length,
      from: 'imported' as const,
    })),
  ];
  return all.sort(
    (a, b) =>
      b.standard.localeCompare(a.standard) || releaseAge(a.standard, a.release) - releaseAge(b.standard, b.release),
  );
}
