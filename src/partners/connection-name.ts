import type { Connection } from './types.ts';

/** What a partner's connection is called in files, exceptions and logs: `sftp:acme-3pl/main`. */
export function connectionName(kind: Connection['kind'], partnerId: string, connectionId: string): string {
  return `${kind}:${partnerId}/${connectionId}`;
}
