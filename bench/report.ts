import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import type { Timing } from './measure.ts';

/** One line of a table. */
export interface Row {
  readonly benchmark: string;
  readonly case: string;
  readonly unit: string;
  readonly median: number;
  /** Lowest and highest round; absent for what is measured once. */
  readonly range?: readonly [number, number];
  /** What to know when reading the figure. */
  readonly note?: string;
}

/** A rate in `unit`: `amount` of it was done in each round. */
export function rate(benchmark: string, name: string, unit: string, amount: number, timing: Timing, note = ''): Row {
  const { median, fastest, slowest } = timing;
  return {
    benchmark,
    case: name,
    unit,
    median: amount / median,
    range: [amount / slowest, amount / fastest],
    ...(note === '' ? {} : { note }),
  };
}

/** What the figures were measured on. */
export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly node: string;
  /** Of the last minute, before the first benchmark: above 0.3 or so others were working too. */
  readonly load: number;
}

export function machine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

export function machineLine({ date, cpu, cores, memoryGigabytes, node, load }: Machine): string {
  return `${date}, ${cores} x ${cpu}, ${memoryGigabytes} GB, Node ${node.slice(1)}, load ${load} before`;
}

/** Rows as aligned text, a heading over each benchmark. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => ({
    benchmark: row.benchmark,
    columns: [row.case, figure(row.median), rangeText(row), row.unit, row.note ?? ''],
  }));
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(0, ...cells.map(({ columns }) => (columns[column] ?? '').length)),
  );
  const lines: string[] = [];
  let benchmark = '';
  for (const cell of cells) {
    if (cell.benchmark !== benchmark) lines.push(...(benchmark === '' ? [] : ['']), cell.benchmark);
    benchmark = cell.benchmark;
    const texts = cell.columns.map((text, column) =>
      column === 1 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
    );
    lines.push(`  ${texts.join('  ')}`.trimEnd());
  }
  return lines.join('\n');
}

function rangeText({ range }: Row): string {
  return range === undefined ? '' : `[${figure(range[0])}..${figure(range[1])}]`;
}

/** Three digits that count, at least. */
function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The kind of file system that a folder lies on. */
export function fileSystemOf(folder: string): string {
  try {
    return execFileSync('stat', ['-f', '-c', '%T', folder], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
