import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderArchive } from '../../src/archive/folder.ts';
import type { Archive } from '../../src/archive/types.ts';
import type { CanonicalEvent } from '../../src/events/types.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import type { Ledger, NewDocument, NewFile, NewInterchange, TranslationResult } from '../../src/ledger/types.ts';
import type { MapLibrary } from '../../src/mapping/library.ts';
import { createOperationsServer, type OperationsServer } from '../../src/server/operations-server.ts';
import type { OperationsSources } from '../../src/server/sources.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import {
  newDocument,
  newEvent,
  newFile,
  newInterchange,
  newTranslation,
  takeIn,
  translateOne,
} from '../contracts/ledger-samples.ts';
import { createRecordingLog, type RecordingLog } from '../support/recording-log.ts';

export const ids = createIds(systemClock);

/** An operations server that listens over a ledger and an archive of its own. */
export interface Gateway {
  readonly url: string;
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly server: OperationsServer;
  readonly log: RecordingLog;
  /** Stores the bytes and records a file of one interchange with one document. */
  takeIn(file: Arrived): Promise<void>;
  /** Records what translating a document gave, and tells the server. */
  translate(result: TranslationResult): Promise<void>;
  /** Records one more document that gives these events. */
  record(events: readonly CanonicalEvent[], test?: boolean): Promise<void>;
  stop(): Promise<void>;
}

interface Arrived {
  readonly id: string;
  readonly bytes: Buffer;
  /** Bytes of the document, the whole file when left out. */
  readonly range?: readonly [number, number];
  readonly file?: Partial<NewFile>;
  readonly interchange?: Partial<NewInterchange>;
  readonly document?: Partial<NewDocument>;
}

export const NO_MAPS: MapLibrary = {
  problems: [],
  pins: [],
  maps: [],
  find: () => undefined,
  newest: () => undefined,
  overlaid: () => ({ map: null, problems: [] }),
};

/** Starts one; `over` replaces what the server is made of. */
export async function startGateway(
  over: (sources: OperationsSources) => Partial<OperationsSources> = () => ({}),
): Promise<Gateway> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-server-'));
  const ledger = await openSqliteLedger({ file: join(folder, 'ledger.db'), ids });
  const archive = await createFolderArchive({ folder: join(folder, 'archive') });
  const log = createRecordingLog();
  const sources: OperationsSources = {
    ledger,
    archive,
    maps: () => NO_MAPS,
    partners: () => [],
    clock: systemClock,
    version: '1.2.3',
  };
  const server = createOperationsServer({ ...sources, ...over(sources), ids, log });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });

  async function takeInFile({ id, bytes, range, file, interchange, document }: Arrived): Promise<void> {
    const stored = await archive.put(piecesOf(bytes), bytes.length);
    const [start, end] = range ?? [0, bytes.length];
    const documents = [newDocument(`doc_${id}`, `fil_${id}`, { start, end, ...document })];
    const interchanges = [newInterchange(`fil_${id}`, { end: bytes.length, ...interchange })];
    const split = { fileId: `fil_${id}`, state: 'received', reason: null, interchanges, documents, gaps: [] } as const;
    await takeIn(ledger, newFile(`fil_${id}`, { ...stored, ...file }), split);
  }

  async function translate(result: TranslationResult): Promise<void> {
    await translateOne(ledger, result);
    server.notify();
  }

  return {
    url,
    ledger,
    archive,
    server,
    log,
    takeIn: takeInFile,
    translate,
    record: async (events, test = false) => {
      const id = ids('x');
      await takeInFile({ id, bytes: Buffer.from(id), interchange: { test }, document: { test } });
      await translate(newTranslation(`doc_${id}`, `fil_${id}`, [], { events, test }));
    },
    stop: async () => {
      await server.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Events `e<from>` up to `e<to>`, the last included, one subject each. */
export function events(from: number, to: number, rest: Partial<CanonicalEvent> = {}): readonly CanonicalEvent[] {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return numbers.map((number) => newEvent(`e${number}`, { subject: `shipment/S${number}`, ...rest }));
}

/** An answer, read whole. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Begins a request; unlike fetch it may send any Host and takes no more bytes than are read. */
export function begin(url: string, { method = 'GET', headers = {} }: Asked = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, resolve).on('error', reject).end();
  });
}

export async function ask(url: string, asked: Asked = {}): Promise<Reply> {
  const response = await begin(url, asked);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const json: unknown = response.headers['content-type']?.includes('json') ? JSON.parse(bytes.toString()) : undefined;
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, json };
}

/** The value at a path of fields and indexes in parsed JSON, undefined where there is none. */
export function at(json: unknown, ...path: readonly string[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return value;
}

/** The values of one field of a page's items. */
export function eachItem(json: unknown, field: string): readonly unknown[] {
  const items = at(json, 'items');
  return Array.isArray(items) ? items.map((item) => at(item, field)) : [];
}
