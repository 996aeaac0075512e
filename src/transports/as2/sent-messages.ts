import { createHash, randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from '../../archive/blob-file.ts';
import { makeDurableFolder, syncFolder } from '../../archive/durable-folders.ts';

/** A message of ours that waits for an MDN. */
export interface SentMessage {
  readonly messageId: string;
  readonly connection: string;
  readonly sentAt: number;
  /** By digest, in hex. */
  readonly mics: Readonly<Record<string, string>>;
  readonly receipt: { readonly result: string; readonly reason: string | null; readonly at: number } | null;
}

/** Remembers what we sent. */
export interface SentMessages {
  sent(messageId: string): Promise<SentMessage | null>;
  /** When it returns, what was recorded survives a power cut. */
  recordSent(message: SentMessage): Promise<void>;
}

/**
 * Messages of ours in a folder, a file each, named by the hash of its id: a command sends while the gateway, which alone
 * writes the ledger, takes the MDN. The files are ours alone: what they hold was written here.
 */
export function createSentMessages(folder: string): SentMessages {
  const pathOf = (messageId: string): string => {
    const name = createHash('sha256').update(messageId).digest('hex');
    return join(folder, 'sent', name.slice(0, 2), name);
  };
  return {
    sent: async (messageId) => {
      try {
        const sent: SentMessage = JSON.parse(await readFile(pathOf(messageId), 'utf8'));
        return sent;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    recordSent: async (message) => {
      const path = pathOf(message.messageId);
      await makeDurableFolder(dirname(path));
      const temporary = `${path}.${randomUUID()}`;
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(JSON.stringify(message));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      await syncFolder(dirname(path));
    },
  };
}
