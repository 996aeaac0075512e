/** What of a file may go before the rest of it. */
export const PURGEABLE = ['events', 'documents', 'bytes'] as const;
/** One of them. */
export type Purgeable = (typeof PURGEABLE)[number];

/** A page of files that may be purged, and the cursor behind it. */
export interface PurgePage {
  readonly files: readonly { readonly id: string; readonly size: number }[];
  readonly next: string | null;
}

/** What was purged of some files, or would be. */
export interface PurgeCounts {
  readonly files: number;
  readonly bytes: number;
  readonly documents: number;
  readonly events: number;
}

/** Removing what is old. Counts, sizes, hashes and the ids of events stay, so that the books balance and nothing counts twice. */
export interface PurgeLedger {
  /**
   * Files received before that time of which this has not been purged, oldest first. Never one that is in flight, waits for a
   * person or has an open exception; documents go after their events, and the bytes of AS2 messages stay, as they prove what was signed.
   */
  filesToPurge(what: Purgeable, before: number, after: string | null, limit: number): Promise<PurgePage>;
  /** What purging them would come to. */
  countPurge(what: Purgeable, fileIds: readonly string[]): Promise<PurgeCounts>;
  /** Purges it; bytes are only marked, and removed from the archive afterwards. */
  recordPurge(what: Purgeable, fileIds: readonly string[], now: number): Promise<PurgeCounts>;
  /** Hashes of marked bytes behind one, in order, that no other file and no AS2 message needs and that were not removed. */
  bytesToRemove(after: string, limit: number): Promise<readonly string[]>;
  /** Those of the hashes that no row names: no file, no message. */
  unnamedBlobs(hashes: readonly string[]): Promise<readonly string[]>;
  /** Notes that the archive has them no more. */
  recordRemoved(hashes: readonly string[], now: number): Promise<void>;
}
