import { statfs } from 'node:fs/promises';
import { GatewayError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';

/** How full the disk of a folder is. */
export interface DiskSpace {
  /** Share of what this user may use that is taken, from 0 to 1; null where the system does not say. */
  readonly used: number | null;
  /** Above the watermark: nothing more should be taken in. */
  readonly full: boolean;
}

/** Looks at a disk, every five seconds at most. Never rejects. */
export interface Disk {
  look(): Promise<DiskSpace>;
}

/** What `statfs` tells of a file system, in its blocks. */
interface Blocks {
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
}

/** Milliseconds that an answer holds. */
const HOLDS = 5_000;
/** Once it was full it counts as full until so much more is free: otherwise it would be taken in and refused by turns. */
const LESS = 0.01;

/** Watches the disk of a folder; `watermark` is the share above which it counts as full, 1 never. */
export function createDisk(options: {
  readonly folder: string;
  readonly watermark: number;
  readonly clock: Clock;
  /** The system's own unless told otherwise. */
  readonly blocksOf?: (folder: string) => Promise<Blocks>;
}): Disk {
  const { folder, watermark, clock, blocksOf = statfs } = options;
  let last: DiskSpace = { used: 0, full: false };
  let until = Number.NEGATIVE_INFINITY;
  return {
    look: async () => {
      const now = clock.now();
      // A clock that was set back must not keep an answer for long.
      if (now < until && now >= until - HOLDS) return last;
      until = now + HOLDS;
      const used = await blocksOf(folder).then(shareUsed, () => null);
      const most = last.full ? watermark - LESS : watermark;
      last = { used, full: used !== null && watermark < 1 && used > most };
      return last;
    },
  };
}

/** As `df` counts: what is kept for root is neither taken nor free. */
function shareUsed({ blocks, bfree, bavail }: Blocks): number | null {
  const taken = blocks - bfree;
  return taken + bavail === 0 ? null : taken / (taken + bavail);
}

/** The error while a disk is full. */
export function diskFull({ used }: DiskSpace): GatewayError {
  const what = `The disk is ${percent(used)} full, so that nothing is taken in.`;
  return new GatewayError(
    'DISK_FULL',
    `${what} Free some of it or make it larger; partners keep their files until then.`,
  );
}

/** `91 %`. */
export function percent(share: number | null): string {
  return share === null ? 'unknown' : `${Math.floor(share * 100)} %`;
}
