import { Readable } from 'node:stream';
import { Parser } from 'edifact';
import { X12Parser, X12Segment } from 'node-x12';
import { createReader } from '../src/edi/read.ts';
import type { Segments } from '../src/edi/segments.ts';
import { tagKey } from '../src/edi/bytes.ts';
import { edifactFileOfSize, x12FileOfSize } from './generate.ts';
import { measure } from './measure.ts';
import { type Row, rate } from './report.ts';

const NAME = 'read: segments found, about 18 fields of each set as text';
const CHUNK = 256 * 1024;
const SIZES = [
  { name: '10 kB', bytes: 10_000, times: 200 },
  { name: '1 MB', bytes: 1_000_000, times: 4 },
  { name: '50 MB', bytes: 50_000_000, times: 1 },
] as const;

/** The elements that are asked for, by segment: of the first of its kind in a set. */
const FIELDS: ReadonlyMap<string, readonly number[]> = new Map([
  ['BSN', [1, 2, 3, 4]],
  ['TD5', [2, 3, 4]],
  ['TD3', [1, 3]],
  ['FOB', [1]],
  ['PRF', [1, 4]],
  ['N1', [1, 2, 3, 4]],
  ['TD1', [1, 2]],
]);

interface WantedFields {
  readonly key: number;
  readonly elements: readonly number[];
}

const keyed = (fields: ReadonlyMap<string, readonly number[]>): readonly WantedFields[] =>
  [...fields].map(([tag, elements]) => ({ key: tagKey(Buffer.from(tag), 0, tag.length), elements }));

const X12_FIELDS = keyed(FIELDS);
const EDIFACT_FIELDS = keyed(
  new Map([
    ['BGM', [1, 2, 3]],
    ['DTM', [1]],
    ['RFF', [1]],
    ['NAD', [1, 2, 3]],
    ['CPS', [1, 2]],
    ['PAC', [1, 2, 3]],
    ['LIN', [1, 2, 3]],
    ['QTY', [1]],
  ]),
);

/** Reading beside the parsers that Node has for it. `all` adds what takes gigabytes or minutes. */
export async function benchmarkRead(all: boolean): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const add = async (name: string, bytes: number, times: number, work: () => unknown, note = ''): Promise<void> => {
    const warmUp = bytes > 10_000_000 ? 1 : 3;
    const timing = await measure(
      async () => {
        for (let time = 0; time < times; time++) await work();
      },
      { warmUp },
    );
    rows.push(rate(NAME, name, 'MB/s', (bytes * times) / 1e6, timing, note));
  };
  for (const { name, bytes, times } of SIZES) {
    const file = x12FileOfSize(bytes, 7);
    const repeat = times;
    await add(`X12 ${name}, crossdock`, file.length, repeat, () =>
      charactersOf(file, (segments) => fieldsOfSet(segments, X12_FIELDS)),
    );
    await add(`X12 ${name}, node-x12 stream`, file.length, repeat, () => streamFields(file));
    if (bytes < 10_000_000 || all) {
      await add(`X12 ${name}, node-x12 parse`, file.length, repeat, () => parseFields(file), 'whole tree in memory');
    }
  }
  for (const { name, bytes, times } of SIZES.slice(1)) {
    const text = edifactFileOfSize(bytes, 7);
    const file = Buffer.from(text, 'latin1');
    await add(`EDIFACT ${name}, crossdock`, file.length, times, () =>
      charactersOf(file, (segments) => fieldsOfSet(segments, EDIFACT_FIELDS)),
    );
    await add(`EDIFACT ${name}, crossdock, every element`, file.length, times, () => charactersOf(file, allTexts));
    await add(
      `EDIFACT ${name}, edifact Parser`,
      file.length,
      times,
      () => edifactArrays(text),
      'every element, nested arrays',
    );
  }
  return rows;
}

/** The file in chunks through the reader; the characters are counted so that nothing is left out. */
function charactersOf(file: Buffer, ofSet: (segments: Segments) => number): number {
  const reader = createReader();
  let characters = 0;
  for (let at = 0; at < file.length; at += CHUNK) {
    for (const item of reader.push(file.subarray(at, at + CHUNK))) {
      if (item.kind === 'document') characters += ofSet(item.document.segments);
    }
  }
  for (const item of reader.end()) if (item.kind === 'document') characters += ofSet(item.document.segments);
  return characters;
}

function fieldsOfSet(segments: Segments, wanted: readonly WantedFields[]): number {
  let characters = 0;
  let left = (1 << wanted.length) - 1;
  for (let segment = 0; segment < segments.count && left !== 0; segment++) {
    const key = tagKey(segments.bytes, segments.partStart(segment, 0), segments.partEnd(segment, 0));
    const index = wanted.findIndex((fields) => fields.key === key);
    if (index < 0 || (left & (1 << index)) === 0) continue;
    left &= ~(1 << index);
    for (const element of wanted[index]?.elements ?? []) characters += segments.text(segment, element).length;
  }
  return characters;
}

/** Every element as text, which is what the peer does too. */
function allTexts(segments: Segments): number {
  let characters = 0;
  for (let segment = 0; segment < segments.count; segment++) {
    const count = segments.elementCount(segment);
    for (let element = 1; element <= count; element++) characters += segments.text(segment, element).length;
  }
  return characters;
}

async function streamFields(file: Buffer): Promise<number> {
  const chunks: Buffer[] = [];
  for (let at = 0; at < file.length; at += CHUNK) chunks.push(file.subarray(at, at + CHUNK));
  let characters = 0;
  let found = new Set<string>();
  for await (const segment of Readable.from(chunks).pipe(new X12Parser())) {
    if (!(segment instanceof X12Segment)) continue;
    if (segment.tag === 'ST') found = new Set();
    const elements = FIELDS.get(segment.tag);
    if (elements === undefined || found.has(segment.tag)) continue;
    found.add(segment.tag);
    for (const element of elements) characters += segment.valueOf(element)?.length ?? 0;
  }
  return characters;
}

function parseFields(file: Buffer): number {
  let characters = 0;
  const parsed = new X12Parser(true).parse(file.toString('latin1'));
  if (!('functionalGroups' in parsed)) return 0;
  for (const group of parsed.functionalGroups) {
    for (const { segments } of group.transactions) {
      const found = new Set<string>();
      for (const segment of segments) {
        const elements = FIELDS.get(segment.tag);
        if (elements === undefined || found.has(segment.tag)) continue;
        found.add(segment.tag);
        for (const element of elements) characters += segment.valueOf(element)?.length ?? 0;
      }
    }
  }
  return characters;
}

function edifactArrays(text: string): number {
  const parser = new Parser();
  let elements: string[][] = [];
  let components: string[] = [];
  let segments = 0;
  parser.onopensegment = () => {
    elements = [];
  };
  parser.onelement = () => {
    components = [];
    elements.push(components);
  };
  parser.oncomponent = (value) => components.push(value);
  parser.onclosesegment = () => {
    segments += elements.length;
  };
  parser.write(text);
  parser.end();
  return segments;
}
