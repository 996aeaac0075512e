import { rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BenchGateway, startBenchGateway } from './gateway.ts';
import { x12File } from './generate.ts';
import { quantile } from './measure.ts';
import { fileSystemOf, type Row } from './report.ts';

const FILES = 2_000;
/** Files that come before the clock runs. */
const WARM_UP = 500;
const STEADY_FILES = 1_000;
/** Files a second, where they come steadily. */
const STEADY_RATE = 200;
/** Packages that make a set of about 10 kB. */
const LARGE = 42;
/** Between two looks at a feed that had nothing new, in milliseconds. */
const POLL = 5;

/**
 * Files renamed into a folder until their events stand in the feed, each step durable before the next (fsync on). The
 * gateway is a process of its own; this one drops and polls.
 */
export async function benchmarkFeed(all: boolean): Promise<readonly Row[]> {
  const benchmark = `feed: folder to event feed, durable (${fileSystemOf(tmpdir())})`;
  return [...(await manyFiles(benchmark)), ...(await oneFile(benchmark, all ? 10_000 : 2_000))];
}

async function manyFiles(benchmark: string): Promise<readonly Row[]> {
  const gateway = await startBenchGateway();
  try {
    const follow = createFollower(gateway);
    await drop(gateway, follow, await stage(gateway, 'w', WARM_UP, 1, LARGE), null);
    const before = await gateway.processorTime();
    const burst = await drop(gateway, follow, await stage(gateway, 'b', FILES, 1, LARGE), null);
    const after = await gateway.processorTime();
    const used = before === null || after === null ? [] : [((after - before) / FILES) * 1000];
    const steady = await drop(gateway, follow, await stage(gateway, 's', STEADY_FILES, 1, LARGE), STEADY_RATE);
    const latency = (part: number): number => quantile(steady.latencies, part);
    const text = `${FILES.toLocaleString('en-US')} files of 10 kB at once`;
    const pace = `${STEADY_RATE} such files a second`;
    return [
      { benchmark, case: text, unit: 'documents/s', median: FILES / burst.seconds, note: 'floor 300, goal 1,000' },
      ...used.map((median) => ({ benchmark, case: `${text}, processor time`, unit: 'ms/document', median })),
      { benchmark, case: `${pace}, p50 of drop to visible`, unit: 'ms', median: latency(0.5) },
      { benchmark, case: `${pace}, p95 of drop to visible`, unit: 'ms', median: latency(0.95), note: 'goal 500' },
    ];
  } finally {
    await gateway.stop();
  }
}

/** One file of many sets, on a gateway that has seen nothing before. */
async function oneFile(benchmark: string, sets: number): Promise<readonly Row[]> {
  const gateway = await startBenchGateway();
  try {
    const { seconds } = await drop(gateway, createFollower(gateway), await stage(gateway, 'm', 1, sets, 4), null);
    const memory = await gateway.peakMemory();
    const text = `one file of ${sets.toLocaleString('en-US')} sets`;
    return [
      { benchmark, case: text, unit: 'seconds', median: seconds, note: '10,000 sets: floor 6, goal 2' },
      { benchmark, case: text, unit: 'sets/s', median: sets / seconds },
      ...(memory === null ? [] : [{ benchmark, case: `${text}, peak memory`, unit: 'MB', median: memory / 1e6 }]),
    ];
  } finally {
    await gateway.stop();
  }
}

/** A file that waits to be dropped, and the advices in it. */
interface Staged {
  readonly name: string;
  readonly advices: readonly string[];
}

let controlNumber = 0;

async function stage(
  { staging }: BenchGateway,
  prefix: string,
  files: number,
  sets: number,
  packages: number,
): Promise<readonly Staged[]> {
  const staged: Staged[] = [];
  for (let index = 0; index < files; index++) {
    controlNumber++;
    const bytes = x12File({ seed: controlNumber, sets, packages, controlNumber });
    const name = `${prefix}${String(index).padStart(6, '0')}.edi`;
    await writeFile(join(staging, name), bytes);
    const advices = [...bytes.toString('latin1').matchAll(/BSN\*00\*([^*]+)/g)].map(([, id = '']) => id);
    staged.push({ name, advices });
  }
  return staged;
}

/** Moves the files into the drop folder, at once or so many a second, and waits until every advice was seen. */
async function drop(
  gateway: BenchGateway,
  follow: Follow,
  files: readonly Staged[],
  perSecond: number | null,
): Promise<{ readonly seconds: number; readonly latencies: readonly number[] }> {
  const droppedAt = new Map<string, number>();
  const began = performance.now();
  const dropAll = async (): Promise<void> => {
    for (const [index, { name, advices }] of files.entries()) {
      const early = perSecond === null ? 0 : began + (index * 1000) / perSecond - performance.now();
      if (early > 0) await pause(early);
      const now = performance.now();
      for (const advice of advices) droppedAt.set(advice, now);
      await rename(join(gateway.staging, name), join(gateway.drop, name));
    }
  };
  const [seenAt] = await Promise.all([follow(files.flatMap(({ advices }) => advices)), dropAll()]);
  const latencies = [...seenAt].map(([advice, at]) => at - (droppedAt.get(advice) ?? at));
  const last = [...seenAt.values()].reduce((latest, at) => Math.max(latest, at), began);
  return { seconds: (last - began) / 1000, latencies: latencies.toSorted((a, b) => a - b) };
}

/** Follows the feed until all these advices were seen; answers when each was. */
type Follow = (advices: readonly string[]) => Promise<ReadonlyMap<string, number>>;

function createFollower(gateway: BenchGateway): Follow {
  let after: string | null = null;
  return async (advices) => {
    const missing = new Set(advices);
    const seenAt = new Map<string, number>();
    while (missing.size > 0) {
      const { items, next } = await gateway.events(after);
      after = next;
      const now = performance.now();
      for (const { data } of items) {
        const advice = String(data.adviceNumber);
        if (!missing.delete(advice)) throw new Error(`The advice ${advice} is told twice, or nobody sent it.`);
        seenAt.set(advice, now);
      }
      if (items.length === 0) await pause(POLL);
    }
    return seenAt;
  };
}
