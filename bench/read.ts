import { Readable } from 'node:stream';
import { Parser } from 'edifact';
import { X12Parser, X12Segment } from 'node-x12';
import { type FormattedSegment, X12parser as StreamParser } from 'x12-parser';
import { tagKey } from '../src/edi/bytes.ts';
import { createReader } from '../src/edi/read.ts';
import type { Segments } from '../src/edi/segments.ts';
import { edifactFileOfSize, x12FileOfSize } from './generate.ts';
import { measure, type Timing } from './measure.ts';
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

/** Reading beside the parsers that Node has for it, on the same bytes in the same run. `all` adds what takes gigabytes or minutes. */
export async function benchmarkRead(all: boolean): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { name, bytes, times } of SIZES) {
    const file = x12FileOfSize(bytes, 7);
    const bench = await besidePeers(`X12 ${name}`, file.length, times, () =>
      charactersOf(file, (segments) => fieldsOfSet(segments, X12_FIELDS)),
    );
    await bench.peer('node-x12 stream', () => nodeX12StreamFields(file));
    await bench.peer('x12-parser stream', () => x12ParserFields(file));
    if (bytes < 10_000_000 || all) {
      await bench.peer('node-x12 parse', () => nodeX12Fields(file), 'whole tree in memory');
    }
    rows.push(...bench.rows);
  }
  for (const { name, bytes, times } of SIZES.slice(1)) {
    const text = edifactFileOfSize(bytes, 7);
    const file = Buffer.from(text, 'latin1');
    const bench = await besidePeers(`EDIFACT ${name}`, file.length, times, () =>
      charactersOf(file, (segments) => fieldsOfSet(segments, EDIFACT_FIELDS)),
    );
    await bench.peer('edifact Parser', () => edifactArrays(text), 'every element, nested arrays');
    await bench.peer('crossdock, every element', () => charactersOf(file, allTexts));
    rows.push(...bench.rows);
  }
  return rows;
}

/** Measures Crossdock, then others on the same bytes, each with the ratio to it. */
async function besidePeers(name: string, bytes: number, times: number, own: () => unknown) {
  const speedOf = async (work: () => unknown): Promise<Timing> =>
    await measure(
      async () => {
        for (let time = 0; time < times; time++) await work();
      },
      { warmUp: bytes > 10_000_000 ? 1 : 3 },
    );
  const row = (who: string, timing: Timing, note: string): Row =>
    rate(NAME, `${name}, ${who}`, 'MB/s', (bytes * times) / 1e6, timing, note);
  const crossdock = await speedOf(own);
  const rows = [row('crossdock', crossdock, '')];
  return {
    rows,
    async peer(who: string, work: () => unknown, about = ''): Promise<void> {
      const timing = await speedOf(work);
      const ratio = `crossdock ${(timing.median / crossdock.median).toFixed(1)}x`;
      rows.push(row(who, timing, about === '' ? ratio : `${ratio}; ${about}`));
    },
  };
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
    let index = 0;
    while (index < wanted.length && wanted[index]?.key !== key) index++;
    if (index === wanted.length || (left & (1 << index)) === 0) continue;
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

async function nodeX12StreamFields(file: Buffer): Promise<number> {
  let characters = 0;
  let found = new Set<string>();
  for await (const segment of chunksOf(file).pipe(new X12Parser())) {
    if (!(segment instanceof X12Segment)) continue;
    if (segment.tag === 'ST') found = new Set();
    const elements = FIELDS.get(segment.tag);
    if (elements === undefined || found.has(segment.tag)) continue;
    found.add(segment.tag);
    for (const element of elements) characters += segment.valueOf(element)?.length ?? 0;
  }
  return characters;
}

async function x12ParserFields(file: Buffer): Promise<number> {
  let characters = 0;
  let found = new Set<string>();
  const segments: AsyncIterable<FormattedSegment> = chunksOf(file).pipe(new StreamParser());
  for await (const segment of segments) {
    const { name } = segment;
    if (name === 'ST') found = new Set();
    const elements = FIELDS.get(name);
    if (elements === undefined || found.has(name)) continue;
    found.add(name);
    for (const element of elements) characters += segment[element]?.length ?? 0;
  }
  return characters;
}

function chunksOf(file: Buffer): Readable {
  const chunks: Buffer[] = [];
  for (let at = 0; at < file.length; at += CHUNK) chunks.push(file.subarray(at, at + CHUNK));
  return Readable.from(chunks);
}

function nodeX12Fields(file: Buffer): number {
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
