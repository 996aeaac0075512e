import { GatewayError } from '../../errors.ts';
import { problemLine } from '../../util/problem.ts';
import type { Standard } from '../envelope.ts';
import { contrlReleases } from './edifact-contrl/index.ts';
import { edifactReleaseD01B } from './edifact-d01b/index.ts';
import { edifactReleaseD96A } from './edifact-d96a/index.ts';
import { parseTables, type TableTexts } from './parse-tables.ts';
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
 * a built-in one of the same release. Tables are read when their release is first asked for.
 */
export function createDictionaries(extra: readonly Dictionary[] = []): Dictionaries {
  const loaded = new Map(extra.map((dictionary) => [key(dictionary.standard, dictionary.release), dictionary]));
  const texts = new Map(BUILT_IN.map((tables) => [key(tables.standard, tables.release), tables]));
  const releases = (standard: Standard): readonly string[] => [
    ...new Set([...loaded.values(), ...BUILT_IN].filter((one) => one.standard === standard).map((one) => one.release)),
  ];
  return {
    find(standard, release) {
      const nearest = nearestRelease(standard, release, releases(standard));
      if (nearest === undefined) return undefined;
      const wanted = key(standard, nearest);
      const tables = texts.get(wanted);
      const dictionary = loaded.get(wanted) ?? (tables === undefined ? undefined : read(tables));
      if (dictionary === undefined) return undefined;
      loaded.set(wanted, dictionary);
      return { dictionary, exact: nearest === release };
    },
  };
}

function key(standard: Standard, release: string): string {
  return `${standard} ${release}`;
}

function read(tables: TableTexts): Dictionary {
  const { dictionary, problems } = parseTables(tables);
  if (problems.length > 0) throw new GatewayError('INTERNAL', problems.map(problemLine).join('\n'));
  return dictionary;
}

/**
 * The release itself, else the installed one nearest in age; of two equally near ones the newer. What has no age, as the
 * versions of CONTRL, stands in for nothing else.
 */
function nearestRelease(standard: Standard, release: string, installed: readonly string[]): string | undefined {
  if (installed.includes(release)) return release;
  const age = releaseAge(standard, release);
  const distance = (candidate: string) => Math.abs(releaseAge(standard, candidate) - age);
  return installed
    .filter((candidate) => releaseAge(standard, candidate) > 0)
    .toSorted()
    .toReversed()
    .toSorted((a, b) => distance(a) - distance(b))[0];
}

/** A number that grows with the release: `004010` and `D96A` to `D24A`; 0 for what is no such name. */
export function releaseAge(standard: Standard, release: string): number {
  if (standard === 'x12') return Number.parseInt(release, 10) || 0;
  const [, year, letter] = /^D\.?([0-9]{2})([A-C])/.exec(release) ?? [];
  if (year === undefined || letter === undefined) return 0;
  const fullYear = Number(year) < 90 ? 2000 + Number(year) : 1900 + Number(year);
  return fullYear * 10 + letter.charCodeAt(0) - 65;
}
