import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { validateData } from '../../src/events/validate.ts';
import { loadMaps, type MapLibrary } from '../../src/mapping/library.ts';
import { type TranslatedFile, translateFile } from '../../src/mapping/trials/translated-file.ts';
import { readFolder } from '../../src/util/read-folder.ts';
import { UNREAD_OF_SAMPLES } from './support/unread-of-samples.ts';

/**
 * Documents as open-source projects publish them, malformed ones included. They lie beside the checkout, or where
 * CROSSDOCK_SAMPLES says, and are not part of it.
 */
const FOLDER = process.env.CROSSDOCK_SAMPLES ?? '../shared/samples';

interface Expectation {
  readonly file: string;
  /** Events that come out, by the last words of their types. */
  readonly events: Readonly<Record<string, number>>;
  /** Codes of the findings that reject a document or more. */
  readonly rejected: readonly string[];
  /** Codes of those that are told and do not reject. */
  readonly told: readonly string[];
}

const sample = (
  file: string,
  events: Expectation['events'],
  rejected: readonly string[] = [],
  told: readonly string[] = [],
): Expectation => ({ file, events, rejected, told });

const NARROW = 'INTERCHANGE_HEADER_LENGTH';
const DELIMITERS = 'INTERCHANGE_DELIMITERS';
const OTHER_RELEASE = 'RELEASE_NOT_INSTALLED';

