import type { SftpPickUp, SftpServer } from '../../partners/sftp-types.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import type { Candidate } from './listing.ts';
import type { SftpPool } from './pool.ts';
import type { Readiness } from './readiness.ts';
import type { RemoteFacts, SftpSession } from './session.ts';

/** What the steps of picking up from one place on one server share. */
export interface Source {
  readonly server: SftpServer;
  readonly pickUp: SftpPickUp;
  readonly pool: SftpPool;
  readonly clock: Clock;
  readonly log: Log;
  readonly readiness: Readiness;
  /** Who we are in the names of claimed files. */
  readonly owner: string;
  /** A new text of small letters and digits. */
  newId(): string;
  /** The day on the partner's clocks, `2026-11-28`. */
  today(): string;
  /** How many files of this path, size and time were taken while they had no claimed name to tell them apart. */
  readonly taken: Map<string, number>;
}

/** Whether the file is still what was listed. */
export function isSame(facts: RemoteFacts | null, { size, modifiedAt }: Candidate): boolean {
  return facts !== null && facts.kind === 'file' && facts.size === size && facts.modifiedAt === modifiedAt;
}

/** Moves a file into a folder, which is made when it is missing; one of that name that lies there keeps it. */
export async function moveInto(
  session: SftpSession,
  from: string,
  to: { readonly folder: string; readonly name: string; readonly otherwise: string },
): Promise<string> {
  const { folder, name, otherwise } = to;
  await makeFolders(session, folder);
  const path = `${folder === '/' ? '' : folder}/${name}`;
  const free = (await session.facts(path)) === null;
  const target = free ? path : `${path}.${otherwise}`;
  await session.rename(from, target);
  return target;
}

async function makeFolders(session: SftpSession, folder: string): Promise<void> {
  if (folder === '' || folder === '/' || (await session.facts(folder)) !== null) return;
  const slash = folder.lastIndexOf('/');
  if (slash > 0) await makeFolders(session, folder.slice(0, slash));
  await session.makeFolder(folder);
}
