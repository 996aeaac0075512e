import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { inputOf } from './run.ts';
import type { Share } from './worker.ts';

const USAGE = `npm run fuzz [-- --count N --seed N --from N --seconds N]
Reads N mutated files (1,000,000) as the gateway does and ends with 1 at the first that breaks a promise.
--seed chooses the files: the same seed, the same files. --from begins at one of them. --seconds ends sooner.`;

/** An input that takes longer than this hangs. */
const HANG_SECONDS = 60;
const TOLD_EVERY_SECONDS = 30;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    from: { type: 'string', default: '0' },
    seconds: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const [count, seed, from] = [values.count, values.seed, values.from].map(Number);
const seconds = values.seconds === undefined ? Number.POSITIVE_INFINITY : Number(values.seconds);
const whole = [count, seed, from].every((number) => Number.isSafeInteger(number) && Number(number) >= 0);
if (values.help || !whole || !(seconds > 0) || count === undefined || seed === undefined || from === undefined) {
  say(USAGE);
  process.exit(values.help ? 0 : 2);
}
process.exit(await fuzz(seed, from, from + count));

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Tries inputs in a thread of their own, so that one that hangs can be named. Gives the exit code. */
function fuzz(seed: number, from: number, to: number): Promise<number> {
  say(`Seed ${seed}, inputs ${from} to ${to - 1}.`);
  const progress = new SharedArrayBuffer(4);
  const at = new Int32Array(progress, 0, 1);
  at[0] = from;
  const share: Share = { seed, from, to, progress };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share });
  const started = performance.now();
  let seen = -1;
  let seenAt = started;
  let toldAt = started;
  return new Promise((resolve) => {
    let ended = false;
    const end = (code: number): void => {
      if (ended) return;
      ended = true;
      clearInterval(watch);
      const tried = Atomics.load(at, 0) - from;
      say(
        `${tried} inputs in ${Math.round((performance.now() - started) / 1000)} s, seed ${seed}${code === 0 ? ': every promise was kept.' : '.'}`,
      );
      worker.terminate().then(() => resolve(code));
    };
    const fail = (index: number, text: string): void => {
      const file = join(tmpdir(), `crossdock-fuzz-${seed}-${index}.edi`);
      if (ended) return;
      writeFileSync(file, inputOf(seed, index));
      say(`Input ${index}: ${text}\nIt is in ${file}. Again: npm run fuzz -- --seed ${seed} --from ${index} --count 1`);
      end(1);
    };
    const watch = setInterval(() => {
      const now = performance.now();
      const index = Atomics.load(at, 0);
      if (index !== seen) [seen, seenAt] = [index, now];
      if (now - started > seconds * 1000) end(0);
      else if (now - seenAt > HANG_SECONDS * 1000) fail(index, `hangs: ${HANG_SECONDS} s and no end`);
      else if (now - toldAt > TOLD_EVERY_SECONDS * 1000) {
        toldAt = now;
        say(`${index - from} of ${to - from}`);
      }
    }, 1000);
    worker.once('message', ({ index, text }: { readonly index: number; readonly text: string }) => fail(index, text));
    worker.once('error', (error) => fail(Atomics.load(at, 0), `ends the program: ${error.stack ?? error.message}`));
    worker.once('exit', (code) => (code === 0 ? end(0) : fail(Atomics.load(at, 0), 'ends the program')));
  });
}
