import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createChecker } from '../../src/edi/check/index.ts';
import { readAll } from '../../src/edi/read.ts';
import { decode } from '../../src/edi/segments.ts';
import type { Explanation } from '../../src/mapping/explain.ts';
import { explain } from '../../src/mapping/explain.ts';
import { translate } from '../../src/mapping/translate.ts';
import { readTreeDocuments } from '../../src/mapping/trees/documents.ts';
import { writeTreeFile } from '../../src/mapping/trees/write-file.ts';
import { type CompiledMap, isSegmentDocument } from '../../src/mapping/types.ts';
import { writeWhatFits } from '../../src/mapping/writing/fitting.ts';
import type { WrittenDocument } from '../../src/mapping/writing/types.ts';
import { type Envelope, writeEnvelope } from '../../src/outbound/envelope.ts';
import type { WritingStyle } from '../../src/partners/types.ts';
import { problemLine } from '../../src/util/problem.ts';
import { eventsOf } from './support/generated-events.ts';
import { leaves, readingsOf, valueAt } from './support/lineage.ts';
import { dictionaries, shippedLibrary } from './support/maps.ts';

/** A law of its own beside those of writing, which try more events. */
const RUNS = 50;
/** The same files each time. */
const SEED = 1;
const PLAIN: WritingStyle = { delimiters: null, lineBreak: '', charset: null, syntax: null, guide: null };

/** What ISO 8859-1 has no byte for. */
const BEYOND_LATIN = /[^\p{ASCII}\u0080-\u00ff]/gu;
/** One character as JSON writes it where it cannot stand for itself; a backslash before anything else is only that. */
const JSON_ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/g;

/** How files are written: separators that the texts hold are released in EDIFACT, and X12 takes others. */
const STYLES: Readonly<Record<CompiledMap['document']['standard'], readonly WritingStyle[]>> = {
  json: [PLAIN],
  xml: [PLAIN],
  csv: [PLAIN],
  x12: [
    { ...PLAIN, delimiters: separators('\x1d\x1f\x1e\x1c'), charset: 'utf-8' },
    { ...PLAIN, delimiters: separators('\x1d\x1f\x1e\x1c'), charset: 'iso-8859-1', lineBreak: '\r\n' },
  ],
  edifact: [
    { ...PLAIN, syntax: 'UNOY' },
    { ...PLAIN, syntax: 'UNOC', lineBreak: '\n' },
  ],
};

describe('The law of lineage', function () {
  this.timeout(120_000);

  for (const map of [...shippedLibrary.maps, overlaid()]) {
    it(`${map.pin}: each value of an event leads to bytes of the file that say it, for ${RUNS} files`, () => {
      const styles = STYLES[map.document.standard];
      let seen = 0;
      fc.assert(
        fc.property(eventsOf(map), fc.constantFrom(...styles), (event, style) => {
          const latin = style.charset === 'iso-8859-1' || style.syntax === 'UNOC';
          const said: typeof event = latin ? JSON.parse(JSON.stringify(event).replaceAll(BEYOND_LATIN, 'ñ')) : event;
          const { documents } = writeWhatFits(map.writer, said, { timezone: null });
          const written = fileOf(map, documents, style);
          if (documents.length === 0 || !written.ok) return;
          for (const line of linesOf(map, written.bytes)) {
            assertSaid(line, written.bytes);
            assert.equal(line.overlay, line.map.file.startsWith('maps/') ? null : line.map.file);
            seen++;
          }
        }),
        { numRuns: RUNS, seed: SEED },
      );
      assert.ok(seen > RUNS, `only ${seen} values were looked at`);
    });
  }
});

/** A shipped map with an overlay, which changes a rule, adds one, and takes one away. */
function overlaid(): CompiledMap {
  const text = `base: x12/945@1.0.0
because: Their guide sends the load number in N9 with 2I.
data:
  loadNumber: N9(01=2I)02
  carrier: { trailer: 06, equipmentInitial: 07 }
  proNumber: ~
`;
  const at = { file: 'partner.yaml', line: 1, column: 1 };
  const { map, problems } = shippedLibrary.overlaid('x12/945@1.0.0', { path: 'overlays/945.yaml', text }, at);
  assert.ok(map !== null, problems.map(problemLine).join());
  return map;
}

