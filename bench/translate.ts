import { resolve } from 'node:path';
import { type Checked, createChecker } from '../src/edi/check/index.ts';
import { createDictionaries } from '../src/edi/dictionary/index.ts';
import { createReader } from '../src/edi/read.ts';
import { interchangeTime, translate } from '../src/mapping/translate.ts';
import type { CompiledMap } from '../src/mapping/types.ts';
import { loadConfiguration } from '../src/partners/configuration.ts';
import { x12File } from './generate.ts';
import { type Timing, timingOf } from './measure.ts';
import { type Row, rate } from './report.ts';

const NAME = 'translate: bytes to checked, mapped, schema-valid event JSON, one core';
const SETS = 1_000;
const WARM_UP = 8;
const ROUNDS = 15;

/** Seconds of each stage in one round. */
interface Stages {
  readonly read: number;
  readonly check: number;
  readonly map: number;
  readonly finish: number;
  readonly stringify: number;
  readonly total: number;
}

/** One file of ship notices to the JSON of their events, with the part that each stage takes. */
export async function benchmarkTranslate(): Promise<readonly Row[]> {
  const root = resolve(import.meta.dirname, '..');
  const dictionaries = createDictionaries();
  const folders = { maps: resolve(root, 'maps'), partners: resolve(root, 'partners') };
  const { maps } = await loadConfiguration(folders, dictionaries);
  const map = maps.newest('x12', '856', '004010');
  if (map === undefined) throw new Error('There is no map for the 856.');
  const file = x12File({ seed: 11, sets: SETS });
  const rounds: Stages[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const stages = oneRound(file, map, dictionaries);
    if (round >= 0) rounds.push(stages);
  }
  const timing = (stage: keyof Stages): Timing => timingOf(rounds.map((stages) => stages[stage]));
  const part = (stage: keyof Stages, name: string): Row => ({
    benchmark: NAME,
    case: `  ${name}`,
    unit: 'µs/set',
    median: (timing(stage).median / SETS) * 1e6,
    range: [(timing(stage).fastest / SETS) * 1e6, (timing(stage).slowest / SETS) * 1e6],
  });
  return [
    rate(NAME, '856 of 1.4 kB', 'sets/s', SETS, timing('total'), 'floor 15,000, goal 40,000'),
    part('read', 'read'),
    part('check', 'check'),
    part('map', 'map'),
    part('finish', 'hash, finish, validate'),
    part('stringify', 'stringify'),
  ];
}

/** Every document of the file; mapping alone is timed on a second reading that does not count for the total. */
function oneRound(file: Buffer, map: CompiledMap, dictionaries: ReturnType<typeof createDictionaries>): Stages {
  const checker = createChecker(dictionaries);
  const reader = createReader();
  const items = [reader.push(file), reader.end()].flatMap((part) => part[Symbol.iterator]());
  let [check, translating, stringify, characters] = [0, 0, 0, 0];
  const began = performance.now();
  let [read, mapping] = [0, 0];
  let mark = began;
  for (const iterator of items) {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) {
      const readAt = performance.now();
      read += readAt - mark;
      const checked = checker.check(next.value);
      const checkedAt = performance.now();
      check += checkedAt - readAt;
      mark = checkedAt;
      if (checked?.kind !== 'document') continue;
      const event = eventOf(checked, map);
      const translatedAt = performance.now();
      characters += JSON.stringify(event).length;
      const writtenAt = performance.now();
      if (checked.structure !== null) map.read(checked.structure);
      const mappedAt = performance.now();
      translating += translatedAt - checkedAt;
      stringify += writtenAt - translatedAt;
      mapping += mappedAt - writtenAt;
      mark = mappedAt;
    }
  }
  const total = performance.now() - began - mapping;
  if (characters < SETS * 1000) throw new Error('The events are shorter than they can be.');
  return {
    read: read / 1000,
    check: check / 1000,
    map: mapping / 1000,
    finish: (translating - mapping) / 1000,
    stringify: stringify / 1000,
    total: total / 1000,
  };
}

function eventOf({ document, structure, interchange }: Extract<Checked, { kind: 'document' }>, map: CompiledMap) {
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
