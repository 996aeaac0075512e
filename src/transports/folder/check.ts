import { randomBytes } from 'node:crypto';
import { access, constants, open, opendir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { FolderConnection } from '../../partners/types.ts';
import { type CheckStep, type CheckSteps, passed, stuck, tried } from '../check.ts';
import { errorCode, fileFacts } from './file-facts.ts';
import { nameFilter, pathOf, shownName } from './file-name.ts';

/** More names than these are not counted. */
const MOST_NAMES = 200_000;

/** Tries the folders of a connection as this user: listing, reading, taking away, writing. What is written is removed. */
export async function* checkFolder({ pickUp, dropOff, ready }: FolderConnection, dataFolder: string): CheckSteps {
  if (pickUp !== null) {
    const folder = resolve(dataFolder, pickUp.folder);
    if (yield* isThere('list', folder)) {
      yield* checkList(folder, nameFilter(pickUp.pattern, ready));
      yield await checkWriting('take away', folder);
    }
  }
  if (dropOff === null) return;
  const folder = resolve(dataFolder, dropOff);
  if (yield* isThere('write', folder)) yield await checkWriting('write', folder);
}

/** A folder that is missing is made when it is needed. */
async function* isThere(step: string, folder: string): CheckSteps<boolean> {
  const found = await tried(stat(folder));
  if (!('error' in found)) {
    if (found.value.isDirectory()) return true;
    yield stuck(step, `${folder} is no folder`, 'ours', 'Take away what lies there, or name another folder.');
    return false;
  }
  if (errorCode(found.error) !== 'ENOENT') {
    yield stuck(step, messageOf(found.error), 'ours', 'Let this user reach the folder.');
    return false;
  }
  const above = await nearest(dirname(folder));
  const may = await tried(access(above, constants.W_OK | constants.X_OK));
  yield 'error' in may
    ? stuck(step, `${folder} is not there`, 'ours', `Make it, or let this user write in ${above}.`)
    : passed(step, `${folder} is not there yet, and is made when it is needed`);
  return false;
}

async function nearest(folder: string): Promise<string> {
  const found = await tried(stat(folder));
  return 'error' in found && dirname(folder) !== folder ? nearest(dirname(folder)) : folder;
}

async function* checkList(folder: string, meant: (raw: string) => boolean): CheckSteps {
  let first: string | null = null;
  let count = 0;
  try {
    for await (const { name } of await opendir(folder, { encoding: 'latin1' })) {
      if (!meant(name) || (await fileFacts(pathOf(folder, name))) === null) continue;
      first ??= name;
      if (++count === MOST_NAMES) break;
    }
  } catch (error) {
    return yield stuck('list', messageOf(error), 'ours', `Let this user list ${folder}.`);
  }
  yield passed('list', `${folder} holds ${count} files that are meant`);
  if (first !== null) yield await checkReading(folder, first);
}

async function checkReading(folder: string, raw: string): Promise<CheckStep> {
  try {
    await (await open(pathOf(folder, raw), 'r')).close();
    return passed('read', `${shownName(raw)} may be read`);
  } catch (error) {
    return stuck('read', messageOf(error), 'ours', 'Let this user read the files that are put there.');
  }
}

async function checkWriting(step: string, folder: string): Promise<CheckStep> {
  const path = join(folder, `.crossdock-check-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(path, '', { flag: 'wx' });
    await rename(path, `${path}.renamed`);
    await unlink(`${path}.renamed`);
    return passed(step, `files may be written, renamed and removed in ${folder}`);
  } catch (error) {
    for (const left of [path, `${path}.renamed`]) await unlink(left).catch(() => {});
    return stuck(step, messageOf(error), 'ours', `Let this user write, rename and remove files in ${folder}.`);
  }
}
