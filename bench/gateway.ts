import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { CanonicalEvent } from '../src/events/types.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

const FOLDER = 'folder: { pickUp: drop/*.edi, dropOff: sent, every: 1s, ready: rename }';

const partner = (connection: string): string => `partner: bench
name: Partner of the benchmark
timezone: America/Los_Angeles
identifiers: { x12: ZZ/DEMO3PL, as2: BENCH }
us: { x12: ZZ/CROSSDOCK, as2: CROSSDOCK }
connections:
  main:
    ${connection}
inbound:
  - { document: 856, release: 004010, map: x12/856@1.0.0, acknowledge: 997 }
`;

/** A gateway process of its own on an empty data folder, all defaults: SQLite with every commit flushed, a folder archive. */
export interface BenchGateway {
  /** URL of the listener for partners. */
  readonly partner: string;
  /** A folder on the same file system, to rename files from. */
  readonly staging: string;
  readonly drop: string;
  /** Events of the feed after a cursor. */
  events(after: string | null): Promise<{ readonly items: readonly CanonicalEvent[]; readonly next: string }>;
  /** Seconds of processor time it has used; null where the system does not tell. */
  processorTime(): Promise<number | null>;
  /** The most memory it ever held, in bytes; null where the system does not tell. */
  peakMemory(): Promise<number | null>;
  /** Stops it and removes its folders. */
  stop(): Promise<void>;
}

/** `files` lie in the partner's folder, `secrets` are by name; without a connection files are picked up from a folder. */
export async function startBenchGateway(
  options: {
    readonly connection?: string;
    readonly files?: Readonly<Record<string, string>>;
    readonly secrets?: Readonly<Record<string, string>>;
  } = {},
): Promise<BenchGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-bench-'));
  const [data, partners, staging] = [join(folder, 'data'), join(folder, 'partners'), join(folder, 'staging')];
  const drop = join(data, 'drop');
  for (const path of [join(partners, 'bench'), staging, drop]) await mkdir(path, { recursive: true });
  await writeFile(join(partners, 'bench', 'partner.yaml'), partner(options.connection ?? FOLDER));
  for (const [name, text] of Object.entries(options.files ?? {})) {
    await writeFile(join(partners, 'bench', name), text);
  }
  const secrets = Object.entries(options.secrets ?? {}).map(([name, value]) => [
    `CROSSDOCK_SECRET_${name.toUpperCase()}`,
    value,
  ]);
  const child = spawn(join(ROOT, 'bin', 'crossdock'), ['start'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...Object.fromEntries(secrets),
      CROSSDOCK_DATA: data,
      CROSSDOCK_PARTNERS: partners,
      CROSSDOCK_MAPS: join(ROOT, 'maps'),
      CROSSDOCK_OPERATIONS: '127.0.0.1:0',
      CROSSDOCK_PARTNER: '127.0.0.1:0',
      CROSSDOCK_LOG_LEVEL: 'error',
    },
  });
  const { operations, partner: partnerUrl } = await readyLine(child);
  return {
    partner: partnerUrl,
    staging,
    drop,
    events: async (after) => {
      const url = new URL('/v1/events', operations);
      url.searchParams.set('limit', '500');
      if (after !== null) url.searchParams.set('after', after);
      const response = await fetch(url);
      if (!response.ok) throw new Error(`The feed answered ${response.status}: ${await response.text()}`);
      const page: { items: readonly CanonicalEvent[]; next: string } = JSON.parse(await response.text());
      return page;
    },
    processorTime: async () => {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
      const [user, system] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
        .map(Number);
      return user === undefined || system === undefined ? null : (user + system) / TICKS;
    },
    peakMemory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
      return kilobytes === undefined ? null : Number(kilobytes) * 1024;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The URLs of the line that says the gateway is ready. */
async function readyLine({ stdout }: ChildProcess): Promise<{ readonly operations: string; readonly partner: string }> {
  if (stdout === null) throw new Error('The gateway has no output.');
  for await (const line of createInterface({ input: stdout })) {
    const urls: { operations: string; partner: string } = JSON.parse(line);
    return urls;
  }
  throw new Error('The gateway ended before it was ready.');
}
