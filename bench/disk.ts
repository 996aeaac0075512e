import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from './measure.ts';
import type { Row } from './report.ts';

const FLUSHES = 200;

/** How long the disk takes to flush a new file of 10 kB: what nothing durable can be faster than. */
export async function flushLatency(benchmark: string): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-flush-'));
  const bytes = Buffer.alloc(10_000, 'ISA*');
  const milliseconds: number[] = [];
  try {
    for (let index = 0; index < FLUSHES; index++) {
      const file = await open(join(folder, String(index)), 'wx');
      await file.writeFile(bytes);
      const began = performance.now();
      await file.sync();
      milliseconds.push(performance.now() - began);
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const row = (part: number): Row => ({
    benchmark,
    case: `the disk: fsync of a new file of 10 kB, p${part * 100}`,
    unit: 'ms',
    median: quantile(sorted, part),
  });
  return [row(0.5), row(0.95)];
}
