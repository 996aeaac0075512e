import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CanonicalEvent } from '../../src/events/types.ts';
import type { documentView } from '../../src/server/documents.ts';
import type { fileView } from '../../src/server/files.ts';
import { type Answer, CHECKOUT, CROSSDOCK, environment, run } from './crossdock.ts';
import { eventually } from './eventually.ts';
import { writeFiles } from './temp-folder.ts';
import { CARRIER, WAREHOUSE } from './warehouse.ts';

/** A file as `GET /v1/files` shows it. */
export type FileView = ReturnType<typeof fileView>;
/** A document as `GET /v1/documents` shows it. */
export type DocumentView = ReturnType<typeof documentView>;

/** A configuration and a data folder of their own, in a temporary folder. */
export interface Place {
  readonly folder: string;
  readonly config: string;
  readonly data: string;
  /** Settings that lead there. */
  readonly env: Readonly<Record<string, string>>;
  /** Offers a file as a careful partner does: written under another name, then renamed. */
  drop(partner: 'warehouse' | 'carrier', name: string, content: string | Buffer): Promise<void>;
  /** Names still lying in the drop folder of a partner. */
  offered(partner: 'warehouse' | 'carrier'): Promise<readonly string[]>;
  /** Runs a command there. */
  run(...words: readonly string[]): Promise<Answer>;
  remove(): void;
}

/** The partners of the tests with the maps of the checkout; `settings` are environment variables. */
export async function createPlace(settings: Readonly<Record<string, string>> = {}): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-test-'));
  const config = join(folder, 'config');
  const data = join(folder, 'data');
  await writeFiles(config, {
    'crossdock.yaml': `maps: ${join(CHECKOUT, 'maps')}\nlogLevel: warn\n`,
    'partners/warehouse/partner.yaml': WAREHOUSE,
    'partners/carrier/partner.yaml': CARRIER,
  });
  const env = {
    CROSSDOCK_DATA: data,
    CROSSDOCK_OPERATIONS: '127.0.0.1:0',
    CROSSDOCK_PARTNER: '127.0.0.1:0',
    // However full the disk of this machine is.
    CROSSDOCK_DISK_FULL: '100%',
    ...settings,
  };
  const dropFolder = (partner: string): string => join(data, 'drop', partner);
  return {
    folder,
    config,
    data,
    env,
    async drop(partner, name, content) {
      const path = join(dropFolder(partner), name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.part`, content);
      await rename(`${path}.part`, path);
    },
    offered: (partner) => readdir(dropFolder(partner)),
    run: (...words) => run(words, { cwd: config, env }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `crossdock start` as a process of its own. */
export interface GatewayProcess {
  /** The line it printed when it was ready. */
  readonly readyLine: string;
  /** URL of the listener for operators. */
  readonly operations: string;
  /** URL of the listener for partners. */
  readonly partner: string;
  readonly pid: number;
  /** True until it has ended. */
  running(): boolean;
  /** Its log so far. */
  log(): string;
  /** What a route of the operations listener answers. */
  text(path: string): Promise<string>;
  /** The newest 200 files. */
  files(): Promise<readonly FileView[]>;
  /** Every file, page by page. */
  allFiles(state?: FileView['state']): Promise<readonly FileView[]>;
  documents(query?: string): Promise<readonly DocumentView[]>;
  events(query?: string): Promise<readonly CanonicalEvent[]>;
  /** Waits until files of these names are settled; a name given twice means two files. Oldest first for each name. */
  settled(...names: readonly string[]): Promise<readonly FileView[]>;
  /** Asks it to end (SIGTERM) and answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill9(): Promise<void>;
}

/** What a gateway is started with, beyond its place. */
export interface StartOptions {
  /** Options of `crossdock start`. */
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another `bin/crossdock` than that of this checkout. */
  readonly command?: string;
  /** A command that runs the one behind it in its own process, such as `unshare -m`. */
  readonly before?: readonly string[];
  /** Told the process as soon as it is there, long before it is ready. */
  readonly spawned?: (child: ChildProcess) => void;
}

/** Starts a gateway with these options and waits until it is ready; throws its log when it ends before. */
export function startGateway(place: Place, ...options: readonly string[]): Promise<GatewayProcess> {
  return startGatewayWith(place, { options });
}

/** As `startGateway`, with more that can be said. */
export async function startGatewayWith(
  place: Place,
  { options = [], env = {}, command: crossdock = CROSSDOCK, before = [], spawned = () => {} }: StartOptions,
): Promise<GatewayProcess> {
  const [command = crossdock, ...words] = [...before, crossdock, 'start', ...options];
  const child = spawn(command, words, {
    cwd: place.config,
    env: environment({ ...place.env, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  spawned(child);
  const ended = once(child, 'exit');
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const readyLine = await firstLine(child, () => log);
  const { operations, partner }: { operations: string; partner: string } = JSON.parse(readyLine);

  const text = async (path: string): Promise<string> => {
    const response = await fetch(operations + path);
    const body = await response.text();
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${body}`);
    return body;
  };
  const files = async (): Promise<readonly FileView[]> => {
    const { items }: { items: FileView[] } = JSON.parse(await text('/v1/files?limit=200'));
    return items;
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    readyLine,
    operations,
    partner,
    pid: child.pid ?? 0,
    running: () => child.exitCode === null && child.signalCode === null,
    log: () => log,
    text,
    files,
    async allFiles(state) {
      const all: FileView[] = [];
      const filter = state === undefined ? '' : `&state=${state}`;
      for (let cursor: string | null = ''; cursor !== null; ) {
        const after: string = cursor === '' ? '' : `&after=${encodeURIComponent(cursor)}`;
        const page: { items: FileView[]; next: string | null } = JSON.parse(
          await text(`/v1/files?limit=200${filter}${after}`),
        );
        all.push(...page.items);
        cursor = page.next;
      }
      return all;
    },
    async documents(query = '') {
      const { items }: { items: DocumentView[] } = JSON.parse(await text(`/v1/documents?limit=200&${query}`));
      return items;
    },
    async events(query = '') {
      const { items }: { items: CanonicalEvent[] } = JSON.parse(await text(`/v1/events?limit=1000&${query}`));
      return items;
    },
    async settled(...names) {
      const wanted = [...Map.groupBy(names, (name) => name)];
      let found: readonly FileView[] = [];
      await eventually(`${names.join(', ')} are settled`, async () => {
        const all = (await files()).filter(({ state }) => state !== 'received').reverse();
        const byName = wanted.map(([name, times]) => ({ times, files: all.filter((file) => file.name === name) }));
        found = byName.flatMap((entry) => entry.files);
        return byName.every((entry) => entry.files.length >= entry.times.length);
      });
      return found;
    },
    async stop() {
      await end('SIGTERM');
      return child.exitCode;
    },
    kill9: () => end('SIGKILL'),
  };
}

function firstLine(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [line, rest] = text.split('\n', 2);
      if (line !== undefined && rest !== undefined) resolve(line);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The gateway ended with ${code} before it was ready:\n${log()}`)));
  });
}
