import assert from 'node:assert/strict';
import { partText } from '../../src/edi/part-text.ts';
import { readAll } from '../../src/edi/read.ts';
import { findingsOf } from './support/check.ts';
import { una, unb, ung, unh } from './support/edifact.ts';
import { checkAccount } from './support/fingerprint.ts';
import { cutAt, detail, outline, readChunks, texts } from './support/items.ts';
import { bytes, gs, type InterchangeOptions, isa, st } from './support/x12.ts';

/**
 * The cases by which parsers of X12 and EDIFACT were compared before this one was written, and what real files make a reader
 * tolerate. Other parsers lost data in most of them without a word; each is here with the right answer.
 */
interface Case {
  readonly file: string;
  /** What is read, in short. */
  readonly read?: readonly string[];
  /** Texts that stand in the documents, as `TAG text text`. */
  readonly segments?: readonly string[];
  /** Codes of findings that there must be, and of no others that say the envelope is wrong. */
  readonly told?: readonly string[];
}

const set = st('214', 'B10*1*2*SCAC', 'LX*1');
const group = gs('QM', set);
const usual = ['ISA 000000001', 'GS QM 1', '214 0001 (4)', 'GE 1', 'IEA 000000001'];
const second = usual.map((line) => line.replace('000000001', '000000002'));
const next = (options: InterchangeOptions = {}): string => isa({ ...options, controlNumber: '000000002' }, group);
const plain = isa({}, group);
const inSet = (...body: readonly string[]): string => isa({}, gs('QM', st('214', ...body)));

const X12: Readonly<Record<string, Case>> = {
  baseline: { file: plain, read: usual, told: [] },
  'custom separators': { file: isa({ element: '|', component: '<', segment: '!' }, group), read: usual, told: [] },
  'LF terminator': { file: isa({ segment: '\n' }, group), read: usual, told: [] },
  'ISA11=U in 00401': { file: isa({ repetition: 'U' }, group), read: usual, told: [] },
  'LF after terminators': { file: isa({ after: '\n' }, group), read: [...usual, 'blank 1'], told: [] },
  'CRLF after terminators': { file: isa({ after: '\r\n' }, group), read: [...usual, 'blank 2'], told: [] },
  'blanks after IEA': { file: `${plain}   `, read: [...usual, 'blank 3'], told: [] },
  'ISA13 and IEA02 with leading zeros': {
    file: isa({ controlNumber: '000000101' }, group),
    read: usual.map((line) => line.replace('000000001', '000000101')),
    told: [],
  },
  'an ISA13 that is no number': {
    file: isa({ controlNumber: 'A00000001' }, group),
    read: usual.map((line) => line.replace('000000001', 'A00000001')),
    told: ['INTERCHANGE_HEADER_ELEMENT'],
  },
  'repetition and component structure': {
    file: isa({ version: '00501', repetition: '^' }, gs('QM', st('214', 'B10*A:B^C:D'))),
    segments: ['B10 A:B^C:D'],
  },
  'significant spaces in elements': { file: inSet('B10* A  B * *'), segments: ['B10  A  B    '] },
  'BIN with separators inside': {
    file: inSet('BIN*9*~*:GE*1*1', 'LX*1'),
    segments: ['BIN 9 ~*:GE*1*1', 'LX 1'],
    told: [],
  },
  'BIN with CR and LF inside': {
    file: inSet('BIN*4*\r\n\r\n', 'LX*1'),
    segments: ['BIN 4 \r\n\r\n', 'LX 1'],
    told: [],
  },
  '2 interchanges, same separators': { file: plain + next(), read: [...usual, ...second], told: [] },
  '2 interchanges, different separators': {
    file: plain + next({ element: '|', component: '>', segment: '\n' }),
    read: [...usual, ...second],
    told: [],
  },
  'TA1 between ISA and GS': {
    file: isa({}, 'TA1*000000007*240102*1530*A*000', group),
    read: [usual[0] ?? '', 'TA1 000000007', ...usual.slice(1)],
    told: [],
  },
  'missing IEA': {
    file: isa({ trailer: false }, group),
    read: [...usual.slice(0, 4), 'IEA missing'],
    told: ['INTERCHANGE_TRAILER_MISSING'],
  },
  'cut mid-segment': {
    file: plain.slice(0, plain.indexOf('LX') + 3),
    read: ['ISA 000000001', 'GS QM 1', '214 0001 (2) SE missing', 'broken truncated 3', 'GE missing', 'IEA missing'],
    told: ['SET_TRAILER_MISSING', 'GROUP_TRAILER_MISSING', 'INTERCHANGE_TRAILER_MISSING'],
  },
  'missing SE': {
    file: isa({}, gs('QM', st({ type: '214', trailer: false }, 'B10*1*2*SCAC'))),
    read: ['ISA 000000001', 'GS QM 1', '214 0001 (2) SE missing', 'GE 1', 'IEA 000000001'],
    told: ['SET_TRAILER_MISSING'],
  },
  'SE count': { file: isa({}, gs('QM', st({ type: '214', count: 9 }, 'LX*1'))), told: ['SET_COUNT_WRONG'] },
  'GE control mismatch': {
    file: isa({}, gs({ code: 'QM', trailerControlNumber: '9' }, set)),
    told: ['GROUP_CONTROL_DIFFERS'],
  },
  'ISA not 106 long': { file: isa({ padded: false }, group), read: usual, told: ['INTERCHANGE_HEADER_LENGTH'] },
  'BOM before ISA': { file: `\xef\xbb\xbf${plain}`, read: ['byte-order-mark 3', ...usual], told: [] },
  'CRLF before ISA': { file: `\r\n${plain}`, read: ['blank 2', ...usual], told: [] },
  'ISO-8859-1 bytes, default decoder': { file: inSet('N1*ST*CAF\xc9'), segments: ['N1 ST CAFÉ'] },
  'UTF-8 bytes, default decoder': { file: inSet('N1*ST*CAF\xc3\x89'), segments: ['N1 ST CAFÉ'] },
  garbage: { file: 'lorem ipsum', read: ['garbage 11'], told: ['GARBAGE_BETWEEN', 'NOT_EDI'] },
  'empty file': { file: '', read: [], told: ['EMPTY_FILE'] },
};

