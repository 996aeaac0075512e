import { mkdir, opendir } from 'node:fs/promises';
import type { Ready } from '../../partners/types.ts';
import { errorCode } from './file-facts.ts';
import { nameFilter } from './file-name.ts';
import type { Readiness, ReadyFile } from './readiness.ts';

/** More names than this are left for the next look, when the first are gone. */
const MAX_NAMES = 200_000;
const LOOKS_AT_ONCE = 32;

/** Names as they lie in the folder, raw; `markers` only those that end with the suffix. A missing folder is made. */
async function readNames(
  folder: string,
  meant: (raw: string) => boolean,
  suffix: string | null,
): Promise<{ names: Set<string>; markers: Set<string> }> {
  const names = new Set<string>();
  const markers = new Set<string>();
  const directory = await opendir(folder, { encoding: 'latin1', bufferSize: 256 }).catch(async (error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true });
    return null;
  });
  if (directory === null) return { names, markers };
  for await (const { name } of directory) {
    if (suffix !== null && name.endsWith(suffix)) markers.add(name);
    else if (meant(name)) names.add(name);
    if (names.size + markers.size >= MAX_NAMES) break;
  }
  return { names, markers };
}

/** One look at the folder: the files that are complete now, oldest first. Kept small: a name and its facts each. */
export function createListing(
  folder: string,
  pattern: string,
  ready: Ready,
  readiness: Readiness,
): (now: number) => Promise<readonly ReadyFile[]> {
  const meant = nameFilter(pattern, ready);
  const suffix = ready.by === 'marker' ? Buffer.from(ready.suffix).toString('latin1') : null;
  return async (now) => {
    const { names, markers } = await readNames(folder, meant, suffix);
    readiness.keep(names);
    const found: ReadyFile[] = [];
    let batch: string[] = [];
    const lookAtBatch = async (): Promise<void> => {
      const looks = batch.map((raw) => readiness.look(raw, now, suffix !== null && markers.has(raw + suffix)));
      batch = [];
      for (const file of await Promise.all(looks)) if (file !== null) found.push(file);
    };
    for (const raw of names) {
      batch.push(raw);
      if (batch.length === LOOKS_AT_ONCE) await lookAtBatch();
    }
    await lookAtBatch();
    return found.sort(oldestFirst);
  };
}

function oldestFirst(a: ReadyFile, b: ReadyFile): number {
  if (a.facts.modifiedAt !== b.facts.modifiedAt) return a.facts.modifiedAt < b.facts.modifiedAt ? -1 : 1;
  return a.raw < b.raw ? -1 : 1;
}
