import { parentPort, workerData } from 'node:worker_threads';
import { tryInput } from './run.ts';

/** What a worker is to try: inputs `from` to `to`; it notes in `progress` which one it is at. */
export interface Share {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly progress: SharedArrayBuffer;
}

const { seed, from, to, progress }: Share = workerData;
const at = new Int32Array(progress);
for (let index = from; index < to; index++) {
  Atomics.store(at, 0, index);
  const failure = tryInput(seed, index);
  if (failure !== null) parentPort?.postMessage({ index, text: failure.error.stack ?? failure.error.message });
  // A promise that was rejected and that nobody waits for is told between two turns.
  if (index % 1000 === from % 1000) await new Promise((resolve) => setImmediate(resolve));
}
Atomics.store(at, 0, to);
