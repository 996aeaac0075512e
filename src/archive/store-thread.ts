import { answerQuestions } from '../util/thread.ts';
import { createBlobStore, type StoredBlob } from './store-blobs.ts';

/** What the thread is asked: to store these blobs below this folder. */
export interface StoreQuestion {
  readonly folder: string;
  readonly blobs: readonly Uint8Array[];
}

const stores = new Map<string, ReturnType<typeof createBlobStore>>();

answerQuestions<StoreQuestion, readonly StoredBlob[]>(({ folder, blobs }) => {
  const store = stores.get(folder) ?? createBlobStore(folder);
  stores.set(folder, store);
  return store(blobs);
});
