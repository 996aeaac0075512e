import { startThread, type Thread } from '../util/thread.ts';
import { together } from '../util/together.ts';
import type { StoredBlob } from './store-blobs.ts';
import type { StoreQuestion } from './store-thread.ts';

/** So many blobs share one visit to the disk at most. */
const MOST = 64;

type StoreThread = Thread<StoreQuestion, readonly StoredBlob[]>;

/**
 * Stores blobs that are in memory, each in one piece: those that come while others are being stored go together, in a thread
 * that is started by the first one. Throws what the disk said.
 */
export function createSmallBlobs(folder: string): (bytes: Uint8Array<ArrayBuffer>) => Promise<string> {
  let thread: StoreThread | null = null;

  const store = together<Uint8Array<ArrayBuffer>, StoredBlob>(async (blobs) => {
    if (thread?.alive !== true) thread = startThread('store-thread', import.meta.url);
    return thread.ask(
      { folder, blobs },
      blobs.map(({ buffer }) => buffer),
    );
  }, MOST);

  return async (bytes) => {
    const { sha256, fault } = await store(bytes);
    if (fault !== null) throw new Error(fault);
    return sha256;
  };
}

/** Pieces as one, in memory of its own, which can be handed to a thread without being copied. */
export function inOnePiece(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
