import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^[a-z0-9]{8}$/;

/**
 * Who we are in the names of claimed files: the same for all processes on one ledger, and for them after a restart, other
 * for everybody else. A ledger that many share is known by its address, one of this machine by a file beside it.
 */
export async function claimOwner(dataFolder: string, databaseUrl: string | null): Promise<string> {
  if (databaseUrl !== null) {
    const { host, pathname } = new URL(databaseUrl);
    return createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 8);
  }
  const file = join(dataFolder, 'claims-as');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (NAME.test(known)) return known;
  const made = randomBytes(4).toString('hex');
  await writeFile(file, `${made}\n`);
  return made;
}
