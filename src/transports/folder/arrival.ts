import { open, unlink } from 'node:fs/promises';
import { GatewayError, messageOf } from '../../errors.ts';
import type { Arrival } from '../types.ts';
import { errorCode, type FileFacts, factsOf, fileFacts } from './file-facts.ts';
import { pathOf, shownName } from './file-name.ts';
import { READ_FLAGS } from './read-flags.ts';
import type { ReadyFile } from './readiness.ts';

/** What became of an offered file, told to the transport. */
export interface ArrivalOutcome {
  /** It is no longer there. */
  taken(): void;
  /** The system does not let us read it or take it away. */
  refused(doing: 'read' | 'remove', error: unknown): void;
}

const CHUNK = 65_536;

/** A ready file as the contract offers it. `marker` is the raw name of its marker file, which goes with it. */
export function createArrival(
  folder: string,
  file: ReadyFile,
  marker: string | null,
  outcome: ArrivalOutcome,
): Arrival {
  const path = pathOf(folder, file.raw);
  const name = shownName(file.raw);
  const { fingerprint, size } = file.facts;
  return {
    sourceKey: `${folder}/${name}|${fingerprint}`,
    name,
    size,
    open: () => readUnchanged(path, `${folder}/${name}`, file.facts, outcome),
    async take() {
      try {
        const facts = await fileFacts(path);
        if (facts !== null && facts.fingerprint !== fingerprint) return false;
        // The marker goes first: left behind, it would call the next file of this name ready while it is being written.
        if (marker !== null) await removeIfThere(pathOf(folder, marker));
        if (facts !== null) await removeIfThere(path);
      } catch (error) {
        outcome.refused('remove', error);
        return false;
      }
      outcome.taken();
      return true;
    },
  };
}

/** The bytes of the very file that was listed, no more than it had then; FILE_UNREADABLE when it is gone, changed since or closed to us. */
async function* readUnchanged(
  path: Buffer,
  shown: string,
  { fingerprint, size }: FileFacts,
  outcome: ArrivalOutcome,
): AsyncIterable<Buffer> {
  const file = await open(path, READ_FLAGS).catch((error: unknown) => {
    if (['EACCES', 'EPERM'].includes(errorCode(error))) outcome.refused('read', error);
    throw new GatewayError('FILE_UNREADABLE', `${shown} cannot be opened: ${messageOf(error)}.`, { cause: error });
  });
  try {
    if (factsOf(await file.stat({ bigint: true }))?.fingerprint !== fingerprint) {
      throw new GatewayError('FILE_UNREADABLE', `${shown} changed after it was listed; it will be offered again.`);
    }
    let left = size;
    while (left > 0) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(CHUNK, left)));
      if (bytesRead === 0) return;
      left -= bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function removeIfThere(path: Buffer): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}
