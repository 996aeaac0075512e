import { posix } from 'node:path';
import type { SftpServer } from '../../partners/sftp-types.ts';

/** A path on the server. Names come from isPlainName or from configuration, never straight from a listing. */
export function remotePath(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** The folder of a path. */
export function folderOf(path: string): string {
  return posix.dirname(path);
}

/** A path for people and as a key: `sftp://acme@sftp.acme.example:22/out/a.edi`. */
export function shownPath({ host, port, user }: SftpServer, path: string): string {
  const place = host.includes(':') ? `[${host}]` : host;
  return `sftp://${user}@${place}:${port}${path.startsWith('/') ? '' : '/~/'}${path}`;
}
