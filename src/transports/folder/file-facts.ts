import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** What tells one file, and one state of it, from another. */
export interface FileFacts {
  /** `dev|ino|size|mtimeNs|ctimeNs`: changes whenever the file or its content may have. */
  readonly fingerprint: string;
  readonly size: number;
  /** Nanoseconds since 1970. */
  readonly modifiedAt: bigint;
}

/** The facts of a regular file; null for anything else, and when nothing is there. Links are not followed. */
export async function fileFacts(path: Buffer): Promise<FileFacts | null> {
  try {
    return factsOf(await lstat(path, { bigint: true }));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The same from what the system said of an open file or a path. */
export function factsOf(stats: BigIntStats): FileFacts | null {
  if (!stats.isFile()) return null;
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  return { fingerprint: `${dev}|${ino}|${size}|${mtimeNs}|${ctimeNs}`, size: Number(size), modifiedAt: mtimeNs };
}

/** The system's code of a failure (`ENOENT`), empty when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