interface SaidLine extends Explanation {
  readonly delimiters: Parameters<typeof readingsOf>[1];
  readonly charset: Parameters<typeof decode>[3];
}

function fileOf(map: CompiledMap, documents: readonly WrittenDocument[], style: WritingStyle) {
  const { layout, document } = map;
  if (isSegmentDocument(document)) return writeEnvelope(document, documents, envelope(style));
  assert.ok(layout !== null && document.tree !== null);
  return writeTreeFile(
    layout,
    document.tree,
    documents.map(({ segments }) => segments),
  );
}

/** The documents of a file with their structures. */
function readFile(map: CompiledMap, bytes: Buffer) {
  if (map.layout !== null) return readTreeDocuments(bytes, map).documents;
  const checker = createChecker(dictionaries);
  return [...readAll(bytes)].flatMap((item) => {
    const checked = checker.check(item);
    if (checked?.kind !== 'document' || checked.structure === null) return [];
    const { document, structure } = checked;
    return [{ document, structure }];
  });
}

/** Every value of the events of a file; each must be there exactly once. */
function linesOf(map: CompiledMap, bytes: Buffer): readonly SaidLine[] {
  return readFile(map, bytes).flatMap((checked) => {
    const { events } = translate(checked.document, checked.structure, map, CONTEXT);
    const lines = [...explain(map, checked.structure, events)];
    // Events have fields that no document says: which of its times counts, and what kind it is of.
    const read = events.length === 0 ? [] : map.read(checked.structure).events;
    const wanted = read.flatMap(({ data }, index) => leaves(data).map((leaf) => `${events[index]?.id} ${leaf}`));
    assert.deepEqual(lines.map(({ event, field }) => `${event} ${field}`).sort(), wanted.sort());
    for (const line of lines) {
      const event = events.find(({ id }) => id === line.event);
      assert.equal(line.value, valueAt(event?.data, line.field), line.field);
      if (map.layout === null)
        assert.equal(checked.structure.segments.tag(line.position - 1), line.segment, line.field);
    }
    const { delimiters } = checked.structure.segments;
    return lines.map((line) => ({ ...line, delimiters, charset: delimiters.charset }));
  });
}

/** The bytes are the text, and the text says the value; an offset may have been added to a moment. */
function assertSaid({ field, value, raw, bytes: [from, to], delimiters, charset }: SaidLine, bytes: Buffer): void {
  assert.equal(decode(bytes, from, to, charset), raw, field);
  // What stands between the elements of XML; in other files a text may look like it.
  const untagged = raw.replaceAll(/(?:<[^>]*>\s*)+/g, String.fromCharCode(delimiters.element));
  const readings = [...new Set([raw, untagged])].flatMap((each) => readingsOf(each, delimiters));
  readings.push(...plainTexts(raw));
  const local = typeof value === 'string' ? value.replace(/(?:Z|[+-]\d\d:\d\d)$/, '') : value;
  assert.ok(readings.includes(value) || readings.includes(local), `${field}: ${raw} does not say ${value}`);
}

/** What the bytes say where JSON, XML or CSV wrote a character otherwise. */
function plainTexts(raw: string): readonly string[] {
  const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
  const xml = Object.entries(entities).reduce((text, [entity, character]) => text.replaceAll(entity, character), raw);
  const day = raw.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
  const json = raw.replaceAll(JSON_ESCAPE, (escaped) => String(JSON.parse(`"${escaped}"`)));
  return [xml, day, raw.replaceAll('""', '"'), json];
}

const CONTEXT = {
  partnerId: 'test-partner',
  timezone: null,
  documentId: 'document-1',
  fileId: 'file-1',
  receivedAt: Date.parse('2026-12-05T06:00:00Z'),
  documentTime: '2026-12-05T06:00:00',
};

function envelope(style: WritingStyle): Envelope {
  return {
    sender: 'ZZ/SENDER',
    receiver: 'ZZ/RECEIVER',
    test: true,
    date: '20261205',
    time: '0600',
    numbers: { interchange: 1, group: 1, document: 1 },
    style,
  };
}

function separators(text: string): WritingStyle['delimiters'] {
  const [element = 0, component = 0, repetition = 0, segment = 0] = Buffer.from(text, 'latin1');
  return { element, component, repetition, segment, release: null };
}
