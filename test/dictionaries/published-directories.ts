import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Environment variable that names the folder of published UN directories. */
export const DIRECTORIES_VARIABLE = 'CROSSDOCK_UNTDID';

/** What an independent parser counted in one directory. */
export interface ExpectedDirectory {
  readonly zip: string;
  readonly messages: number;
  readonly segmentRowsInMessageTables: number;
  readonly segmentGroups: number;
  readonly segments: number;
  readonly segmentDataPositions: number;
  readonly composites: number;
  readonly compositeComponents: number;
  readonly elements: number;
  readonly codeLists: number;
  readonly codes: number;
  readonly codesPerElement: Readonly<Record<string, number>>;
  readonly unbalancedTables: readonly string[];
  readonly messageTables: Readonly<Record<string, { rows: number; groups: number; depth: number }>>;
  readonly segmentElements: Readonly<Record<string, number>>;
}

/**
 * The folder with the zips of UN directories, which are not part of the project: the one the environment names, else
 * `shared/untdid` beside a folder above. Null when it is not there.
 */
export function directoriesFolder(): string | null {
  const named = process.env[DIRECTORIES_VARIABLE];
  if (named !== undefined) return existsSync(named) ? named : null;
  for (let folder = import.meta.dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    const candidate = join(folder, 'shared', 'untdid');
    if (existsSync(candidate)) return candidate;
  }
  return null;
}

/** What each directory of the folder should hold, by its release. */
export function expectedDirectories(folder: string): Readonly<Record<string, ExpectedDirectory>> {
  const expected: Record<string, ExpectedDirectory> = JSON.parse(readFileSync(join(folder, 'EXPECTED.json'), 'utf8'));
  return expected;
}

/** Message, release and outline of every message tree of the folder; comments left out. */
export function expectedTrees(
  folder: string,
): readonly { message: string; release: string; lines: readonly string[] }[] {
  return readdirSync(join(folder, 'trees')).flatMap((name) => {
    const [message = '', release = '', ending] = name.split('.');
    if (ending === undefined) return [];
    const lines = readFileSync(join(folder, 'trees', name), 'utf8').split('\n');
    return [{ message, release, lines: lines.filter((line) => line.trim() !== '' && !line.startsWith('#')) }];
  });
}
