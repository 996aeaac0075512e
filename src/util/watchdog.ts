import { startThread } from './thread.ts';
import type { WatchdogQuestion } from './watchdog-thread.ts';

/** Looks in the longest time that the process may stand still. */
const LOOKS = 20;

/**
 * Ends this process (SIGKILL, after a line to standard error) when its event loop stands still for `longest` milliseconds, as
 * work that never ends makes it: nothing else could be done by it any more. Answers what ends the watch.
 */
export async function watchStandstill(longest: number): Promise<() => Promise<void>> {
  const beats = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const beat = new Int32Array(beats);
  const every = Math.max(1, Math.round(longest / LOOKS));
  const timer = setInterval(() => Atomics.add(beat, 0, 1), every / 2).unref();
  const thread = startThread<WatchdogQuestion, true>('watchdog-thread', import.meta.url);
  await thread.ask({ beats, every, most: LOOKS });
  return async () => {
    clearInterval(timer);
    await thread.end();
  };
}
