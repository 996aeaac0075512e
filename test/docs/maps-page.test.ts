import assert from 'node:assert/strict';
import { plainContext } from '../../src/cli/plain-rendering.ts';
import { CONVERSIONS } from '../../src/mapping/conversions.ts';
import { loadMaps } from '../../src/mapping/library.ts';
import { readTreeDocuments } from '../../src/mapping/trees/documents.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { isWord, WORDS } from '../../src/mapping/vocabulary.ts';
import { render } from '../../src/outbound/render.ts';
import { problemLine } from '../../src/util/problem.ts';
import { dictionaries, page, shippedFiles, shippedLibrary } from '../mapping/support/maps.ts';

/** The last section is a case to type along, which another test does. */
const [text = ''] = page('maps.md').split('## From a sample file to a released map');

/** The fenced blocks of the page: language, how to run it, content, line. */
const blocks = [...text.matchAll(/^```(yaml|text)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', kind = '', content = ''], index) => ({
    name: `block ${index + 1} (${kind})`,
    language,
    kind,
    content,
  }),
);

const GROUPS: Readonly<Record<string, string>> = { '856': 'SH', '214': 'QM', '945': 'SW', '810': 'IN' };
const EVENTS: Readonly<Record<string, string>> = {
  '856': 'event: logistics.shipment.advised.v1\n',
  '214': 'event: { each: LX/AT7, type: logistics.transport.delivered.v1 }\n',
  '945': 'event: logistics.warehouse-order.shipped.v1\n',
};
const FIRST: Readonly<Record<string, string>> = {
  '856': 'adviceNumber: BSN02',
  '214': 'proNumber: B1001',
  '945': 'purchaseOrder: W0606',
  '810': 'invoiceNumber: BIG02\n  totals: { amount: { at: TDS01, as: number } }',
};

/** A map around an example; its rules begin in line 7. */
function mapAround(set: string, event: string, rules: string): string {
  const head = `map: x12/${set}\nversion: next\ndocument: { standard: x12, set: ${set}, release: 004010, group: ${GROUPS[set]} }\n`;
  return `${head}${event}data:\n  ${FIRST[set]}\n${rules.replace(/^(?=.)/gm, '  ')}`;
}

/** The problems of the shipped folder with this map in it. */
function problemsWith(name: string, map: string): readonly string[] {
  const path = `maps/${name}/next.yaml`;
  const files = shippedFiles.filter((file) => file.path !== path);
  return loadMaps([...files, { path, text: map }], 'maps', dictionaries).problems.map(problemLine);
}

/** What the product says of a YAML example; undefined when the page does not say how to run it. */
function problemsOf(kind: string, content: string): readonly string[] | undefined {
  const [what = '', set = ''] = kind.split('-');
  switch (what) {
    case 'map':
      return problemsWith(/^map: (\S+)$/m.exec(content)?.[1] ?? '', content);
    case 'rule':
      return problemsWith(`x12/${set}`, mapAround(set, EVENTS[set] ?? '', content));
    case 'event':
      return problemsWith(`x12/${set}`, mapAround(set, content, ''));
    case 'codes': {
      const path = `maps/codes/${/^codes: (\S+)$/m.exec(content)?.[1]}.yaml`;
      const files = shippedFiles.filter((file) => file.path !== path && !file.path.endsWith('.lock'));
      return loadMaps([...files, { path, text: content }], 'maps', dictionaries).problems.map(problemLine);
    }
    case 'overlay': {
      const at = { file: 'partner.yaml', line: 1, column: 1 };
      const overlay = { path: 'overlay.yaml', text: content };
      return shippedLibrary.overlaid(`x12/${set}@1.0.0`, overlay, at).problems.map(problemLine);
    }
    default:
      return undefined;
  }
}

/** The segments that a map with these rules writes, or why it does not. */
function writtenFor(set: string, rules: string, data: string): string {
  const path = `maps/x12/${set}/next.yaml`;
  const files = shippedFiles.filter((file) => file.path !== path);
  const library = loadMaps([...files, { path, text: mapAround(set, EVENTS[set] ?? '', rules) }], 'maps', dictionaries);
  assert.deepEqual(library.problems.map(problemLine), []);
  const map = library.find(`x12/${set}@next`);
  assert(map !== undefined);
  const { documents, findings } = map.writer.write([{ type: map.writer.types[0] ?? '', data: JSON.parse(data) }], {
    timezone: null,
  });
  if (documents.length === 0) return findings.map(({ code, text: said }) => `${code} ${said}`).join('\n');
  return documents.flatMap(({ segments }) => segments.map((segment) => segment.join('*'))).join('\n');
}

/** The maps of the page by their names, with those that ship. */
function libraryOfPage() {
  const maps = blocks.filter(({ kind }) => kind === 'map').map(({ content }) => content);
  const own = maps.map((map) => ({ path: `maps/${/^map: (\S+)$/m.exec(map)?.[1]}/next.yaml`, text: map }));
  const others = shippedFiles.filter(({ path }) => own.every((each) => each.path !== path));
  return loadMaps([...others, ...own], 'maps', dictionaries);
}

/** What a map makes of a document of JSON, XML or CSV, and the document that it writes for the same event. */
function saidBy(map: CompiledMap, document: string) {
  const { documents } = readTreeDocuments(Buffer.from(document), map);
  const events = documents.flatMap(({ structure }) => map.read(structure).events);
  const { bytes } = render(events, plainContext(map, dictionaries));
  return { data: events.map(({ data }) => data), written: bytes?.toString() };
}

describe('docs/maps.md', () => {
  it('lists every word of the language as the program has it, in its order', () => {
    const rows = text.split('\n').flatMap((line) => {
      const [, word = '', says = ''] = /^\| `([a-z]+)` \| ([a-z].*) \|$/.exec(line) ?? [];
      return isWord(word) && says === WORDS[word] ? [word] : [];
    });
    assert.deepEqual(rows, Object.keys(WORDS));
  });

  it('lists every conversion', () => {
    const cells = text.split('\n').flatMap((line) => /^\| ((?:`[a-z]+\d*` ?)+)\| /.exec(line)?.[1] ?? []);
    const names = cells.flatMap((cell) => cell.match(/[a-z]+\d*/g) ?? []);
    for (const conversion of Object.keys(CONVERSIONS)) assert(names.includes(conversion), conversion);
  });

  it('has an example for every word', () => {
    const examples = blocks.filter(({ language }) => language === 'yaml').map(({ content }) => content);
    for (const word of Object.keys(WORDS)) {
      assert(
        examples.some((example) => new RegExp(`\\b${word}:`).test(example)),
        word,
      );
    }
  });

  for (const { name, kind, content } of blocks.filter(({ language }) => language === 'yaml')) {
    it(`${name} loads without a mistake`, () => assert.deepEqual(problemsOf(kind, content), []));
  }

  for (const { name, kind, content } of blocks.filter(({ kind: what }) => /^(written|refused)-/.test(what))) {
    it(`${name} shows what is written for the event`, () => {
      const [rules = '', data = '', expected = ''] = content.trimEnd().split('\n\n');
      assert.equal(writtenFor(kind.split('-')[1] ?? '', rules, data), expected);
    });
  }

  for (const { name, kind, content } of blocks.filter(({ kind: what }) => what.startsWith('said-'))) {
    it(`${name} shows a document and its event, which say the same`, () => {
      const [document = '', data = ''] = content.trimEnd().split('\n\n');
      const map = libraryOfPage().find(`${kind.slice('said-'.length)}@next`);
      assert(map !== undefined);
      const said = saidBy(map, document);
      assert.deepEqual(said.data, [JSON.parse(data)]);
      assert.equal(said.written?.replaceAll('\r', '').trimEnd(), document);
    });
  }

  for (const { name, kind, content } of blocks.filter(
    ({ language, kind: what }) => language === 'text' && what.startsWith('rule-'),
  )) {
    it(`${name} shows the very line that the program says`, () => {
      const [example = '', line = ''] = content.trimEnd().split('\n\n');
      assert.deepEqual(problemsOf(kind, `${example}\n`), [line]);
    });
  }
});
