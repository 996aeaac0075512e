import assert from 'node:assert/strict';
import { type SourceFile, sourceFiles } from './support/source-files.ts';

/** From the top down; a file imports from layers below its own. */
const LAYERS: readonly (readonly string[])[] = [
  ['main', 'cli', 'server'],
  ['inbound', 'outbound'],
  ['transports', 'sinks', 'work', 'ledger', 'archive'],
  ['partners', 'settings', 'dictionaries'],
  ['mapping', 'tracking', 'exceptions'],
  ['edi', 'events', 'formats', 'cms'],
  ['errors', 'util'],
];

/** Imports within a layer, and why. */
const BESIDE: Readonly<Record<string, string>> = {
  'cli → main': 'the start command starts the gateway',
  'main → server': 'the gateway has two listeners',
  'transports → archive': 'AS2 keeps bodies in the archive, and what it sent in files that are as durable',
  'transports → ledger': 'what a message over AS2 was answered is recorded with its documents',
  'work → archive': 'files are let in while there is room on the disk',
  'work → ledger': 'the dispatcher asks the ledger what is due',
  'events → edi': 'what breaks an event is told as a finding of its document',
  'formats → edi': 'what breaks a document is a finding, whatever its format',
};

/** Drivers: only main.ts and src/main/ may know them. */
const DRIVERS =
  /^src\/(?:transports\/(?:folder|sftp|poll|http|as2)\/|archive\/(?:folder|s3)\.ts|ledger\/(?:sqlite|postgres)(?:-dialect)?\.ts)/;
const DRIVER_EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/cli/as2-send.ts': 'one message is sent without starting a gateway',
  'src/cli/check-connections.ts': 'connections are tried without starting a gateway',
  'src/cli/archive-access.ts': 'commands read the archive of a data folder without starting a gateway',
  'src/cli/ledger-access.ts': 'commands read the ledger of a data folder without starting a gateway',
  'src/cli/ledger-change.ts': 'commands change the ledger of a data folder that no gateway owns',
};

/** Each package and the one folder or file that knows it. */
const HOMES: Readonly<Record<string, string>> = {
  '@aws-sdk/client-s3': 'src/archive/s3.ts',
  ajv: 'src/events/validate.ts',
  'better-sqlite3': 'src/ledger/',
  bullmq: 'src/work/',
  chokidar: 'src/transports/folder/',
  commander: 'src/cli/',
  croner: 'src/util/',
  express: 'src/server/',
  'express-rate-limit': 'src/server/',
  'fast-xml-parser': 'src/formats/',
  helmet: 'src/server/',
  ioredis: 'src/work/',
  kysely: 'src/ledger/',
  pg: 'src/ledger/',
  pino: 'src/util/',
  'prom-client': 'src/server/',
  'ssh2-sftp-client': 'src/transports/sftp/',
  'temporal-polyfill': 'src/events/',
  undici: 'src/transports/http/',
  yaml: 'src/util/',
  yauzl: 'src/dictionaries/',
};
const HOME_EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/server/input.ts ajv': 'parameters of a request are checked against the schemas that OpenAPI shows',
};

const PURE = ['edi', 'formats', 'mapping', 'events', 'tracking'];
const IMPURE_MODULES =
  /^node:(?:fs|net|tls|dns|http|https|http2|dgram|child_process|worker_threads|timers|perf_hooks|os|process)(?:\/|$)/;
const IMPURE_WORDS =
  /\bDate\.now\b|new Date\(\)|\bTemporal\.Now\b|\bMath\.random\b|\brandom(?:UUID|Bytes|Int)|\bperformance\b|\bprocess\.|\bset(?:Timeout|Interval|Immediate)\b|\bfetch\(/;

/** Tables of facts: as long as there are facts. */
const DATA = /^src\/edi\/dictionary\/x12-\d{6}\//;

const sources = sourceFiles('src');
const byPath = new Map(sources.map((source) => [source.path, source]));

function placeOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '');
}

function layerOf(place: string): number {
  return LAYERS.findIndex((layer) => layer.includes(place));
}

function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A file and everything it imports, near and far. */
function reach(start: SourceFile): readonly SourceFile[] {
  const seen = new Set([start]);
  for (const source of seen) {
    for (const path of source.files) {
      const next = byPath.get(path);
      if (next !== undefined) seen.add(next);
    }
  }
  return [...seen];
}

describe('the layers of the source', () => {
  it('place every file in a layer', () => {
    const strays = sources.filter(({ path }) => layerOf(placeOf(path)) < 0 && path !== 'src/buffer.d.ts');
    assert.deepEqual(
      strays.map(({ path }) => path),
      [],
    );
  });

  it('import downwards only', () => {
    const wrong: string[] = [];
    const beside = new Set<string>();
    for (const { path, files } of sources) {
      for (const file of files) {
        const [from, to] = [placeOf(path), placeOf(file)];
        if (from === to || layerOf(from) < layerOf(to)) continue;
        const pair = `${from} → ${to}`;
        if (BESIDE[pair] === undefined) wrong.push(`${path} imports ${file}`);
        else beside.add(pair);
      }
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual([...beside].sort(), Object.keys(BESIDE).sort(), 'an exception that nobody needs any more');
  });

  it('let inbound and outbound not know each other', () => {
    assert.equal(BESIDE['inbound → outbound'] ?? BESIDE['outbound → inbound'], undefined);
  });

  it('name a concrete driver in main.ts and src/main/ alone', () => {
    const wrong = sources.flatMap(({ path, files }) => {
      if (placeOf(path) === 'main' || DRIVER_EXCEPTIONS[path] !== undefined) return [];
      const outside = files.filter((file) => DRIVERS.test(file) && placeOf(file) !== placeOf(path));
      return outside.map((file) => `${path} imports ${file}`);
    });
    assert.deepEqual(wrong, []);
  });

  it('give each package one home', () => {
    const wrong = sources.flatMap(({ path, modules }) =>
      modules
        .filter((module) => !module.startsWith('node:'))
        .map(packageOf)
        .filter((name) => HOME_EXCEPTIONS[`${path} ${name}`] === undefined)
        .filter((name) => !path.startsWith(HOMES[name] ?? '?'))
        .map((name) => `${path} imports ${name}, whose home is ${HOMES[name] ?? 'nowhere'}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('keep clock, disk, network and chance out of the core', () => {
    const core = sources.filter(({ path }) => PURE.includes(placeOf(path)));
    assert.ok(core.length > 0);
    const wrong = new Set<string>();
    for (const source of new Set(core.flatMap(reach))) {
      for (const module of source.modules) {
        if (IMPURE_MODULES.test(module)) wrong.add(`${source.path} imports ${module}`);
      }
      const word = IMPURE_WORDS.exec(source.text)?.[0];
      if (word !== undefined) wrong.add(`${source.path} says ${word}`);
    }
    assert.deepEqual([...wrong], []);
  });
});

describe('the files', () => {
  it('have at most 400 lines, tests too', () => {
    const all = [...sources, ...sourceFiles('test'), ...sourceFiles('bench')];
    const long = all.filter(({ path, lines }) => lines > 400 && !DATA.test(path));
    assert.deepEqual(
      long.map(({ path, lines }) => `${path}: ${lines} lines`),
      [],
    );
  });

  it('have a median of at most 120 lines', () => {
    const lines = sources.filter(({ path }) => !DATA.test(path)).map((source) => source.lines);
    const median = lines.sort((a, b) => a - b)[Math.floor(lines.length / 2)] ?? 0;
    assert.ok(median <= 120, `the median is ${median}`);
  });
});
