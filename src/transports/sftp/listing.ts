import type { SftpPickUp } from '../../partners/sftp-types.ts';
import { isPlainName } from '../names.ts';
import { matchesPattern } from '../pattern.ts';
import { unreadyNames } from '../unready-names.ts';
import { type Claim, claimOf } from './claim.ts';
import { remotePath } from './paths.ts';
import type { RemoteEntry, SftpSession } from './session.ts';

/** A file on the server that is meant. */
export interface Candidate {
  /** Where the partner put it. */
  readonly path: string;
  /** Where it lies: the same, or its claimed name. */
  readonly at: string;
  /** Below the folder of `pickUp`: `a.edi`, `monday/a.edi`. */
  readonly name: string;
  /** Ours from before; null when nobody claimed it. */
  readonly claim: Claim | null;
  readonly size: number;
  readonly modifiedAt: number;
  /** Path of the marker beside it; null without one. */
  readonly marker: string | null;
}

/** What one look at the server showed. */
export interface Listing {
  readonly candidates: readonly Candidate[];
  /** Names that no file of ours may have: left alone. */
  readonly strange: readonly string[];
  /** There is more than one look takes in. */
  readonly cut: boolean;
}

/** Names taken in at one look, over all folders. */
const MOST_NAMES = 200_000;

/** Lists what is meant, folder by folder. Links are never followed, claims of others passed over. */
export async function listCandidates(session: SftpSession, pickUp: SftpPickUp, owner: string): Promise<Listing> {
  const unready = unreadyNames(pickUp.ready);
  const suffix = pickUp.ready.by === 'marker' ? pickUp.ready.suffix : null;
  const ours = [pickUp.failed, pickUp.after.do === 'move' ? pickUp.after.to.replace(/\/?\{date\}.*$/, '') : null];
  const candidates: Candidate[] = [];
  const strange: string[] = [];
  let left = MOST_NAMES;
  let cut = false;

  const meant = (name: string): boolean =>
    !unready(name) &&
    pickUp.include.some((pattern) => matchesPattern(name, pattern)) &&
    !pickUp.exclude.some((pattern) => matchesPattern(name, pattern));

  const take = (folder: string, below: string, entry: RemoteEntry, names: ReadonlySet<string>): void => {
    const claim = claimOf(entry.name);
    const name = claim?.name ?? entry.name;
    if (!meant(name) || (claim !== null && claim.owner !== owner)) return;
    const marker = suffix !== null && names.has(name + suffix) ? remotePath(folder, name + suffix) : null;
    const { size, modifiedAt } = entry;
    const [path, at] = [remotePath(folder, name), remotePath(folder, entry.name)];
    candidates.push({ path, at, name: below + name, claim, size, modifiedAt, marker });
  };

  async function walk(folder: string, below: string, depth: number): Promise<void> {
    const { entries, cut: more } = await session.list(folder, left);
    cut = cut || more;
    left -= entries.length;
    const names = new Set(suffix === null ? [] : entries.map(({ name }) => name));
    const folders: string[] = [];
    for (const entry of entries) {
      if (entry.name === '.' || entry.name === '..' || entry.kind === 'other') continue;
      if (!isPlainName(entry.name)) strange.push(entry.name);
      else if (entry.kind === 'folder') folders.push(entry.name);
      else take(folder, below, entry, names);
    }
    if (depth === 0) return;
    for (const name of folders.sort()) {
      const path = remotePath(folder, name);
      if (left > 0 && !name.startsWith('.') && !ours.includes(path)) await walk(path, `${below}${name}/`, depth - 1);
    }
  }

  await walk(pickUp.folder, '', pickUp.depth);
  return { candidates: candidates.sort(ORDERS[pickUp.sort]), strange, cut };
}

type Order = (a: Candidate, b: Candidate) => number;
const byName: Order = (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
const ORDERS: Readonly<Record<SftpPickUp['sort'], Order>> = {
  name: byName,
  oldest: (a, b) => a.modifiedAt - b.modifiedAt || byName(a, b),
  smallest: (a, b) => a.size - b.size || byName(a, b),
};