const EXPECTED: readonly Expectation[] = [
  // SE says 41 segments; there are 38.
  sample('204-edi-net-1', {}, ['SET_COUNT_WRONG']),
  // LH1 outside the loop that takes it.
  sample('204-x12-types-1', {}, ['SEGMENT_UNEXPECTED'], ['ELEMENT_RULE_BROKEN']),
  // A reference without a number, and a zone where the kind of time belongs.
  sample('204-x12-types-2', { tendered: 1 }, [], ['ELEMENT_RULE_BROKEN']),
  sample('210-edi-net-1', { issued: 1 }),
  // Invoices for parcels, in release 004030; of five, SE of the first says 46 segments, and there are 48.
  sample(
    '210-omniparser-1',
    { issued: 4 },
    ['SET_COUNT_WRONG'],
    ['ELEMENTS_TOO_MANY', 'ELEMENT_RULE_BROKEN', OTHER_RELEASE, 'TRAILING_SEPARATORS'],
  ),
  // Lines are broken anywhere.
  sample(
    '210-staedi-1',
    {},
    ['ELEMENT_CHARACTER', 'SEGMENT_UNKNOWN', 'SET_CONTROL_DIFFERS'],
    [NARROW, 'SET_CONTROL_INVALID'],
  ),
  // ISA11 is the letter U, which release 00403 takes for the repetition separator.
  sample('214-edi-net-1', { delivered: 1 }, [], [DELIMITERS, OTHER_RELEASE]),
  // The same with a byte order mark and a line break inside the receiver.
  sample('214-edi-net-2', { delivered: 1 }, [], [DELIMITERS, 'INTERCHANGE_HEADER_ELEMENT', NARROW, OTHER_RELEASE]),
  // Of two documents the first closes with another control number.
  sample('214-x12-types-1', { delivered: 1 }, ['SET_CONTROL_DIFFERS'], [NARROW, 'SET_CONTROL_INVALID']),
  // Three loads with two appointments and four statuses each; IEA02 is not ISA13.
  sample(
    '214-x12-types-2',
    { 'appointment-set': 6, 'pickup-arrived': 3, loaded: 3, 'delivery-arrived': 3, delivered: 3 },
    [],
    ['INTERCHANGE_CONTROL_DIFFERS'],
  ),
  // With a byte order mark, tabs before segments, and an ISA without padding.
  sample('810-edi-net-1', { issued: 1 }, [], [NARROW]),
  sample('810-edi-net-2', { issued: 1 }, [], [NARROW]),
  sample('810-edi-net-3', { issued: 1 }, [], [NARROW]),
  sample('810-edi-net-4', { issued: 1 }, [], [NARROW]),
  // Two invoices, and a group of release 003010 with an order.
  sample('810-staedi-1', { issued: 2, placed: 1 }, [], ['ELEMENT_RULE_BROKEN', OTHER_RELEASE]),
  sample('810-staedi-2', { issued: 2 }),
  // In a group of catalogues.
  sample('810-stupidedi-1', {}, ['SET_NOT_IN_GROUP']),
  // Release 00501 with the letter U where its repetition separator belongs.
  sample('810-x12-types-1', { issued: 1 }, [], [DELIMITERS]),
  // Of health care, in release 005010.
  sample('824-stupidedi-1', { 'application-accepted': 5, 'application-rejected': 2 }),
  sample('824-stupidedi-2', { 'application-accepted': 1 }),
  sample('824-x12-types-1', { 'application-accepted': 1 }, [], [DELIMITERS]),
  // Segments without terminators, and one set number twice.
  sample(
    '850-edi-net-1',
    {},
    ['SEGMENT_OUT_OF_ORDER', 'SEGMENT_REPEATED', 'SET_CONTROL_REPEATED', 'SET_COUNT_WRONG'],
    ['ELEMENTS_TOO_MANY', 'ELEMENT_RULE_BROKEN', 'ELEMENT_TOO_LONG', 'ELEMENT_TOO_SHORT', DELIMITERS, NARROW],
  ),
  // N402 is the word State.
  sample('850-edi-net-2', { placed: 1 }, [], ['ELEMENT_TOO_LONG', 'INTERCHANGE_CONTROL_DIFFERS', NARROW]),
  sample('850-node-x12-1', { placed: 1 }),
  sample('850-node-x12-2', { placed: 2 }),
  sample('850-node-x12-3', { placed: 1 }),
  // In a group of catalogues.
  sample('850-stupidedi-1', {}, ['SET_NOT_IN_GROUP']),
  sample('850-x12-types-1', { placed: 1 }),
  // SE says 28 segments; there are 29.
  sample('850-x12-types-2', {}, ['SET_COUNT_WRONG'], [DELIMITERS, NARROW]),
  sample('855-node-x12-1', { acknowledged: 1 }),
  // BAK01 is a code that no answer has.
  sample('855-staedi-1', {}, ['MAP_EVENT_TYPE']),
  // A line break inside the ISA, and units of three letters.
  sample('855-stupidedi-1', { acknowledged: 1 }, [], ['ELEMENT_TOO_LONG', NARROW]),
  // In a group of catalogues.
  sample('855-stupidedi-2', {}, ['SET_NOT_IN_GROUP'], ['ELEMENT_RULE_BROKEN']),
  sample('855-stupidedi-3', {}, ['SET_NOT_IN_GROUP']),
  sample('856-stupidedi-1', { advised: 2 }, [], [NARROW, OTHER_RELEASE]),
  // The terminator changes halfway, which swallows segments.
  sample(
    '856-stupidedi-2',
    {},
    ['ELEMENT_CHARACTER', 'HIERARCHY_BROKEN', 'SEGMENT_OUT_OF_ORDER', 'SET_COUNT_WRONG'],
    ['ELEMENTS_TOO_MANY', 'ELEMENT_TOO_LONG', 'TRAILING_SEPARATORS'],
  ),
  sample('856-vscode-edi-1', { advised: 1 }),
  // SE says 36 segments; there are 18.
  sample('856-x12-types-1', {}, ['SET_COUNT_WRONG'], [NARROW]),
  sample('856-x12-types-2', { advised: 1 }, [], [NARROW]),
  // Written in release 003010.
  sample('860-stupidedi-1', { 'change-requested': 1 }, [], [NARROW, OTHER_RELEASE]),
  // A template: nines for every date and number.
  sample(
    '940-x12-types-1',
    {},
    ['INTERCHANGE_HEADER_ELEMENT', 'SET_COUNT_WRONG'],
    ['GROUP_HEADER_ELEMENT', DELIMITERS, 'INTERCHANGE_HEADER_ELEMENT', NARROW, OTHER_RELEASE],
  ),
  // States of three digits.
  sample('940-x12-types-2', { released: 1 }, [], ['ELEMENT_RULE_BROKEN', 'ELEMENT_TOO_LONG']),
  // A line break inside W0115.
  sample('940-x12-types-3', {}, ['ELEMENT_CHARACTER']),
  // ISA16 is empty in the next four.
  sample('940-x12-types-4', { amended: 1 }, [], [DELIMITERS, NARROW]),
  sample('940-x12-types-5', { cancelled: 1 }, [], [DELIMITERS, NARROW]),
  // SE says 4 segments; there are 3.
  sample('940-x12-types-6', {}, ['SET_COUNT_WRONG'], [DELIMITERS, NARROW]),
  sample('940-x12-types-7', {}, ['SET_COUNT_WRONG'], [DELIMITERS, NARROW]),
  sample('940-x12-types-8', {}, ['SET_COUNT_WRONG'], [NARROW]),
  sample('990-edi-net-1', { 'tender-accepted': 1 }),
  // SE says 4 segments; there are 5.
  sample('945-x12-types-1', {}, ['SET_COUNT_WRONG'], ['ELEMENT_RULE_BROKEN']),
  // The trailer of the interchange repeats another number than the header's.
  sample('IFTSTA-edifact-types-1', { 'status-unknown': 1 }, [], ['INTERCHANGE_CONTROL_DIFFERS', OTHER_RELEASE]),
  sample('IFTSTA-edifact-types-2', { 'status-unknown': 1 }, [], [OTHER_RELEASE]),
  // The partner's UNB says nothing.
  sample(
    'APERAK-edi-net-1',
    {},
    ['INTERCHANGE_HEADER_ELEMENT', 'INTERCHANGE_TRAILER_MISSING'],
    ['INTERCHANGE_CONTROL_DIFFERS', 'INTERCHANGE_HEADER_ELEMENT'],
  ),
  // A name and a street of more than 35 characters.
  sample('RECADV-smooks-1', { received: 1 }, [], ['ELEMENT_TOO_LONG', 'TRAILING_SEPARATORS']),
  // Messages of a DTM alone.
  sample(
    'IFTMIN-edi-net-1',
    {},
    ['SEGMENT_MISSING', 'SET_CONTROL_DIFFERS', 'SET_CONTROL_REPEATED', 'SET_COUNT_WRONG'],
    ['INTERCHANGE_COUNT_WRONG'],
  ),
  // Without UNT and UNZ; then without UNZ.
  sample('ORDERS-ballerina-1', {}, ['INTERCHANGE_TRAILER_MISSING', 'SET_TRAILER_MISSING'], ['ELEMENT_TOO_LONG']),
  sample('ORDERS-pydifact-1', {}, ['INTERCHANGE_TRAILER_MISSING']),
  // Nothing but UNH and UNT.
  sample('ORDERS-pydifact-2', {}, ['SEGMENT_MISSING']),
  sample('ORDERS-pydifact-3', { placed: 1 }, [], ['INTERCHANGE_CONTROL_DIFFERS']),
  // UNT says 22 segments; there are 57, for several orders run together.
  sample('ORDERS-smooks-1', {}, ['SEGMENT_REPEATED', 'SET_COUNT_WRONG'], [OTHER_RELEASE]),
  sample('ORDERS-smooks-2', { placed: 1 }, [], [OTHER_RELEASE]),
  // UNT says 21 segments; there are 18.
  sample('ORDERS-staedi-1', {}, ['SET_COUNT_WRONG'], [OTHER_RELEASE]),
  // Lines are broken anywhere.
  sample('ORDERS-underware-1', {}, ['ELEMENT_CHARACTER', 'SEGMENT_UNKNOWN'], [OTHER_RELEASE]),
  // UNT counts wrongly and names another message; a DTM of the energy market before the RFF it belongs to.
  sample(
    'ORDRSP-edi-net-1',
    {},
    ['SET_CONTROL_DIFFERS', 'SET_COUNT_WRONG'],
    ['ELEMENT_TOO_LONG', 'INTERCHANGE_CONTROL_DIFFERS', OTHER_RELEASE],
  ),
  sample(
    'ORDRSP-edi-net-2',
    {},
    ['SEGMENT_OUT_OF_ORDER', 'SET_CONTROL_DIFFERS', 'SET_COUNT_WRONG'],
    ['ELEMENT_TOO_LONG', 'INTERCHANGE_CONTROL_DIFFERS', OTHER_RELEASE],
  ),
  // An example of every group, with words for amounts and no BGM.
  sample(
    'INVOIC-edi-net-1',
    {},
    ['ELEMENT_CHARACTER', 'ELEMENT_DATE', 'SEGMENT_MISSING', 'SET_CONTROL_DIFFERS', 'SET_COUNT_WRONG'],
    ['INTERCHANGE_HEADER_ELEMENT'],
  ),
  // Dates with a time, said to be without.
  sample('INVOIC-pydifact-1', {}, ['ELEMENT_DATE'], [OTHER_RELEASE]),
  sample('INVOIC-pydifact-2', {}, ['ELEMENT_DATE'], [OTHER_RELEASE]),
  // UNT says 36 segments; there are 35.
  sample('INVOIC-smooks-1', {}, ['SET_COUNT_WRONG'], [OTHER_RELEASE]),
  sample('INVOIC-smooks-2', { issued: 1 }, [], ['ELEMENT_REPEATED', OTHER_RELEASE]),
  // The month 97.
  sample('INVOIC-staedi-1', {}, ['ELEMENT_DATE'], [OTHER_RELEASE]),
  sample('INVOIC-staedi-2', { issued: 1 }, [], [OTHER_RELEASE]),
  // A FII behind the RFF of its party.
  sample('INVOIC-underware-1', {}, ['SEGMENT_OUT_OF_ORDER'], ['ELEMENT_TOO_LONG']),
  // Years and days in the place of each other: 202025021715.
  sample('IFTSTA-omniparser-1', {}, ['ELEMENT_DATE'], ['INTERCHANGE_HEADER_ELEMENT', OTHER_RELEASE]),
];

