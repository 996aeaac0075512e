import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { link, lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GatewayError, messageOf } from '../../errors.ts';
import { connectionName } from '../../partners/connection-name.ts';
import { isPlainName } from '../names.ts';
import type { Outgoing, Receipt, SendingTransport } from '../types.ts';
import { errorCode } from './file-facts.ts';

/** Where a folder connection puts our files. */
export interface FolderSenderOptions {
  readonly connectionId: string;
  readonly partnerId: string;
  /** A relative one is under the data folder; it is made when it is missing. */
  readonly dropOff: string;
  readonly dataFolder: string;
}

const DENIED = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'ELOOP'];
/** Some file systems, those of other machines above all, know no second name for a file. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Puts files into a folder of this machine: written under a hidden name, flushed, then given their name, so that whoever
 * looks sees a whole file or none. A file of that name with other bytes is never replaced.
 */
export function createFolderSender(options: FolderSenderOptions): SendingTransport {
  const { connectionId, partnerId, dropOff, dataFolder } = options;
  const folder = resolve(dataFolder, dropOff);
  return {
    connection: connectionName('folder', partnerId, connectionId),
    partnerId,
    async send(file) {
      if (!isPlainName(file.name)) {
        throw new GatewayError('DELIVERY_REFUSED', `"${file.name}" cannot be the name of a file. Give it a plain one.`);
      }
      try {
        await mkdir(folder, { recursive: true });
        return await put(folder, file);
      } catch (error) {
        throw failed(folder, file, error);
      }
    },
    stop: async () => {},
  };
}

async function put(folder: string, file: Outgoing): Promise<Receipt> {
  const path = join(folder, file.name);
  const receipt: Receipt = { reference: path, confirmed: true, says: null };
  if (await isThere(path, file)) return receipt;
  const hidden = join(folder, `.${file.name.slice(0, 120)}.${file.id}.part`);
  await write(hidden, file);
  try {
    await link(hidden, path).catch(async (error: unknown) => {
      if (!NO_LINKS.includes(errorCode(error)) || (await isThere(path, file))) throw error;
      await rename(hidden, path);
    });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !(await isThere(path, file))) throw error;
  } finally {
    await unlink(hidden).catch(() => {});
  }
  await flushFolder(folder);
  return receipt;
}

async function write(path: string, file: Outgoing): Promise<void> {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const target = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o640);
  try {
    let written = 0;
    for await (const chunk of file.open()) {
      await target.writeFile(chunk);
      written += chunk.length;
    }
    if (written !== file.size) throw new Error(`${written} bytes came of ${file.size}`);
    await target.sync();
  } catch (error) {
    await unlink(path).catch(() => {});
    throw error;
  } finally {
    await target.close();
  }
}

/** True when the file lies there with these bytes; DELIVERY_REFUSED when something else has its name. */
async function isThere(path: string, file: Outgoing): Promise<boolean> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (stats === null) return false;
  if (stats.isFile() && stats.size === file.size && (await hashOf(path)) === file.sha256) return true;
  const what = `Another file lies at ${path}, and it is not replaced.`;
  throw new GatewayError('DELIVERY_REFUSED', `${what} Take it away, or send under another name.`);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function failed(folder: string, file: Outgoing, error: unknown): unknown {
  if (error instanceof GatewayError) return error;
  const denied = DENIED.includes(errorCode(error));
  const what = `${file.name} could not be put into ${folder}: ${messageOf(error)}.`;
  const remedy = denied ? 'Let this user write there.' : 'It is tried again.';
  return new GatewayError(denied ? 'DELIVERY_DENIED' : 'CONNECTION_UNAVAILABLE', `${what} ${remedy}`, { cause: error });
}