const message = unh('ORDERS', 'BGM+220+1+9', 'DTM+137:20240102:102');
const usualEdifact = ['UNB 1', 'ORDERS 1 (4)', 'UNZ 1'];
const secondEdifact = ['UNB 2', 'ORDERS 1 (4)', 'UNZ 2'];
const plainEdifact = unb({}, message);
const other = { element: '*', component: '=', segment: '~' };
const inMessage = (options: Parameters<typeof unb>[0], ...body: readonly string[]): string =>
  unb(options, unh('ORDERS', ...body));

const EDIFACT: Readonly<Record<string, Case>> = {
  UNA: { file: una() + plainEdifact, read: usualEdifact, told: [] },
  'no UNA': { file: plainEdifact, read: usualEdifact, told: [] },
  'custom separators': { file: una(other) + unb(other, message), read: usualEdifact, told: [] },
  '`,` decimal mark': {
    file: una({ decimal: ',' }) + inMessage({}, 'BGM+220+1+9', 'MOA+79:12,50'),
    segments: ['MOA 79:12,50'],
    told: [],
  },
  CRLF: { file: unb({ after: '\r\n' }, message), read: [...usualEdifact, 'blank 2'], told: [] },
  escapes: {
    file: inMessage({}, "FTX+AAI+++A?+B?:C?'D??E"),
    segments: ["FTX AAI   A+B:C'D?E"],
    told: [],
  },
  'UNG/UNE': {
    file: unb({}, ung('ORDERS', message)),
    read: ['UNB 1', 'UNG ORDERS 1', 'ORDERS 1 (4)', 'UNE 1', 'UNZ 1'],
    told: [],
  },
  'UNOC accents': {
    file: inMessage({ syntax: 'UNOC:3' }, 'FTX+AAI+++Z\xfcrich'),
    segments: ['FTX AAI   Zürich'],
    told: [],
  },
  'second UNA in file': {
    file: una() + plainEdifact + una(other) + unb({ ...other, reference: '2' }, message),
    read: [...usualEdifact, ...secondEdifact],
    told: [],
  },
  'syntax-4 UNA (`*` in position 8)': {
    file: una({ repetition: '*' }) + unb({ syntax: 'UNOC:4', date: '20240102:1530' }, message),
    read: usualEdifact,
    told: [],
  },
  'BOM before UNA': {
    file: `\xef\xbb\xbf${una()}${plainEdifact}`,
    read: ['byte-order-mark 3', ...usualEdifact],
    told: [],
  },
  'CRLF before UNA': { file: `\r\n${una()}${plainEdifact}`, read: ['blank 2', ...usualEdifact], told: [] },
  'UNOW (UTF-8)': {
    file: inMessage({ syntax: 'UNOW:4', date: '20240102:1530' }, 'FTX+AAI+++\xc5\x81\xc3\xb3d\xc5\xba'),
    segments: ['FTX AAI   Łódź'],
    told: [],
  },
  'UNOA with lowercase (common; strictly illegal)': {
    file: inMessage({ syntax: 'UNOA:3' }, 'FTX+AAI+++lower case'),
    segments: ['FTX AAI   lower case'],
    told: [],
  },
  'CR and LF inside data': { file: inMessage({}, 'FTX+AAI+++A\r\nB'), segments: ['FTX AAI   A\r\nB'] },
  'cut mid-segment': {
    file: plainEdifact.slice(0, plainEdifact.indexOf('DTM') + 4),
    read: ['UNB 1', 'ORDERS 1 (2) UNT missing', 'broken truncated 4', 'UNZ missing'],
    told: ['SET_TRAILER_MISSING', 'INTERCHANGE_TRAILER_MISSING'],
  },
  garbage: { file: 'lorem ipsum', read: ['garbage 11'], told: ['GARBAGE_BETWEEN', 'NOT_EDI'] },
  empty: { file: '', read: [], told: ['EMPTY_FILE'] },
  'missing UNZ': {
    file: unb({ trailer: false }, message),
    read: ['UNB 1', 'ORDERS 1 (4)', 'UNZ missing'],
    told: ['INTERCHANGE_TRAILER_MISSING'],
  },
  'UNT count': { file: unb({}, unh({ type: 'ORDERS', count: 9 }, 'BGM+220+1+9')), told: ['SET_COUNT_WRONG'] },
  'UNZ reference mismatch': { file: unb({ trailerReference: '9' }, message), told: ['INTERCHANGE_CONTROL_DIFFERS'] },
};

