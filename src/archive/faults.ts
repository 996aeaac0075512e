import { GatewayError } from '../errors.ts';

/** What every archive says when bytes are not there. `where` names the archive. */
export function blobMissing(where: string, sha256: string, cause?: unknown): GatewayError {
  const what = `${where}: no bytes with sha256 "${sha256.slice(0, 64)}" are stored.`;
  return new GatewayError('ARCHIVE_BLOB_MISSING', `${what} Restore the archive from its backup.`, { cause });
}

/** The same when stored bytes end at `at`, before what was asked for does. */
export function blobCorrupt(where: string, sha256: string, at: number, end: number): GatewayError {
  const what = `${where}: the bytes with sha256 ${sha256} end at ${at}, before ${end}.`;
  return new GatewayError('ARCHIVE_BLOB_CORRUPT', `${what} Restore them from the backup.`);
}

/** The same when stored bytes are others than those that were stored. */
export function blobChanged(where: string, sha256: string): GatewayError {
  const what = `${where}: the bytes with sha256 ${sha256} have changed since they were stored.`;
  return new GatewayError('ARCHIVE_BLOB_CORRUPT', `${what} Restore them from the backup.`);
}

/** The same when a stream has more than `limit` bytes. */
export function blobTooLarge(limit: number): GatewayError {
  const what = `The file has more than ${limit} bytes, the most that is taken.`;
  return new GatewayError('REQUEST_INVALID', `${what} Send it in parts.`);
}
