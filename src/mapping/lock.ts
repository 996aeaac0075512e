import { problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import type { ConfigFile } from './library.ts';

/**
 * `maps.lock` holds a line for every file that released maps rest on: `<path> <sha256>`. A released file never changes:
 * a change is a new version. Shared parts and code tables are locked too, so that a change to them is seen and meant.
 */
export function checkLock(
  lock: ConfigFile,
  files: readonly ConfigFile[],
  prefix: string,
  sha256: (text: string) => string,
): readonly Problem[] {
  const problems: Problem[] = [];
  const locked = new Map<string, { readonly hash: string; readonly line: number }>();
  for (const [index, line] of lock.text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [path = '', hash = ''] = line.trim().split(/ +/);
    const at = { file: lock.path, line: index + 1, column: 1 };
    if (/^[0-9a-f]{64}$/.test(hash)) locked.set(path, { hash, line: index + 1 });
    else problems.push(problem(at, 'LOCK_SYNTAX', `"${line}" is no line of a lock.`, 'Write the path and its sha256.'));
  }
  for (const file of files) {
    const path = file.path.slice(prefix.length + 1);
    if (!isReleased(path)) continue;
    const entry = locked.get(path);
    locked.delete(path);
    const hash = sha256(file.text);
    const at = { file: file.path, line: 1, column: 1 };
    if (entry === undefined) {
      problems.push(problem(at, 'LOCK_MISSING', `${path} is not in ${lock.path}.`, `Add the line "${path} ${hash}".`));
    } else if (entry.hash !== hash) {
      problems.push(problem(at, 'LOCK_CHANGED', `${path} was changed after its release.`, lockRemedy(path, hash)));
    }
  }
  for (const [path, { line }] of locked) {
    problems.push(
      problem(
        { file: lock.path, line, column: 1 },
        'LOCK_GONE',
        `${path} is locked and not there.`,
        'Bring the file back; partners may pin it.',
      ),
    );
  }
  return problems;
}

function lockRemedy(path: string, hash: string): string {
  if (/\/[0-9.]+\.yaml$/.test(path))
    return 'Take the change back and make it in next.yaml, to be released as a new version.';
  return `Every map that uses it changes: run the maps' tests, then write "${path} ${hash}" into the lock.`;
}

/** Released maps, and the parts and tables they share; not the map being worked on (`next.yaml`). */
function isReleased(path: string): boolean {
  return (
    /^[a-z0-9]+\/([a-z0-9-]+\/[0-9]+\.[0-9]+\.[0-9]+|parts)\.yaml$/.test(path) || /^codes\/[^/]+\.yaml$/.test(path)
  );
}
