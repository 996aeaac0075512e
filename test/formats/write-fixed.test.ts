import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFixedWidth } from '../../src/formats/fixed.ts';
import type { FixedLayout } from '../../src/formats/fixed-layout.ts';
import { writeFixedWidth } from '../../src/formats/write-fixed.ts';
import type { PlainNode } from '../../src/formats/writing.ts';
import { bytesOf, plain, refusalsOf, withoutPlaces } from './support/trees.ts';

const LAYOUT: FixedLayout = {
  tag: { from: 1, length: 3 },
  records: [
    {
      name: 'header',
      tag: 'HDR',
      fields: [
        { name: 'number', from: 5, length: 6 },
        { name: 'name', from: 11, length: 8 },
      ],
    },
    {
      name: 'line',
      tag: 'LI',
      fields: [
        { name: 'item', from: 4, length: 6, trim: 'end' },
        { name: 'quantity', from: 10, length: 5, trim: 'start' },
        { name: 'text', from: 15, length: 4, trim: 'none' },
      ],
    },
    { name: 'whole', tag: 'ALL', fields: [{ name: 'all', from: 1, length: 5 }] },
  ],
};

const record = (name: string, fields: Readonly<Record<string, string>>): PlainNode =>
  plain(
    'record',
    name,
    Object.entries(fields).map(([field, text]) => plain('text', field, text)),
  );

const WRITTEN: readonly (readonly [what: string, record: PlainNode, line: string])[] = [
  ['fields in their place', record('header', { number: '000123', name: 'Berlin' }), 'HDR 000123Berlin  '],
  ['characters of several bytes', record('header', { number: '1', name: 'Zürich €' }), 'HDR 1     Zürich €'],
  ['each trimming', record('line', { item: ' A1', quantity: '12', text: ' x  ' }), 'LI  A1      12 x  '],
  ['fields that are absent', record('line', { quantity: '7' }), 'LI           7    '],
  ['a field that shows the tag', record('whole', { all: 'ALL 1' }), 'ALL 1'],
];

const REFUSED: readonly (readonly [what: string, record: PlainNode, refusal: string])[] = [
  ['a value that is too long', record('header', { number: '1234567' }), 'width fixed/record[1]/number'],
  [
    'a value that does not fill a field that is not trimmed',
    record('line', { text: 'x' }),
    'width fixed/record[1]/text',
  ],
  ['blanks that would be trimmed', record('header', { name: ' x' }), 'value fixed/record[1]/name'],
  ['a line break', record('header', { name: 'a\nb' }), 'character fixed/record[1]/name'],
  ['half of a character', record('header', { name: '\ud800' }), 'character fixed/record[1]/name'],
  ['a byte order mark', record('header', { name: '\ufeff' }), 'character fixed/record[1]/name'],
  ['a field that the record has not', record('header', { item: 'x' }), 'name fixed/record[1]/item'],
  ['a record that the layout has not', record('footer', {}), 'name fixed/record[1]'],
  ['a field that contradicts the tag', record('whole', { all: 'HDR 1' }), 'value fixed/record[1]/all'],
];

describe('writeFixedWidth', () => {
  for (const [what, node, line] of WRITTEN) {
    it(`writes ${what}`, () => {
      assert.equal(bytesOf(writeFixedWidth([node, node], LAYOUT)).toString(), `${line}\r\n${line}\r\n`);
    });
  }

  for (const [what, node, refusal] of REFUSED) {
    it(`refuses ${what}`, () => assert.deepEqual(refusalsOf(writeFixedWidth([node], LAYOUT)), [refusal]));
  }

  it('refuses a character that the encoding has not', () => {
    const writing = writeFixedWidth([record('header', { name: 'Łódź' })], LAYOUT, { encoding: 'iso-8859-1' });
    assert.deepEqual(refusalsOf(writing), ['encoding fixed/record[1]/name']);
  });

  it('refuses a blank line, which is no record', () => {
    const layout = { records: [{ name: 'row', fields: [{ name: 'a', from: 1, length: 3 }] }] };
    assert.deepEqual(refusalsOf(writeFixedWidth([record('row', { a: '' })], layout)), ['value fixed/record[1]']);
  });

  it('says where, what is wrong and what to do', () => {
    const writing = writeFixedWidth([record('header', {}), record('header', { number: '1234567' })], LAYOUT);
    assert.equal(
      !writing.ok && writing.refusals[0]?.text,
      'fixed/record[2]/number: "1234567" has 7 characters in a field of 6 characters at most. Change the value.',
    );
  });
});

describe('Any records that are written in fixed width', () => {
  const unit = fc.constantFrom('a', '1', ' ', 'é', '€', '\u{1f69a}', '\t');
  const field = (length: number) => fc.string({ unit, maxLength: length });
  const header = fc
    .tuple(field(6), field(8))
    .map(([number, name]) =>
      record('header', { number: number.replace(/^ +| +$/g, ''), name: name.replace(/^ +| +$/g, '') }),
    );
  const line = fc
    .tuple(field(6), field(5), fc.string({ unit, minLength: 4, maxLength: 4 }))
    .map(([item, quantity, text]) =>
      record('line', { item: item.replace(/ +$/, ''), quantity: quantity.replace(/^ +/, ''), text }),
    );

  it('are read as the same records, and written again as the same bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(header, line), { maxLength: 6 }),
        fc.record(
          { lineBreak: fc.constantFrom('\n', '\r\n'), encoding: fc.constantFrom('utf-8', 'utf-16le') },
          { noNullPrototype: true },
        ),
        (records, how) => {
          const bytes = bytesOf(writeFixedWidth(records, LAYOUT, how));
          const read = [...readFixedWidth(bytes, LAYOUT).records].map(({ node, findings }) => {
            assert.deepEqual(findings, []);
            return withoutPlaces(node);
          });
          assert.deepEqual(read, records);
          assert.deepEqual(bytesOf(writeFixedWidth(read, LAYOUT, how)), bytes);
        },
      ),
      { numRuns: 500 },
    );
  });
});
