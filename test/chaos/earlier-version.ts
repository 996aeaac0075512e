import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../support/crossdock.ts';
import type { Software } from '../support/servers/binaries.ts';
import type { Stage } from './stage.ts';

const MIGRATIONS = 'src/ledger/migrations';

/** Has the versions before this one, where the checkout came with its history. */
export const GIT: Software = { name: 'git', programs: ['git'], folders: [], package: 'git' };

/** The last version before the tables of the ledger were changed. */
export interface EarlierVersion {
  /** Its commit. */
  readonly commit: string;
  /** Its `bin/crossdock`. */
  readonly command: string;
}

function git(...words: readonly string[]): string {
  return execFileSync('git', words, { cwd: CHECKOUT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

/** The commit of it; null where the checkout has no history. */
export function earlierCommit(): string | null {
  try {
    return git('rev-parse', `${git('log', '-1', '--diff-filter=A', '--format=%H', '--', MIGRATIONS)}^`);
  } catch {
    return null;
  }
}

/** Lays it out in the place of the stage, with the packages of this checkout. */
export function layOutEarlier({ place }: Stage): EarlierVersion {
  const commit = earlierCommit();
  if (commit === null) throw new Error('The checkout has no history of the ledger.');
  const folder = join(place.folder, 'earlier');
  mkdirSync(folder);
  const archive = execFileSync('git', ['archive', '--format=tar', commit], {
    cwd: CHECKOUT,
    maxBuffer: 1024 * 1024 * 1024,
  });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
  return { commit: commit.slice(0, 12), command: join(folder, 'bin/crossdock') };
}
