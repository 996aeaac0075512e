import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BenchGateway, startBenchGateway } from './gateway.ts';
import { quantile } from './measure.ts';
import { fileSystemOf, type Row } from './report.ts';
import { SMALL, type Staged, stage } from './stage.ts';

const FILES = 2_000;
/** Files that come before the clock runs. */
const WARM_UP = 500;
const STEADY_FILES = 3_000;
/** Files a second, where they come steadily: the floor. */
const STEADY_RATE = 300;
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
    await drop(gateway, follow, await stage(gateway.staging, 'w', { files: WARM_UP }), null);
    const before = await gateway.processorTime();
    const burst = await drop(gateway, follow, await stage(gateway.staging, 'b', { files: FILES }), null);
    const after = await gateway.processorTime();
    const used = before === null || after === null ? [] : [((after - before) / FILES) * 1000];
    const steady = await drop(gateway, follow, await stage(gateway.staging, 's', { files: STEADY_FILES }), STEADY_RATE);
    const latency = (part: number): number => quantile(steady.latencies, part);
    const text = `${FILES.toLocaleString('en-US')} files of 10 kB at once`;
    const pace = `${STEADY_RATE} such files a second`;
    return [
      { benchmark, case: text, unit: 'documents/s', median: FILES / burst.seconds, note: 'floor 300, goal 1,000' },
      ...used.map((median) => ({ benchmark, case: `${text}, processor time`, unit: 'ms/document', median })),
      { benchmark, case: `${pace}, p50 of drop to visible`, unit: 'ms', median: latency(0.5) },
      { benchmark, case: `${pace}, p95`, unit: 'ms', median: latency(0.95), note: 'floor 2,000, goal 500' },
      { benchmark, case: `${pace}, p99`, unit: 'ms', median: latency(0.99) },
    ];
  } finally {
    await gateway.stop();
  }
}

/** One file of many sets, on a gateway that has seen nothing before. */
async function oneFile(benchmark: string, sets: number): Promise<readonly Row[]> {
  const gateway = await startBenchGateway();
  try {
    const { seconds } = await drop(
      gateway,
      createFollower(gateway),
      await stage(gateway.staging, 'm', { files: 1, sets, packages: SMALL }),
      null,
    );
    const memory = await gateway.peakMemory();
    const text = `one file of ${sets.toLocaleString('en-US')} sets`;
    return [
      { benchmark, case: text, unit: 'seconds', median: seconds, note: '10,000 sets: floor 6, goal 2' },
      { benchmark, case: text, unit: 'sets/s', median: sets / seconds },
      ...(memory === null
        ? []
        : [
            {
              benchmark,
              case: `${text}, peak memory`,
              unit: 'MB',
              median: memory / 1e6,
              note: '10,000 sets: floor 300, goal 150',
            },
          ]),
    ];
  } finally {
    await gateway.stop();
  }
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
