import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Environment variable that names the folder of published EDI samples. */
export const SAMPLES_VARIABLE = 'CROSSDOCK_SAMPLES';

/**
 * The folder with published EDI files (x12/, edifact/), which are not part of the project: the one the environment names,
 * else `shared/samples` beside a folder above. Null when it is not there.
 */
export function samplesFolder(from: string = import.meta.dirname): string | null {
  const named = process.env[SAMPLES_VARIABLE];
  if (named !== undefined) return existsSync(named) ? named : null;
  for (let folder = from; dirname(folder) !== folder; folder = dirname(folder)) {
    const candidate = join(folder, 'shared', 'samples');
    if (existsSync(candidate)) return candidate;
  }
  return null;
}

/** The files of one standard by name. */
export function sampleFiles(folder: string, standard: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(join(folder, standard)).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, standard, name))]));
}
