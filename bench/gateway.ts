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

/** A partner of the benchmarks: its id, which also names its drop folder, and what it calls itself in its files. */
export interface BenchPartner {
  readonly id: string;
  readonly sender: string;
}

const PARTNER: BenchPartner = { id: 'bench', sender: 'DEMO3PL' };

const partnerFile = ({ id, sender }: BenchPartner, connection = folderOf(id)): string => `partner: ${id}
name: Partner of the benchmark
timezone: America/Los_Angeles
identifiers: { x12: ZZ/${sender}, as2: ${id.toUpperCase()} }
us: { x12: ZZ/CROSSDOCK, as2: CROSSDOCK }
connections:
  main:
    ${connection}
inbound:
  - { document: 856, release: 004010, map: x12/856@1.0.0, acknowledge: 997 }
`;

function folderOf(id: string): string {
  return `folder: { pickUp: drop/${id}/*.edi, dropOff: sent, every: 1s, ready: rename }`;
}

/** Folders for gateway processes; all defaults: SQLite with every commit flushed, a folder archive. */
export interface BenchPlace {
  readonly data: string;
  readonly partners: string;
  /** A folder on the same file system, to rename files from. */
  readonly staging: string;
  dropOf(partner: BenchPartner): string;
  /** Starts a gateway process here. */
  start(options?: {
    readonly arguments?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  }): Promise<BenchProcess>;
  remove(): Promise<void>;
}

/** A gateway process. */
export interface BenchProcess {
  /** URL of the listener for partners. */
  readonly partner: string;
  /** Seconds from its start until it said that it is ready. */
  readonly startedIn: number;
  /** Events of the feed after a cursor. */
  events(after: string | null): Promise<{ readonly items: readonly CanonicalEvent[]; readonly next: string }>;
  /** Seconds of processor time it has used; null where the system does not tell. */
  processorTime(): Promise<number | null>;
  /** The most memory it ever held, in bytes; null where the system does not tell. */
  peakMemory(): Promise<number | null>;
  stop(): Promise<void>;
}

/** A gateway process of its own on empty folders. */
export interface BenchGateway extends BenchProcess {
  /** A folder on the same file system, to rename files from. */
  readonly staging: string;
  readonly drop: string;
}

/** `files` lie in the partner's folder, `secrets` are by name; without a connection files are picked up from a folder. */
export async function startBenchGateway(
  options: {
    readonly connection?: string;
    readonly files?: Readonly<Record<string, string>>;
    readonly secrets?: Readonly<Record<string, string>>;
  } = {},
): Promise<BenchGateway> {
  const place = await createBenchPlace([PARTNER]);
  const folder = join(place.partners, PARTNER.id);
  if (options.connection !== undefined) {
    await writeFile(join(folder, 'partner.yaml'), partnerFile(PARTNER, options.connection));
  }
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(folder, name), text);
  const secrets = Object.entries(options.secrets ?? {}).map(([name, value]) => [
    `CROSSDOCK_SECRET_${name.toUpperCase()}`,
    value,
  ]);
  const gateway = await place.start({ environment: Object.fromEntries(secrets) });
  return {
    ...gateway,
    staging: place.staging,
    drop: place.dropOf(PARTNER),
    stop: async () => {
      await gateway.stop();
      await place.remove();
    },
  };
}

export async function createBenchPlace(partners: readonly BenchPartner[] = [PARTNER]): Promise<BenchPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-bench-'));
  const place = { data: join(folder, 'data'), partners: join(folder, 'partners'), staging: join(folder, 'staging') };
  const dropOf = ({ id }: BenchPartner): string => join(place.data, 'drop', id);
  await mkdir(place.staging);
  for (const partner of partners) {
    await mkdir(dropOf(partner), { recursive: true });
    await mkdir(join(place.partners, partner.id), { recursive: true });
    await writeFile(join(place.partners, partner.id, 'partner.yaml'), partnerFile(partner));
  }
  return {
    ...place,
    dropOf,
    start: (options = {}) =>
      startProcess(options.arguments ?? [], {
        CROSSDOCK_DATA: place.data,
        CROSSDOCK_PARTNERS: place.partners,
        ...options.environment,
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function startProcess(
  roles: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<BenchProcess> {
  const began = performance.now();
  const child = spawn(join(ROOT, 'bin', 'crossdock'), ['start', ...roles], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      CROSSDOCK_MAPS: join(ROOT, 'maps'),
      CROSSDOCK_OPERATIONS: '127.0.0.1:0',
      CROSSDOCK_PARTNER: '127.0.0.1:0',
      CROSSDOCK_LOG_LEVEL: 'error',
      ...environment,
    },
  });
  const { operations, partner } = await readyLine(child);
  const startedIn = (performance.now() - began) / 1000;
  return {
    partner,
    startedIn,
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
