import assert from 'node:assert/strict';
import { delimiterText } from '../../../src/edi/delimiters.ts';
import { readAll } from '../../../src/edi/read.ts';
import { checkBytes, cutAt, detail, outline, readChunks } from '../support/items.ts';
import { SAMPLES_VARIABLE, sampleFiles, samplesFolder } from '../support/samples.ts';

/** What a file holds, counted by hand: syntax, release of its messages, outline; separators where they are not the usual. */
type Expected = readonly [syntax: string, release: string, outline: readonly string[], delimiters?: string];

/** Element, component, repetition, release, terminator. */
const USUAL = "+:?'";
const REPEATING = "+:*?'";

const EXPECTED: Readonly<Record<string, Expected>> = {
  // A UNB with nothing but a reference stands before the real one, which has none.
  'APERAK-edi-net-1.edi': ['', 'D96A', ['UNB 4', 'UNZ missing', 'blank 1', 'UNB ', 'APERAK 041310181 (9)', 'UNZ 4']],
  'IFTMIN-edi-net-1.edi': [
    'UNOC:3',
    'D96A',
    [
      'byte-order-mark 3',
      'UNB 581575491',
      ...['IFTMIN 42 (3)', 'INVOIC 44 (3)', 'IFTMIN 43 (3)', 'INVOIC 44 (3)'],
      'UNZ 581575491',
    ],
  ],
  'IFTSTA-edifact-types-1.edi': ['UNOC:2', 'D00B', ['UNB 2803570', 'IFTSTA 2805567 (31)', 'UNZ 2805570', 'blank 1']],
  'IFTSTA-edifact-types-2.edi': ['UNOC:2', 'D00B', ['UNB 3724322', 'IFTSTA 2805567 (31)', 'UNZ 3724322']],
  'IFTSTA-omniparser-1.edi': [
    'UNOC:3',
    'D04A',
    [
      'UNB 20202502171538',
      ...['IFTSTA 1 (24)', 'IFTSTA 2 (12)', 'IFTSTA 3 (12)', 'IFTSTA 4 (12)', 'IFTSTA 5 (12)'],
      'UNZ 20202502171538',
    ],
  ],
  'INVOIC-edi-net-1.edi': ['IATB:1', 'D01B', ['byte-order-mark 3', 'UNB 1', 'INVOIC 12 (102)', 'UNZ 1', 'blank 1']],
  'INVOIC-pydifact-1.edi': ['UNOA:1', 'D97A', ['UNB PAYO0012101221', 'INVOIC 1 (24)', 'UNZ PAYO0012101221', 'blank 1']],
  'INVOIC-pydifact-2.edi': ['UNOA:1', 'D97A', ['UNB PAYO0012101221', 'INVOIC 1 (24)', 'UNZ PAYO0012101221', 'blank 1']],
  'INVOIC-smooks-1.edi': ['UNOC:4', 'D03B', ['UNB 17', 'INVOIC 30 (35)', 'UNZ 17', 'blank 1'], REPEATING],
  'INVOIC-smooks-2.edi': ['UNOC:4', 'D03B', ['UNB 17', 'INVOIC 30 (36)', 'UNZ 17', 'blank 1'], REPEATING],
  'INVOIC-staedi-1.edi': ['UNOA:2', 'D93A', ['UNB 9908021557', 'INVOIC INVOIC0001 (28)', 'UNZ 9908021557']],
  'INVOIC-staedi-2.edi': [
    'UNOA:3',
    'D97B',
    ['UNB 00000000000778', 'INVOIC 00000000000117 (24)', 'UNZ 00000000000778', 'blank 1'],
    '*=?~',
  ],
  'INVOIC-underware-1.edi': ['UNOD:3', 'D96A', ['UNB 1065032', 'INVOIC 106503200001 (155)', 'UNZ 1065032']],
  'ORDERS-ballerina-1.edi': ['UNOC:3', 'D96A', ['UNB 3', 'ORDERS 1 (44) UNT missing', 'UNZ missing']],
  'ORDERS-pydifact-1.edi': ['UNOA:4', 'D96A', ['UNB 807', 'ORDERS 1 (16)', 'UNZ missing', 'blank 1']],
  'ORDERS-pydifact-2.edi': ['UNOC:1', 'D96A', ['UNB 42', 'ORDERS 1 (2)', 'UNZ 42']],
  'ORDERS-pydifact-3.edi': ['UNOC:3', 'D96A', ['UNB 1', 'ORDERS 1 (9)', 'UNZ 1234567']],
  'ORDERS-smooks-1.edi': ['UNOA:4', 'D03B', ['UNB 6002', 'ORDERS SSDD1 (57)', 'UNZ 6002', 'blank 1'], REPEATING],
  'ORDERS-smooks-2.edi': ['UNOA:4', 'D03B', ['UNB 6002', 'ORDERS SSDD1 (22)', 'UNZ 6002', 'blank 1'], REPEATING],
  'ORDERS-staedi-1.edi': [
    'UNOA:3',
    'D96B',
    ['UNB 2722166169492', 'UNG ORDERS 1', 'ORDERS 1 (18)', 'UNE 1', 'UNZ 2722166169492'],
  ],
  // Lines of a fixed length: line breaks stand inside a tag and inside an element.
  'ORDERS-underware-1.edi': ['UNOA:3', 'D93A', ['UNB 9608', 'ORDERS 00009608000001 (119)', 'UNZ 9608', 'blank 1']],
  'ORDRSP-edi-net-1.edi': [
    'UNOC:3',
    'D10A',
    ['byte-order-mark 3', 'UNB DAREFNR0000001', 'ORDRSP 9IMX20YSP0009 (30)', 'UNZ DAREFNR00001'],
  ],
  'ORDRSP-edi-net-2.edi': ['UNOC:3', 'D10A', ['UNB DAREFNR0000001', 'ORDRSP 9IMX20YSP0009 (31)', 'UNZ DAREFNR00001']],
  'RECADV-smooks-1.edi': ['UNOA:3', 'D01B', ['UNB 000002', 'RECADV 1 (24)', 'UNZ 000002', 'blank 1']],
};

