import type { Readable } from 'node:stream';

/** Raw bytes by content: written once, never changed. */
export interface Archive {
  /**
   * Stores all bytes of a stream and answers their hash and size. When it returns the bytes survive a power cut
   * (temp file, fsync, rename, fsync of the folder); storing the same bytes again is cheap and harmless.
   * `limit` bytes at most, more throws REQUEST_INVALID. A failure leaves nothing behind and throws ARCHIVE_UNWRITABLE.
   */
  put(source: AsyncIterable<Buffer>, limit: number): Promise<{ readonly sha256: string; readonly size: number }>;
  /**
   * The bytes, whole or a range (end exclusive), as a stream. ARCHIVE_BLOB_MISSING when they are not there. What is read whole is
   * held against its hash: ARCHIVE_BLOB_CORRUPT before its end when it has changed.
   */
  read(sha256: string, range?: { readonly start: number; readonly end: number }): Readable;
  /** A range in memory, for small reads. */
  bytes(sha256: string, start: number, end: number): Promise<Buffer>;
  /** Reads everything again and compares with the hash; false when missing or changed. */
  verify(sha256: string): Promise<boolean>;
  /** Removes the bytes unless somebody stored them (again) after that time, milliseconds since 1970. True when they are gone. */
  remove(sha256: string, before: number): Promise<boolean>;
  /** The hashes of all that is stored, in any order; absent where the store may be shared with others. */
  names?(): AsyncIterable<string>;
  /** Whether it takes bytes now: writes some for real, as a full disk shows only then. */
  writable(): Promise<boolean>;
}