const TOLERATED: Readonly<Record<string, Case>> = {
  '1. an ISA that is not 106 bytes, separated as its fourth byte says': {
    file: isa({ padded: false, element: '|', segment: '!' }, group),
    read: usual,
    told: ['INTERCHANGE_HEADER_LENGTH'],
  },
  ...Object.fromEntries(
    ['~', '\n', '\r\n', '!', '$', '.', '|', '?'].map((segment) => [
      `2. terminator ${JSON.stringify(segment)}`,
      { file: isa({ segment }, group), read: usual, told: [] },
    ]),
  ),
  ...Object.fromEntries(
    ['~', '!', '$', '.', '|', '?'].map((segment) => [
      `2. terminator ${segment} and a line break after it`,
      { file: isa({ segment, after: '\r\n' }, group), read: [...usual, 'blank 2'], told: [] },
    ]),
  ),
  '2. a line break inside an element stays': { file: inSet('N1*ST*A\r\nB'), segments: ['N1 ST A\r\nB'] },
  ...Object.fromEntries(
    ['"', ':', '`', '>', '<', '\\', '\x1f'].map((component) => [
      `3. component separator ${JSON.stringify(component)}`,
      { file: isa({ component }, group), read: usual, told: [] },
    ]),
  ),
  '3. ISA11 U in 00501, which is noted': {
    file: isa({ version: '00501', repetition: 'U' }, group),
    read: usual,
    told: [],
  },
  '3. ISA11 ^ in 00401': { file: isa({ repetition: '^' }, gs('QM', st('214', 'B10*A^B'))), segments: ['B10 A^B'] },
  '3. ISA11 junk in 00501': {
    file: isa({ version: '00501', repetition: ' ' }, group),
    read: usual,
    told: ['INTERCHANGE_DELIMITERS'],
  },
  '4. a fragment ST to SE, which is told as no interchange': {
    file: 'ST*214*0001~B10*1*2*SCAC~SE*3*0001~',
    read: ['garbage 35'],
    told: ['GARBAGE_BETWEEN', 'NOT_EDI'],
  },
  '4. a fragment UNH to UNT, which is told as no interchange': {
    file: "UNH+1+ORDERS:D:96A:UN'UNT+2+1'",
    read: ['garbage 30'],
    told: ['GARBAGE_BETWEEN', 'NOT_EDI'],
  },
  '5. lines in place of the terminator': {
    file: unb({ segment: '\n' }, message),
    read: usualEdifact,
    told: ['INTERCHANGE_DELIMITERS'],
  },
  '5. a decimal comma and points mixed': {
    file: una({ decimal: ',' }) + inMessage({}, 'BGM+220+1+9', 'MOA+79:12,50', 'MOA+79:12.50'),
    segments: ['MOA 79:12,50', 'MOA 79:12.50'],
  },
  '5. several message types in an interchange': {
    file: unb({}, message, unh('DESADV'), unh('INVRPT')),
    read: ['UNB 1', 'ORDERS 1 (4)', 'DESADV 2 (2)', 'INVRPT 3 (2)', 'UNZ 1'],
    told: [],
  },
  '5. a UNB with empty elements at its end': { file: unb({ rest: '++++++' }, message), read: usualEdifact },
  '5. routing in the UNB': {
    file: unb({ sender: 'SENDER:14:SUB', receiver: 'RECEIVER:14:ROUTE' }, message),
    read: usualEdifact,
    told: [],
  },
  '6. UNE count': { file: unb({}, ung({ code: 'ORDERS', count: 7 }, message)), told: ['GROUP_COUNT_WRONG'] },
  '6. UNZ count': { file: unb({ count: 7 }, message), told: ['INTERCHANGE_COUNT_WRONG'] },
  '6. GE count': { file: isa({}, gs({ code: 'QM', count: 7 }, set)), told: ['GROUP_COUNT_WRONG'] },
  '6. IEA count': { file: isa({ count: 7 }, group), told: ['INTERCHANGE_COUNT_WRONG'] },
  '6. GS01 that does not match ST01': { file: isa({}, gs('SH', set)), told: ['SET_NOT_IN_GROUP'] },
  '6. SE02 that is not ST02': {
    file: isa({}, gs('QM', st({ type: '214', trailerControlNumber: '9999' }, 'LX*1'))),
    told: ['SET_CONTROL_DIFFERS'],
  },
  '6. UNT reference that is not that of the UNH': {
    file: unb({}, unh({ type: 'ORDERS', trailerReference: '9' }, 'BGM+220+1+9')),
    told: ['SET_CONTROL_DIFFERS'],
  },
  '7. UTF-8 in UNOA': { file: inMessage({}, 'FTX+AAI+++Z\xc3\xbcrich'), segments: ['FTX AAI   Zürich'] },
  '7. UNOC in ISO 8859-1': { file: inMessage({ syntax: 'UNOC:3' }, 'FTX+AAI+++\xe9'), segments: ['FTX AAI   é'] },
};

