import { createHash } from 'node:crypto';
import { GatewayError, messageOf } from '../../errors.ts';
import { connectionName } from '../../partners/connection-name.ts';
import type { SftpDropOff, SftpServer } from '../../partners/sftp-types.ts';
import { isPlainName } from '../names.ts';
import type { Outgoing, Receipt, SendingTransport } from '../types.ts';
import { isFault } from './fault.ts';
import { remotePath, shownPath } from './paths.ts';
import type { SftpPool } from './pool.ts';
import type { SftpSession } from './session.ts';

export interface SftpSenderOptions {
  readonly connectionId: string;
  readonly partnerId: string;
  readonly server: SftpServer;
  readonly dropOff: SftpDropOff;
  readonly pool: SftpPool;
}

/**
 * Puts files on a server: written under another name, measured, then given their own, so that the partner never sees half
 * a file. A retry writes over what an earlier attempt left, and finds what it finished.
 */
export function createSftpSender(options: SftpSenderOptions): SendingTransport {
  const { connectionId, partnerId, server, dropOff, pool } = options;
  return {
    connection: connectionName('sftp', partnerId, connectionId),
    partnerId,
    async send(file) {
      if (!isPlainName(file.name)) {
        throw new GatewayError('DELIVERY_REFUSED', `"${file.name}" cannot be the name of a file. Give it a plain one.`);
      }
      const session = await pool.session(server);
      try {
        const path = await put(session, dropOff, file);
        if (dropOff.done !== null) await session.write(path + dropOff.done, nothing());
        return { reference: shownPath(server, path), confirmed: true, says: null } satisfies Receipt;
      } catch (error) {
        throw failed(file, shownPath(server, dropOff.folder), error);
      }
    },
    // The connection belongs to the pool.
    stop: async () => {},
  };
}

/** Answers where the file lies in the end. */
async function put(session: SftpSession, dropOff: SftpDropOff, file: Outgoing): Promise<string> {
  const path = remotePath(dropOff.folder, file.name);
  const there = await whatLies(session, path, file);
  if (there === 'same') return path;
  const target = there === 'other' ? await nameInstead(session, dropOff, file) : path;
  if (target === null) return remotePath(dropOff.folder, otherName(file));
  const temporary =
    'folder' in dropOff.temporary ? remotePath(dropOff.temporary.folder, file.name) : target + dropOff.temporary.ending;
  try {
    await session.write(temporary, file.open());
    const size = (await session.facts(temporary))?.size;
    if (size !== file.size) throw new Error(`${size ?? 'no'} bytes came to lie there of ${file.size}`);
    if (dropOff.permissions !== null) await session.setPermissions(temporary, dropOff.permissions);
    if (there === 'other' && dropOff.exists === 'replace') await replace(session, temporary, target);
    else await session.rename(temporary, target);
  } catch (error) {
    if (!session.lost()) await session.remove(temporary).catch(() => {});
    throw error;
  }
  return target;
}

async function whatLies(session: SftpSession, path: string, file: Outgoing): Promise<'nothing' | 'same' | 'other'> {
  const facts = await session.facts(path);
  if (facts === null) return 'nothing';
  if (facts.kind !== 'file' || facts.size !== file.size) return 'other';
  const hash = createHash('sha256');
  for await (const chunk of session.read(path, 0, file.size)) hash.update(chunk);
  return hash.digest('hex') === file.sha256 ? 'same' : 'other';
}

/** The path to take when another file has the name; null when the file lies under its other name already. */
async function nameInstead(session: SftpSession, dropOff: SftpDropOff, file: Outgoing): Promise<string | null> {
  const path = remotePath(dropOff.folder, file.name);
  switch (dropOff.exists) {
    case 'replace':
      return path;
    case 'rename': {
      const other = remotePath(dropOff.folder, otherName(file));
      const there = await whatLies(session, other, file);
      if (there === 'nothing') return other;
      if (there === 'same') return null;
      break;
    }
    case 'refuse':
  }
  const what = `Another file lies at ${path}, and it is not replaced.`;
  const remedy = 'The partner takes it away, or "exists" of the connection says replace or rename.';
  throw new GatewayError('DELIVERY_REFUSED', `${what} ${remedy}`);
}

/** `order.edi` as `order-1f0c2a9b.edi`: the same for each attempt of the same bytes. */
function otherName({ name, sha256 }: Outgoing): string {
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return `${stem}-${sha256.slice(0, 8)}${name.slice(stem.length)}`;
}

/** Not every server can put a file in the place of another in one step. */
async function replace(session: SftpSession, from: string, to: string): Promise<void> {
  try {
    await session.replace(from, to);
  } catch (error) {
    if (!isFault(error, 'failed', 'lost') || session.lost()) throw error;
    await session.remove(to);
    await session.rename(from, to);
  }
}

async function* nothing(): AsyncIterable<Buffer> {}

function failed(file: Outgoing, place: string, error: unknown): unknown {
  if (error instanceof GatewayError) return error;
  const denied = isFault(error, 'denied', 'missing');
  const what = `${file.name} could not be put into ${place}: ${messageOf(error)}.`;
  const remedy = denied ? 'The partner makes the folder, and lets us write and rename there.' : 'It is tried again.';
  return new GatewayError(denied ? 'DELIVERY_DENIED' : 'CONNECTION_UNAVAILABLE', `${what} ${remedy}`, { cause: error });
}
