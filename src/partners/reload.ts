import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import type { Log } from '../util/log.ts';
import { problemLine } from '../util/problem.ts';
import { type Configuration, type ConfigurationFolders, loadConfiguration } from './configuration.ts';

/** The configuration a running gateway works with. */
export interface LiveConfiguration {
  current(): Configuration;
  /** Looks for changes now. A valid change is taken over whole, a broken one is logged and the old one stays. */
  refresh(): Promise<void>;
  stop(): void;
}

/** Looks for changed files this often, in milliseconds. */
const LOOK_EVERY = 2_000;

/**
 * Keeps a configuration up to date with its files. `changed` is told after a new one was taken over. Looking at names,
 * sizes and times of the files costs less than being told wrongly by a watcher.
 */
export function keepConfiguration(
  folders: ConfigurationFolders,
  first: Configuration,
  log: Log,
  changed: (configuration: Configuration) => Promise<void>,
): LiveConfiguration {
  let current = first;
  let seen: string | null = null;
  let looking: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    try {
      const now = await fingerprint([folders.maps, folders.partners]);
      if (seen === null || seen === now) {
        seen = now;
        return;
      }
      seen = now;
      const next = await loadConfiguration(folders, current.dictionaries);
      if (next.problems.length > 0) {
        log.error(
          { problems: next.problems.map(problemLine) },
          'The changed configuration has problems; the old one stays in use.',
        );
        return;
      }
      current = next;
      await changed(next);
      log.info({ maps: next.maps.pins.length, partners: next.partners.length }, 'The changed configuration is in use.');
    } catch (error) {
      log.error({ error: messageOf(error) }, 'The configuration could not be looked at; the old one stays in use.');
    }
  };
  const refresh = (): Promise<void> => {
    looking = looking.then(look);
    return looking;
  };
  void refresh();
  const timer = setInterval(() => void refresh(), LOOK_EVERY);
  timer.unref();
  return { current: () => current, refresh, stop: () => clearInterval(timer) };
}

/** Changes when a configuration file is added, removed or written. */
async function fingerprint(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && /\.(yaml|lock)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) {
      const facts = await stat(path).catch(() => null);
      if (facts !== null) hash.update(`${path} ${facts.size} ${facts.mtimeMs} ${facts.ino}\n`);
    }
  }
  return hash.digest('hex');
}
