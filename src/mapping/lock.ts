import { problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import type { ConfigFile } from './library.ts';

/**
 * `maps.lock` holds a line for every file that released maps rest on: `x12/856@1.0.0 <sha256>`, and for the parts and code
 * tables that maps share `x12/parts <sha256>` and `codes/uom <sha256>`. What is locked never changes unseen: a change to a
 * map is a new version, and a change to what maps share is meant and tested. Files that are not in the lock are not
 * released yet.
 */
export function checkLock(
  lock: ConfigFile,
  files: readonly ConfigFile[],
  prefix: string,
  sha256: (text: string) => string,
): readonly Problem[] {
  const problems: Problem[] = [];
  const present = new Map(files.map((file) => [lockedName(file.path.slice(prefix.length + 1)), file]));
  const seen = new Set<string>();
  for (const [index, line] of lock.text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [name = '', hash = ''] = line.trim().split(/ +/);
    const at = { file: lock.path, line: index + 1, column: 1 };
    const file = present.get(name);
    if (seen.has(name)) {
      problems.push(problem(at, 'LOCK_SYNTAX', `${name} is locked twice.`, 'Keep the line that its release wrote.'));
      continue;
    }
    seen.add(name);
    if (!/^[0-9a-f]{64}$/.test(hash)) {
      problems.push(
        problem(at, 'LOCK_SYNTAX', `"${line.slice(0, 80)}" is no line of a lock.`, 'Write the name and its sha256.'),
      );
    } else if (file === undefined) {
      problems.push(
        problem(at, 'LOCK_GONE', `${name} is locked and not there.`, 'Bring the file back; partners may pin it.'),
      );
    } else if (sha256(file.text) !== hash) {
      const changed = { file: file.path, line: 1, column: 1 };
      const remedy = name.includes('@')
        ? 'Take the change back and make it in next.yaml, to be released as a new version.'
        : `Every map that uses it changes: run the tests of the maps, then write "${name} ${sha256(file.text)}" into the lock.`;
      problems.push(problem(changed, 'LOCK_CHANGED', `${name} was changed after its release.`, remedy));
    }
  }
  return problems;
}

/** The text of a lock with more lines, all in their order. */
export function lockWith(lock: string, lines: readonly string[]): string {
  const old = lock.split('\n').filter((line) => line.trim() !== '');
  const remarks = old.filter((line) => line.startsWith('#'));
  const entries = [...old.filter((line) => !line.startsWith('#')), ...lines].sort();
  return `${[...remarks, ...entries].join('\n')}\n`;
}

/** The name of a file in the lock; null for what is never locked, such as next.yaml and tests. */
export function lockedName(path: string): string | null {
  const map = /^([a-z0-9]+\/[a-z0-9-]+)\/([0-9]+\.[0-9]+\.[0-9]+)\.yaml$/.exec(path);
  if (map !== null) return `${map[1]}@${map[2]}`;
  const shared = /^([a-z0-9]+\/parts|codes\/[a-z0-9-]+)\.yaml$/.exec(path);
  return shared?.[1] ?? null;
}
