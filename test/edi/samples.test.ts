import assert from 'node:assert/strict';
import { readAll } from '../../src/edi/read.ts';
import { checkBytes, cutAt, detail, outline, readChunks } from './support/items.ts';
import { SAMPLES_VARIABLE, sampleFiles, samplesFolder } from './support/samples.ts';

/** What each file holds, counted by hand: interchange, group, sets with their segments, trailers. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  '214-edi-net-1.edi': ['ISA 000082265', 'GS QM 82265', '214 822650001 (16)', 'GE 82265', 'IEA 000082265', 'blank 1'],
  '214-edi-net-2.edi': [
    'byte-order-mark 3',
    'ISA 000082265',
    'GS QM 82265',
    '214 822650001 (16)',
    'GE 82265',
    'IEA 000082265',
  ],
  '214-x12-types-1.edi': ['ISA 001', 'GS QM 001', '214 001 (13)', '214 002 (12)', 'GE 001', 'IEA 001'],
  '214-x12-types-2.edi': ['ISA 000003438', 'GS QM 2510', '214 0001 (27)', 'GE 2510', 'IEA 000002510'],
  // Two segments end with another terminator and belong to the one before; SE01 says 25.
  '856-stupidedi-2.edi': [
    'ISA 000000089',
    'GS SH 000000089',
    '856 0000001 (22)',
    'GE 000000089',
    'IEA 000000089',
    'blank 1',
  ],
  '856-stupidedi-1.edi': ['ISA 000000001', 'GS SH 1', '856 0001 (47)', '856 0002 (19)', 'GE 1', 'IEA 000000001'],
  '856-vscode-edi-1.edi': ['ISA 990000002', 'GS SH 3', '856 0001 (39)', 'GE 3', 'IEA 990000002'],
  '856-x12-types-1.edi': ['ISA 000000001', 'GS SH 0001', '856 0001 (18)', 'GE 0001', 'IEA 000000001'],
  '856-x12-types-2.edi': ['ISA 000012152', 'GS SH 12467', '856 12159 (13)', 'GE 12467', 'IEA 000012152'],
  '940-x12-types-1.edi': ['ISA 999999999', 'GS OW 999999999', '940 9999 (3)', 'GE 999999999', 'IEA 999999999'],
  '940-x12-types-2.edi': ['ISA 000575103', 'GS OW 575103', '940 0001 (34)', 'GE 575103', 'IEA 000575103'],
  // A W01 has lost its terminator and holds the PI that follows; SE01 agrees.
  '940-x12-types-3.edi': ['ISA 000000007', 'GS OW 4311', '940 43110001 (20)', 'GE 4311', 'IEA 000000007'],
  '940-x12-types-4.edi': ['ISA 000000028', 'GS OW 4332', '940 43320001 (19)', 'GE 4332', 'IEA 000000028'],
  '940-x12-types-5.edi': ['ISA 000000009', 'GS OW 4313', '940 43130001 (14)', 'GE 4313', 'IEA 000000009'],
  '940-x12-types-6.edi': ['ISA 000000009', 'GS OW 4313', '940 43130001 (3)', 'GE 4313', 'IEA 000000009'],
  '940-x12-types-7.edi': ['ISA 000000009', 'GS OW 4313', '940 43130001 (3)', 'GE 4313', 'IEA 000000009'],
  '940-x12-types-8.edi': ['ISA 000000009', 'GS OW 4313', '940 43130001 (3)', 'GE 4313', 'IEA 000000009'],
  '945-x12-types-1.edi': ['ISA 000000001', 'GS SW 1', '945 0001 (5)', 'GE 1', 'IEA 000000001'],
};

/** ISA that are not the fixed 106 bytes, and the separators of all of them: element, component, terminator. */
const IRREGULAR: ReadonlySet<string> = new Set([
  ...['214-edi-net-2.edi', '214-x12-types-1.edi', '856-stupidedi-1.edi', '856-x12-types-1.edi', '856-x12-types-2.edi'],
  ...[1, 4, 5, 6, 7, 8].map((number) => `940-x12-types-${number}.edi`),
]);
const DELIMITERS: Readonly<Record<string, string>> = {
  '214-edi-net-1.edi': '*>~',
  '214-edi-net-2.edi': '*>~',
  '214-x12-types-1.edi': '*:~',
  '214-x12-types-2.edi': '*>~',
  '856-stupidedi-1.edi': '*@!',
  '856-stupidedi-2.edi': '*{$',
  '856-vscode-edi-1.edi': '|>~',
  '856-x12-types-1.edi': '*:~',
  '856-x12-types-2.edi': '*>~',
  '940-x12-types-1.edi': '*.~',
  '940-x12-types-2.edi': '*\\~',
  '940-x12-types-3.edi': '*\\~',
  '940-x12-types-4.edi': '*.~',
  '940-x12-types-5.edi': '*.~',
  '940-x12-types-6.edi': '*.~',
  '940-x12-types-7.edi': '*.~',
  '940-x12-types-8.edi': '*:~',
  '945-x12-types-1.edi': '*>~',
};

const folder = samplesFolder();

describe('the published X12 samples', () => {
  if (folder === null) {
    const note = `not read: there is no samples folder (set ${SAMPLES_VARIABLE})`;
    console.log(`X12 samples ${note}`);
    it(`are ${note}`, () => {});
    return;
  }
  const files = sampleFiles(folder, 'x12');

  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`${name} is read as a person reads it`, () => {
      const file = files.get(name);
      assert.ok(file !== undefined, 'the file is there');
      const items = readAll(file);
      assert.deepEqual(outline(items), expected);
      const header = items.find((item) => item.kind === 'interchange');
      assert.ok(header?.kind === 'interchange');
      const { element, component, segment } = header.interchange.delimiters;
      const shown = [element, component ?? 0x2e, segment].map((byte) => String.fromCharCode(byte)).join('');
      assert.equal(shown, DELIMITERS[name]);
      assert.equal(header.interchange.irregularHeader, IRREGULAR.has(name));
    });
  }

  for (const [name, file] of files) {
    it(`${name} is accounted for to the byte, whole and in pieces`, () => {
      const items = readAll(file);
      checkBytes(items, file.length);
      assert.ok(items.some((item) => item.kind === 'interchange-end' && item.trailer !== null));
      assert.ok(items.every((item) => item.kind !== 'broken' && !(item.kind === 'gap' && item.reason === 'garbage')));
      const pieces = Array.from({ length: Math.floor(file.length / 7) }, (_, index) => 7 * index);
      assert.deepEqual(detail(readChunks(cutAt(file, pieces))), detail(items));
    });
  }
});
