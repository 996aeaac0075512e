import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFixedWidth } from '../../src/formats/fixed.ts';
import type { FixedLayout } from '../../src/formats/fixed-layout.ts';
import { FORMAT_LIMITS } from '../../src/formats/limits.ts';
import { codes, outline, rawBytes } from './support/trees.ts';

const LAYOUT: FixedLayout = {
  tag: { from: 1, length: 3 },
  records: [
    {
      name: 'header',
      tag: 'HDR',
      fields: [
        { name: 'number', from: 4, length: 6 },
        { name: 'name', from: 10, length: 8 },
      ],
    },
    {
      name: 'line',
      tag: 'LIN',
      fields: [
        { name: 'item', from: 4, length: 6, trim: 'end' },
        { name: 'quantity', from: 10, length: 5, trim: 'start' },
        { name: 'text', from: 15, length: 4, trim: 'none' },
      ],
    },
  ],
};

function read(file: Buffer, layout = LAYOUT) {
  const { findings, records } = readFixedWidth(file, layout);
  const all = [...records];
  return {
    records: all.map(({ node }) => outline(node)),
    findings: codes([...findings, ...all.flatMap((record) => record.findings)]),
  };
}

const HEADER = 'header { number=000123, name=Zürich }';

const READ: readonly (readonly [
  what: string,
  text: string,
  records: readonly string[],
  findings?: readonly string[],
])[] = [
  ['fields by their place', 'HDR000123Berlin  ', ['header { number=000123, name=Berlin }']],
  [
    'characters of several bytes',
    'HDR000123Zürich €!',
    ['header { number=000123, name=Zürich € }'],
    ['FORMAT_RECORD_LENGTH 20'],
  ],
  ['each trimming', 'LIN A1      12  x ', ['line { item= A1, quantity=12, text=  x  }']],
  ['lines whose blanks were cut off', 'HDR0001', ['header { number=0001, name= }']],
  [
    'CRLF, empty and blank lines',
    '\r\nHDR1\r\n   \r\nHDR2\r\n',
    ['header { number=1, name= }', 'header { number=2, name= }'],
  ],
  ['a line of another record', 'XXX1\nHDR1', ['=', 'header { number=1, name= }'], ['FORMAT_RECORD_UNKNOWN 0']],
  [
    'a line that is too long',
    'HDR000123Berlin   more',
    ['header { number=000123, name=Berlin }'],
    ['FORMAT_RECORD_LENGTH 17'],
  ],
];

describe('readFixedWidth', () => {
  for (const [what, text, records, findings = []] of READ) {
    it(`reads ${what}`, () => {
      assert.deepEqual(read(Buffer.from(text)), { records, findings });
    });
  }

  it('counts characters in each encoding', () => {
    for (const file of [Buffer.from('\ufeffHDR000123Zürich'), Buffer.from('\ufeffHDR000123Zürich', 'utf16le')]) {
      assert.deepEqual(read(file), { records: [HEADER], findings: [] });
    }
    const latin1 = read(Buffer.from('HDR000123Zürich', 'latin1'));
    assert.deepEqual(latin1, { records: [HEADER], findings: ['FORMAT_ENCODING 10'] });
  });

  it('reads files of one record without tags', () => {
    const layout = { records: [{ name: 'row', fields: [{ name: 'a', from: 2, length: 1 }] }] };
    assert.deepEqual(read(Buffer.from('12\n34'), layout).records, ['row { a=2 }', 'row { a=4 }']);
  });

  it('refuses a file that is too large', () => {
    const { findings } = readFixedWidth(Buffer.from('HDR1'), LAYOUT, { ...FORMAT_LIMITS, bytes: 3 });
    assert.deepEqual(codes(findings), ['FORMAT_TOO_LARGE 3']);
  });

  it('knows where each field stands, of any text', () => {
    const line = fc.string({ unit: fc.constantFrom('a', '1', ' ', 'é', '€', '\u{1f69a}'), maxLength: 20 });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const file = Buffer.from(lines.map((text) => `LIN${text}`).join('\n'));
        const records = [...readFixedWidth(file, LAYOUT).records];
        for (const [index, { node }] of records.entries()) {
          const characters = [...`LIN${lines[index]}`];
          const expected = [
            characters.slice(3, 9).join('').replace(/ +$/, ''),
            characters.slice(9, 14).join('').replace(/^ +/, ''),
            characters.slice(14, 18).join(''),
          ];
          assert.deepEqual(
            node.children.map(({ text }) => text),
            expected,
          );
          assert.deepEqual(
            node.children.map((child) => rawBytes(file, child).toString()),
            expected,
          );
        }
      }),
    );
  });
});
