import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createBenchPlace } from './gateway.ts';
import type { Row } from './report.ts';
import { SMALL, stage } from './stage.ts';

const SETS = 10_000;
const FILES = 10;
/** Between two looks at the feed, in milliseconds. */
const LOOK = 20;
/** That many events say that the work goes on, not only that it began. */
const GOES_ON = 1_000;

/**
 * Documents of 1.4 kB stand in a ledger on SQLite: received and split, none translated, 250 claimed, and the process that had
 * them was killed. Then a gateway starts on that folder. Everything counts from the moment its process is started; the feed
 * is asked all the time, so that its slowest answer tells whether anything held the gateway up.
 */
export async function benchmarkRestart(all: boolean): Promise<readonly Row[]> {
  const files = all ? FILES : 1;
  const total = files * SETS;
  const benchmark = `restart: ${total.toLocaleString('en-US')} documents in flight, after kill -9`;
  const place = await createBenchPlace();
  try {
    const staged = await stage(place.staging, 'r', { files, sets: SETS, packages: SMALL });
    await leaveInFlight(
      place,
      staged.map(({ name }) => join(place.staging, name)),
    );
    const began = performance.now();
    const since = (): number => (performance.now() - began) / 1000;
    const gateway = await place.start();
    try {
      let after: string | null = null;
      let slowest = 0;
      const firsts: (number | undefined)[] = [];
      let used: number | null = null;
      for (let seen = 0; seen < total; ) {
        const asked = performance.now();
        const { items, next } = await gateway.events(after);
        slowest = Math.max(slowest, performance.now() - asked);
        after = next;
        seen += items.length;
        if (items.length > 0) {
          if (firsts[0] === undefined)
            process.stderr.write(
              `ready in ${gateway.startedIn.toFixed(1)} s, first event after ${since().toFixed(1)} s\n`,
            );
          firsts[0] ??= since();
          used ??= await gateway.processorTime();
        }
        if (seen >= GOES_ON) firsts[1] ??= since();
        if (items.length === 0) await pause(LOOK);
      }
      const drained = since();
      const [first = drained, thousandth = drained] = firsts;
      return [
        { benchmark, case: 'ready', unit: 'seconds', median: gateway.startedIn },
        {
          benchmark,
          case: 'first event in the feed',
          unit: 'seconds',
          median: first,
          note: '100,000: floor 15, goal 5',
        },
        ...(used === null
          ? []
          : [{ benchmark, case: 'first event, processor time of the gateway', unit: 'seconds', median: used }]),
        { benchmark, case: '1,000 events in the feed', unit: 'seconds', median: thousandth },
        { benchmark, case: 'all of them in the feed', unit: 'seconds', median: drained },
        { benchmark, case: 'slowest answer of the feed meanwhile', unit: 'ms', median: slowest },
      ];
    } finally {
      await gateway.stop();
    }
  } finally {
    await place.remove();
  }
}

async function leaveInFlight(
  { data, partners }: { readonly data: string; readonly partners: string },
  files: readonly string[],
): Promise<void> {
  const maps = resolve(import.meta.dirname, '..', 'maps');
  const program = join(import.meta.dirname, 'in-flight.ts');
  const child = spawn(process.execPath, [program, data, partners, maps, 'bench', ...files], { stdio: 'inherit' });
  const [code, signal] = await once(child, 'exit');
  if (signal !== 'SIGKILL') throw new Error(`The process before ended with ${code ?? signal} instead of being killed.`);
}