describe('published sample documents', () => {
  const present = existsSync(FOLDER);
  if (!present) {
    it(`were not tried: there is no folder ${FOLDER}; CROSSDOCK_SAMPLES names another`, () => assert.ok(!present));
    return;
  }
  const dictionaries = createDictionaries();
  let maps: MapLibrary;
  const translate = (bytes: Buffer): TranslatedFile =>
    translateFile(bytes, dictionaries, (document, { standard }) => {
      const map = maps.newest(standard, document.type, document.release, document.segments);
      return map === undefined ? null : { map, partnerId: 'test-partner', timezone: null };
    });

  before(async () => {
    maps = loadMaps(await readFolder('maps', 'maps', ['.yaml', '.lock']), 'maps', dictionaries);
  });

  for (const { file, events, rejected, told } of EXPECTED) {
    it(`${file} ${outcome(events, rejected)}`, () => {
      const translated = translate(readFileSync(pathOf(file)));
      assert.deepEqual(countTypes(translated), events);
      assert.deepEqual(codes(translated, true), rejected);
      assert.deepEqual(codes(translated, false), told);
      for (const { type, data } of translated.events) assert.deepEqual(validateData(type, data), []);
    });
  }

  it('every document of a set that has a map is in the table', () => {
    const sets = new Set(maps.maps.map(({ document }) => document.set));
    const found = globSync(join(FOLDER, '*', '*.edi'))
      .map((path) => basename(path, '.edi'))
      .filter((file) => sets.has(file.split('-')[0] ?? ''));
    assert.deepEqual(EXPECTED.map(({ file }) => file).sort(), found.sort());
  });

  it('are read to at least half of their elements, and what is left unread is known', () => {
    const unread: Record<string, string> = {};
    for (const { file } of EXPECTED) {
      const read = translate(readFileSync(pathOf(file))).readings.filter(({ events }) => events.length > 0);
      if (read.length === 0) continue;
      const tallies = read.map((reading) => reading.tally());
      const known = tallies.reduce((sum, tally) => sum + tally.known, 0);
      assert.ok(2 * known > tallies.reduce((sum, tally) => sum + tally.elements, 0), file);
      unread[file] = [...new Set(read.flatMap((reading) => reading.unread))].join(' ');
    }
    assert.deepEqual(unread, UNREAD_OF_SAMPLES);
  });

  it('of every kind and every standard are read without failing', () => {
    for (const path of globSync(join(FOLDER, '*', '*.edi'))) {
      const { events } = translate(readFileSync(path));
      assert.ok(events.length === 0 || EXPECTED.some(({ file }) => file === basename(path, '.edi')), path);
    }
  });

  it('whose count is made wrong give no event', () => {
    for (const { file, rejected } of EXPECTED) {
      if (rejected.includes('SET_TRAILER_MISSING')) continue; // there is no count
      const text = readFileSync(pathOf(file), 'latin1');
      const wrong = text.replaceAll(/(?<=\b(?:SE|UNT)([*|+]))\d+/g, '1000');
      const translated = translate(Buffer.from(wrong, 'latin1'));
      assert.deepEqual(translated.events, [], file);
      assert.ok(codes(translated, true).includes('SET_COUNT_WRONG'), file);
    }
  });

  it('that are cut off anywhere give no event of what is not whole', () => {
    for (const { file } of EXPECTED) {
      const bytes = readFileSync(pathOf(file));
      const end = bytes.indexOf(isX12(file) ? 'IEA' : 'UNZ'); // of the first interchange, where a file has several
      for (let length = 200; length < end; length += 97) {
        const translated = translate(bytes.subarray(0, length));
        assert.deepEqual(translated.events, [], `${file} cut at ${length}`);
        assert.ok(codes(translated, true).includes('INTERCHANGE_TRAILER_MISSING'), `${file} cut at ${length}`);
      }
    }
  });
});

function isX12(file: string): boolean {
  return /^[0-9]/.test(file);
}

function pathOf(file: string): string {
  return join(FOLDER, isX12(file) ? 'x12' : 'edifact', `${file}.edi`);
}

function countTypes({ events }: TranslatedFile): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of events) {
    const name = type.split('.').at(-2)?.replace('advice-', '') ?? type;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function codes({ findings }: TranslatedFile, rejecting: boolean): readonly string[] {
  const wanted = findings.filter(({ severity }) => (severity === 'rejected') === rejecting);
  return [...new Set(wanted.map(({ code }) => code))].sort();
}

function outcome(events: Expectation['events'], rejected: readonly string[]): string {
  const parts = Object.entries(events).map(([name, count]) => `${count} ${name}`);
  if (parts.length === 0) return 'is rejected';
  return `gives ${parts.join(', ')}${rejected.length > 0 ? ' and is rejected in part' : ''}`;
}
