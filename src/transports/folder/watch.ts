import { watch } from 'chokidar';
import { messageOf } from '../../errors.ts';
import type { Log } from '../../util/log.ts';

/**
 * Calls `onChange` whenever something in the folder may have changed; answers how to stop. Only a hurry: a watcher that
 * fails is logged once, and looking at intervals finds the files all the same. The files themselves are left to the
 * listing: the watcher ignores them, so that a full folder costs it nothing.
 */
export function watchFolder(folder: string, onChange: () => void, log: Log): () => Promise<void> {
  const failed = (error: unknown): void =>
    log.warn({ folder, error: messageOf(error) }, 'Watching the folder failed; it is looked at in intervals instead.');
  try {
    const watcher = watch(folder, { depth: 0, ignoreInitial: true, ignored: (path) => path !== folder });
    watcher.on('raw', onChange);
    watcher.once('error', failed);
    watcher.on('error', () => {});
    return () => watcher.close();
  } catch (error) {
    failed(error);
    return async () => {};
  }
}
