import type { Standard } from '../envelope.ts';
import { contrlReleases } from './edifact-contrl/index.ts';
import { edifactReleaseD01B } from './edifact-d01b/index.ts';
import { edifactReleaseD96A } from './edifact-d96a/index.ts';
import type { TableTexts } from './parse-tables.ts';
import { createLazyDictionary, sourceOf } from './table-source.ts';
import type { Dictionaries, Dictionary } from './types.ts';
import { x12Release004010 } from './x12-004010/index.ts';
import { x12Release005010 } from './x12-005010/index.ts';

const BUILT_IN: readonly TableTexts[] = [
  x12Release004010,
  x12Release005010,
  edifactReleaseD96A,
  edifactReleaseD01B,
  ...contrlReleases,
];

/** The releases whose tables come with the program. */
export function builtInReleases(): readonly Pick<TableTexts, 'standard' | 'release'>[] {
  return BUILT_IN;
}

/**
 * The dictionaries that come with the program, and `extra` ones (imported from the UN, or a licensee's own), which win over
 * a built-in one of the same release; sets that they lack are still the built-in ones. Tables are read when they are first
 * asked for.
 */
export function createDictionaries(extra: readonly Dictionary[] = []): Dictionaries {
  const imported = new Map(extra.map((dictionary) => [key(dictionary), dictionary]));
  const builtIn = new Map(BUILT_IN.map((tables) => [key(tables), tables]));
  const opened = new Map<string, Dictionary>();
  const releases = (standard: Standard): readonly string[] => [
    ...new Set([...extra, ...BUILT_IN].filter((one) => one.standard === standard).map((one) => one.release)),
  ];
  const open = (wanted: string): Dictionary | undefined => {
    const tables = builtIn.get(wanted);
    const dictionary =
      opened.get(wanted) ?? (tables === undefined ? undefined : createLazyDictionary(sourceOf(tables)));
    if (dictionary !== undefined) opened.set(wanted, dictionary);
    return dictionary;
  };
  /** Imported tables, then built-in ones, which are not opened where the imported ones are enough. */
  function* tablesOf(wanted: string): Generator<Dictionary> {
    const first = imported.get(wanted);
    if (first !== undefined) yield first;
    const second = open(wanted);
    if (second !== undefined) yield second;
  }
  const having = (wanted: string, set: string | undefined): Dictionary | undefined => {
    for (const dictionary of tablesOf(wanted)) {
      if (set === undefined || dictionary.set(set) !== undefined) return dictionary;
    }
    return undefined;
  };
  return {
    find(standard, release, set) {
      // Asked for each document, and nearly always there.
      const same = having(key({ standard, release }), set);
      if (same !== undefined) return { dictionary: same, exact: true };
      const nearest = nearestFirst(standard, release, releases(standard));
      for (const one of nearest) {
        const dictionary = having(key({ standard, release: one }), set);
        if (dictionary !== undefined) return { dictionary, exact: false };
      }
      const [dictionary] = tablesOf(key({ standard, release: nearest[0] ?? '' }));
      return dictionary === undefined ? undefined : { dictionary, exact: dictionary.release === release };
    },
  };
}

function key({ standard, release }: Pick<Dictionary, 'standard' | 'release'>): string {
  return `${standard} ${release}`;
}

/**
 * The release itself, then the others, nearest in age first; of two equally near ones the newer. Last comes what has no age,
 * as the versions of CONTRL.
 */
function nearestFirst(standard: Standard, release: string, installed: readonly string[]): readonly string[] {
  const age = releaseAge(standard, release);
  const distance = (candidate: string): number => {
    if (candidate === release) return -1;
    const other = releaseAge(standard, candidate);
    return other === 0 ? Number.POSITIVE_INFINITY : Math.abs(other - age);
  };
  const newestFirst = installed.toSorted().toReversed();
  return newestFirst.toSorted((a, b) => compare(distance(a), distance(b)));
}

function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A number that grows with the release: `004010` and `D96A` to `D24A`; 0 for what is no such name. */
export function releaseAge(standard: Standard, release: string): number {
  if (standard === 'x12') return Number.parseInt(release, 10) || 0;
  const [, year, letter] = /^D\.?([0-9]{2})([A-C])/.exec(release) ?? [];
  if (year === undefined || letter === undefined) return 0;
  const fullYear = Number(year) < 90 ? 2000 + Number(year) : 1900 + Number(year);
  return fullYear * 10 + letter.charCodeAt(0) - 65;
}