/** Findings above segments: what is wrong with envelopes and bytes. */
function envelopeCodes(file: Buffer): readonly string[] {
  const outside = ['interchange', 'group', 'document'];
  const told = findingsOf(file).filter(
    ({ ack, severity }) => severity !== 'note' && outside.includes(ack?.level ?? ''),
  );
  return told.map(({ code }) => code);
}

function shown(file: Buffer): readonly string[] {
  return readAll(file).flatMap((item) =>
    item.kind === 'document' ? texts(item.document.segments).map(([, , ...parts]) => parts.join(' ')) : [],
  );
}

function check({ file, read, segments = [], told }: Case): void {
  const whole = bytes(file);
  const items = readAll(whole);
  checkAccount(items, whole);
  if (read !== undefined) assert.deepEqual(outline(items), read);
  for (const segment of segments) assert.ok(shown(whole).includes(segment), shown(whole).join('\n'));
  if (told !== undefined) assert.deepEqual(envelopeCodes(whole), told);
}

for (const [title, cases] of [
  ['the cases of X12 parsers', X12],
  ['the cases of EDIFACT parsers', EDIFACT],
  ['what real files make a reader tolerate', TOLERATED],
] as const) {
  describe(title, () => {
    for (const [name, one] of Object.entries(cases)) it(name, () => check(one));
  });
}

describe('what parsers lose between two chunks', () => {
  const released = bytes(inMessage({}, "FTX+AAI+++A?+B?:C?'D??E", 'FTX+AAI+++??'));
  const cases: readonly (readonly [title: string, file: Buffer, places: (file: Buffer) => readonly number[]])[] = [
    ['a chunk that ends on a terminator', bytes(plain), (file) => placesOf(file, '~')],
    ['a chunk that ends on a release character', released, (file) => placesOf(file, '?')],
    ['a chunk that ends inside the UNA', bytes(una() + plainEdifact), () => [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['a first chunk of less than 106 bytes', bytes(plain), () => Array.from({ length: 106 }, (_, at) => at)],
    ['a last chunk that is short', bytes(plain), (file) => Array.from({ length: 113 }, (_, at) => file.length - at)],
  ];
  for (const [title, file, places] of cases) {
    it(title, () => {
      const whole = detail(readAll(file));
      const cuts = places(file);
      assert.ok(cuts.length > 0);
      for (const cut of cuts) assert.deepEqual(detail(readChunks(cutAt(file, [cut]))), whole, `cut at ${cut}`);
    });
  }

  it('a reader is not spoilt by a file that could not be read', () => {
    assert.deepEqual(outline(readAll(bytes(plainEdifact.slice(0, 40)))), ['truncated 40']);
    assert.deepEqual(outline(readAll(bytes(plainEdifact))), usualEdifact);
  });

  it('components and repetitions are told apart by the delimiters of their interchange', () => {
    const [item] = readAll(
      bytes(isa({ version: '00501', repetition: '^' }, gs('QM', st('214', 'B10*A:B^C:D')))),
    ).filter(({ kind }) => kind === 'document');
    assert.ok(item?.kind === 'document');
    const { segments } = item.document;
    assert.deepEqual(
      [partText(segments, 1, 1, 1), partText(segments, 1, 1, 2), partText(segments, 1, 1, null)],
      ['A', 'B', 'A:B'],
    );
  });
});

/** The places behind a character. */
function placesOf(file: Buffer, character: string): readonly number[] {
  return [...file.entries()].flatMap(([at, byte]) => (byte === character.charCodeAt(0) ? [at + 1] : []));
}
