import { resolve } from 'node:path';
import { type Checked, createChecker } from '../src/edi/check/index.ts';
import { documentHash } from '../src/edi/content-hash.ts';
import { createDictionaries } from '../src/edi/dictionary/index.ts';
import { createReader } from '../src/edi/read.ts';
import { interchangeTime, type Translation, translate } from '../src/mapping/translate.ts';
import type { CompiledMap } from '../src/mapping/types.ts';
import { loadConfiguration } from '../src/partners/configuration.ts';
import { x12File } from './generate.ts';
import { assertSame, createJsonataMap, type JsonataMap } from './jsonata.ts';
import { type Timing, timingOf } from './measure.ts';
import { type Row, rate } from './report.ts';

const NAME = 'translate: bytes to checked, mapped, schema-valid event JSON, one core';
const SETS = 500;
/** JSONata takes so much longer that fewer sets are enough. */
const JSONATA_SETS = 50;
const WARM_UP = 20;
const ROUNDS = 25;

/** What everything here reads with. */
interface Road {
  readonly map: CompiledMap;
  readonly dictionaries: ReturnType<typeof createDictionaries>;
}

type Document = Extract<Checked, { kind: 'document' }>;

/** Seconds of each stage in one round. */
type Stages = Readonly<Record<'read' | 'check' | 'map' | 'hash' | 'finish' | 'stringify', number>>;

/**
 * Ship notices to the JSON of their events. Each round has a file of its own with other contents. The whole road, its parts and
 * JSONata are timed in rounds of their own, one kind after the other: none pays for the garbage of another.
 */
export async function benchmarkTranslate(): Promise<readonly Row[]> {
  const root = resolve(import.meta.dirname, '..');
  const dictionaries = createDictionaries();
  const folders = { maps: resolve(root, 'maps'), partners: resolve(root, 'partners') };
  const { maps } = await loadConfiguration(folders, dictionaries);
  const map = maps.newest('x12', '856', '004010');
  if (map === undefined) throw new Error('There is no map for the 856.');
  const road = { map, dictionaries };
  const jsonata = createJsonataMap();
  const [whole, processor] = wholeRounds(road);
  const parts = rounds((seed) => partsOfRoad(x12File({ seed, sets: SETS }), road));
  const peers: number[] = [];
  for (let seed = 0; seed < WARM_UP + ROUNDS; seed++) {
    peers.push(await roadOfJsonata(x12File({ seed, sets: JSONATA_SETS }), road, jsonata));
  }
  const [timing, peer] = [timingOf(whole), timingOf(peers.slice(WARM_UP))];
  const ratio = peer.median / JSONATA_SETS / (timing.median / SETS);
  return [
    rate(NAME, '856 of 1.4 kB', 'sets/s', SETS, timing, `floor 15,000, goal 40,000${distance(timing)}`),
    rate(NAME, '  by processor time', 'sets/s', SETS, timingOf(processor)),
    part('read', parts),
    part('check', parts),
    part('map', parts),
    part('hash', parts, 'of the content: the event ids are made of it'),
    part('finish', parts, 'times, derived views, envelope, validation'),
    part('stringify', parts),
    rate(
      NAME,
      'JSONata: tree, expression, JSON',
      'sets/s',
      JSONATA_SETS,
      peer,
      `neither checked nor validated; takes ${ratio.toFixed(0)} times as long`,
    ),
  ];
}

/** What the rounds give, those of the warm-up left out. */
function rounds<Result>(round: (seed: number) => Result): readonly Result[] {
  return Array.from({ length: WARM_UP + ROUNDS }, (_, seed) => round(seed)).slice(WARM_UP);
}

/** Seconds by the clock and of the processor. */
function wholeRounds(road: Road): readonly [readonly number[], readonly number[]] {
  const timed = rounds((seed) => wholeRoad(x12File({ seed, sets: SETS }), road));
  return [timed.map(({ seconds }) => seconds), timed.map(({ processorSeconds }) => processorSeconds)];
}

function distance({ median }: Timing): string {
  return `: ${(((SETS / median) * 100) / 40_000).toFixed(0)} % of the goal`;
}

