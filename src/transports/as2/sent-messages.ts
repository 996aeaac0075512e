import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from '../../archive/blob-file.ts';
import { makeDurableFolder, syncFolder } from '../../archive/durable-folders.ts';

/** A message of ours whose MDN comes later. */
export interface SentMessage {
  readonly messageId: string;
  readonly connection: string;
  readonly sentAt: number;
  /** By digest, in hex. */
  readonly mics: Readonly<Record<string, string>>;
  readonly receipt: { readonly result: string; readonly reason: string | null; readonly at: number } | null;
}

/** That a message was taken by the partner's server, and until when its MDN is to come. */
export interface AwaitedMdn {
  readonly messageId: string;
  readonly partnerId: string;
  readonly connection: string;
  readonly takenAt: number;
  readonly dueAt: number;
  /** When somebody was told that it is overdue. */
  readonly toldAt: number | null;
}

/** Remembers what we sent. What was recorded survives a power cut. */
export interface SentMessages {
  sent(messageId: string): Promise<SentMessage | null>;
  recordSent(message: SentMessage): Promise<void>;
  /** MDNs that are awaited, also those that came just now; the earliest due first. */
  awaited(): Promise<readonly AwaitedMdn[]>;
  recordAwaited(mdn: AwaitedMdn): Promise<void>;
  /** Nobody waits for the MDN of this message any more. */
  endWait(messageId: string): Promise<void>;
}

/**
 * Messages of ours in a folder, a file each, named by the hash of its id: a command sends while the gateway, which alone
 * writes the ledger, takes the MDN and tells of those that do not come. The files are ours alone: what they hold was written
 * here. Whether an MDN is awaited is a file of its own, as the MDN may come before the answer that makes us wait for it.
 */
export function createSentMessages(folder: string): SentMessages {
  const awaitedFolder = join(folder, 'awaited');
  const sentPath = (messageId: string): string => {
    const name = nameOf(messageId);
    return join(folder, 'sent', name.slice(0, 2), name);
  };
  return {
    sent: (messageId) => readJson<SentMessage>(sentPath(messageId)),
    recordSent: (message) => writeJson(sentPath(message.messageId), message),
    awaited: async () => {
      const names = await readdir(awaitedFolder).catch(noNames);
      // What is being written has a longer name.
      const files = names.filter((name) => /^[0-9a-f]{64}$/.test(name));
      const all = await Promise.all(files.map((name) => readJson<AwaitedMdn>(join(awaitedFolder, name))));
      return all.filter((one) => one !== null).sort((a, b) => a.dueAt - b.dueAt);
    },
    recordAwaited: (mdn) => writeJson(join(awaitedFolder, nameOf(mdn.messageId)), mdn),
    endWait: (messageId) => rm(join(awaitedFolder, nameOf(messageId)), { force: true }),
  };
}

function nameOf(messageId: string): string {
  return createHash('sha256').update(messageId).digest('hex');
}

function noNames(error: unknown): readonly string[] {
  if (isMissing(error)) return [];
  throw error;
}

async function readJson<Value>(path: string): Promise<Value | null> {
  try {
    const value: Value = JSON.parse(await readFile(path, 'utf8'));
    return value;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function writeJson(path: string, value: SentMessage | AwaitedMdn): Promise<void> {
  await makeDurableFolder(dirname(path));
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
}
