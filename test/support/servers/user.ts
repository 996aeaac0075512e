import { chownSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A user of the system as processes are started with. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The first of these that the system knows, when the tests run as root; null otherwise: everybody runs as themselves. */
export function unprivilegedUser(...names: readonly string[]): User | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of names) {
    const [, , uid, gid] = accounts.find(([account]) => account === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(`The system has none of the users ${names.join(', ')}, and root may not run this server.`);
}

/** A fresh folder that belongs to the user. */
export function folderOf(user: User | null, prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  return folder;
}