function part(stage: keyof Stages, rounds: readonly Stages[], note = ''): Row {
  const { median, fastest, slowest } = timingOf(rounds.map((stages) => stages[stage]));
  const micros = (seconds: number): number => (seconds / SETS) * 1e6;
  const row = { benchmark: NAME, case: `  ${stage}`, unit: 'µs/set', median: micros(median) };
  return { ...row, range: [micros(fastest), micros(slowest)], ...(note === '' ? {} : { note }) };
}

function wholeRoad(file: Buffer, road: Road): { readonly seconds: number; readonly processorSeconds: number } {
  const processorBefore = process.cpuUsage();
  const began = performance.now();
  let characters = 0;
  for (const document of documentsOf(file, road)) characters += JSON.stringify(eventOf(document, road)).length;
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(processorBefore);
  if (characters < SETS * 1000) throw new Error('The events are shorter than they can be.');
  return { seconds, processorSeconds: (user + system) / 1e6 };
}

function* documentsOf(file: Buffer, { dictionaries }: Road): Generator<Document> {
  const checker = createChecker(dictionaries);
  const reader = createReader();
  for (const items of [reader.push(file), reader.end()]) {
    for (const item of items) {
      const checked = checker.check(item);
      if (checked?.kind === 'document') yield checked;
    }
  }
}

/** Stage after stage over all sets; what finishing takes is what is left of translating without the map and the hash. */
function partsOfRoad(file: Buffer, road: Road): Stages {
  let mark = performance.now();
  const lap = (): number => {
    const before = mark;
    mark = performance.now();
    return (mark - before) / 1000;
  };
  const reader = createReader();
  const items = [...reader.push(file), ...reader.end()];
  const read = lap();
  const checker = createChecker(road.dictionaries);
  const documents = items.map((item) => checker.check(item)).filter((checked) => checked?.kind === 'document');
  const check = lap();
  const readings = documents.map(({ structure }) => (structure === null ? null : road.map.read(structure)));
  const map = lap();
  const hashes = documents.map(({ document }) => documentHash(document));
  const hash = lap();
  const translated = documents.map((document) => eventOf(document, road));
  const finish = Math.max(0, lap() - map - hash);
  const characters = translated.reduce((sum, event) => sum + JSON.stringify(event).length, 0);
  const stringify = lap();
  if (readings.length !== SETS || hashes.length !== SETS || characters < SETS * 1000)
    throw new Error('Sets are missing.');
  return { read, check, map, hash, finish, stringify };
}

/** The same sets: bytes to a tree of objects, JSONata's expression over it, and the JSON of what it gives. */
async function roadOfJsonata(file: Buffer, road: Road, jsonata: JsonataMap): Promise<number> {
  const documents = [...documentsOf(file, road)];
  const began = performance.now();
  const made: unknown[] = [];
  let characters = 0;
  const reader = createReader();
  let items = 0;
  for (const part of [reader.push(file), reader.end()]) for (const _ of part) items++;
  for (const { structure } of documents) {
    if (structure === null) continue;
    const data = await jsonata.dataOf(structure.root, structure.segments);
    characters += JSON.stringify(data).length;
    made.push(data);
  }
  const seconds = (performance.now() - began) / 1000;
  if (items < JSONATA_SETS || characters < JSONATA_SETS * 1000) throw new Error('Sets are missing.');
  for (const [index, { structure }] of documents.entries()) {
    if (structure !== null) assertSame(road.map.read(structure).events[0]?.data, made[index]);
  }
  return seconds;
}

function eventOf({ document, structure, interchange }: Document, { map }: Road): Translation['events'][number] {
  if (structure === null) throw new Error('The set of the document is unknown.');
  const { events, findings } = translate(document, structure, map, {
    partnerId: 'demo-3pl',
    timezone: 'America/Los_Angeles',
    documentId: `doc-${document.ordinal}`,
    fileId: 'fil-1',
    receivedAt: Date.UTC(2026, 11, 4, 19),
    documentTime: interchangeTime(interchange),
  });
  const [event] = events;
  if (event === undefined) throw new Error(`A clean document gave no event: ${findings[0]?.text}`);
  return event;
}
