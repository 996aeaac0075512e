import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import { GatewayError } from '../errors.ts';
import { type ConfigFile, loadMaps, sha256 } from '../mapping/library.ts';
import { lockedName, lockWith } from '../mapping/lock.ts';
import { problemLine } from '../util/problem.ts';
import { readFolder } from '../util/read-folder.ts';

/** Files of a release, ready to be written. */
export interface PreparedRelease {
  /** `maps/x12/940/1.1.0.yaml` */
  readonly file: string;
  /** Lines that the lock gets: the map's, and those of parts and code tables that were in no lock yet. */
  readonly locked: readonly string[];
  /** Writes the map, then the lock, then takes next.yaml away: each file is whole at every moment. */
  write(): void;
}

/** Makes `next.yaml` a version, in memory. MAP_NOT_RELEASED when what comes out does not load. */
export async function prepareRelease(
  folder: string,
  name: string,
  version: string,
  dictionaries: Dictionaries,
): Promise<PreparedRelease> {
  const next = join(folder, name, 'next.yaml');
  const [file, lock] = [join(folder, name, `${version}.yaml`), join(folder, 'maps.lock')];
  const text = readFileSync(next, 'utf8').replace(/^version:[ \t]*next\b/m, `version: ${version}`);
  const old = existsSync(lock) ? readFileSync(lock, 'utf8') : '';
  const others = (await readFolder(folder, 'maps', ['.yaml'])).filter(({ path }) => path !== `maps/${name}/next.yaml`);
  const files: readonly ConfigFile[] = [...others, { path: `maps/${name}/${version}.yaml`, text }];
  const known = new Set(old.split('\n').map((line) => line.split(' ')[0]));
  const locked = files.flatMap(({ path, text: content }) => {
    const lockName = lockedName(path.slice('maps/'.length));
    const isShared = lockName !== null && !lockName.includes('@');
    const isNew = lockName === `${name}@${version}` || (isShared && !known.has(lockName));
    return isNew ? [`${lockName} ${sha256(content)}`] : [];
  });
  const newLock = lockWith(old, locked);
  const { problems } = loadMaps([...files, { path: 'maps/maps.lock', text: newLock }], 'maps', dictionaries);
  if (problems.length > 0) {
    throw new GatewayError(
      'MAP_NOT_RELEASED',
      `${name}@${version} would not load:\n${problems.map(problemLine).join('\n')}`,
    );
  }
  return {
    file,
    locked,
    write: () => {
      replaceFile(file, text);
      replaceFile(lock, newLock);
      rmSync(next);
    },
  };
}

/** Writes beside the file and renames, so that a reader sees the old text or the new one. */
function replaceFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.tmp`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}