const folder = samplesFolder();

describe('the published EDIFACT samples', () => {
  if (folder === null) {
    const note = `not read: there is no samples folder (set ${SAMPLES_VARIABLE})`;
    console.log(`EDIFACT samples ${note}`);
    it(`are ${note}`, () => {});
    return;
  }
  const files = sampleFiles(folder, 'edifact');

  it('are all expected', () => assert.deepEqual([...files.keys()], Object.keys(EXPECTED)));

  for (const [name, [syntax, release, lines, delimiters = USUAL]] of Object.entries(EXPECTED)) {
    it(`${name} is read as a person reads it`, () => {
      const items = readAll(files.get(name) ?? Buffer.alloc(0));
      assert.deepEqual(outline(items), lines);
      const [header] = items.flatMap((item) => (item.kind === 'interchange' ? [item.interchange] : []));
      const { element, component, repetition, release: released, segment } = header?.delimiters ?? {};
      const shown = [element, component, repetition, released, segment].map(
        (byte) => delimiterText(byte ?? null) ?? '',
      );
      assert.deepEqual([header?.version, shown.join(''), header?.irregularHeader], [syntax, delimiters, false]);
      for (const item of items) if (item.kind === 'document') assert.equal(item.document.release, release);
    });
  }

  for (const [name, file] of files) {
    it(`${name} is accounted for to the byte, whole and in pieces`, () => {
      const items = readAll(file);
      checkBytes(items, file.length);
      assert.ok(items.every((item) => item.kind !== 'broken' && item.kind !== 'stray'));
      const pieces = Array.from({ length: Math.floor(file.length / 7) }, (_, index) => 7 * index);
      assert.deepEqual(detail(readChunks(cutAt(file, pieces))), detail(items));
    });
  }
});
