import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from '../../archive/blob-file.ts';
import { makeDurableFolder, syncFolder } from '../../archive/durable-folders.ts';
import type { As2Messages, MessageKey, ReceivedMessage, SentMessage } from './messages.ts';

/**
 * Messages in a folder: a file each, named by the hash of what tells them apart; those whose MDN is due also in `due/`.
 * The files are ours alone: what they hold was written here.
 */
export async function createFolderMessages(folder: string): Promise<As2Messages> {
  const due = join(folder, 'due');
  await makeDurableFolder(due);
  const made = new Set<string>();

  const write = async (path: string, value: unknown): Promise<void> => {
    if (!made.has(dirname(path))) await makeDurableFolder(dirname(path));
    made.add(dirname(path));
    const temporary = `${path}.${randomUUID()}`;
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  };
  const receivedPath = (key: MessageKey): string => pathOf(folder, 'received', [key.theirs, key.ours, key.messageId]);

  return {
    received: async (key) => {
      const stored = await read<StoredReceived>(receivedPath(key));
      return stored === null ? null : fromStored(stored);
    },
    recordReceived: async (message) => {
      const path = receivedPath(message);
      const stored = toStored(message);
      const dueFile = join(due, hash([message.theirs, message.ours, message.messageId]));
      // Listed as due first: due and unknown is harmless, known and forgotten is not.
      if (stored.mdn?.due != null) await write(dueFile, stored);
      await write(path, stored);
      if (stored.mdn?.due == null) await rm(dueFile, { force: true });
    },
    undelivered: async () => {
      const names = (await readdir(due)).filter((name) => /^[0-9a-f]{64}$/.test(name));
      const all = await Promise.all(names.map((name) => read<StoredReceived>(join(due, name))));
      return all.filter((one) => one !== null).map(fromStored);
    },
    sent: (messageId) => read<SentMessage>(pathOf(folder, 'sent', [messageId])),
    recordSent: (message) => write(pathOf(folder, 'sent', [message.messageId]), message),
  };
}

type StoredReceived = Omit<ReceivedMessage, 'mdn'> & {
  readonly mdn: (Omit<NonNullable<ReceivedMessage['mdn']>, 'body'> & { readonly body: string }) | null;
};

function toStored({ mdn, ...rest }: ReceivedMessage): StoredReceived {
  return { ...rest, mdn: mdn === null ? null : { ...mdn, body: mdn.body.toString('base64') } };
}

function fromStored({ mdn, ...rest }: StoredReceived): ReceivedMessage {
  return { ...rest, mdn: mdn === null ? null : { ...mdn, body: Buffer.from(mdn.body, 'base64') } };
}

async function read<Stored>(path: string): Promise<Stored | null> {
  try {
    const stored: Stored = JSON.parse(await readFile(path, 'utf8'));
    return stored;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function pathOf(folder: string, kind: string, key: readonly string[]): string {
  const name = hash(key);
  return join(folder, kind, name.slice(0, 2), name);
}

function hash(key: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(key)).digest('hex');
}
