import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { readCsv } from '../../src/formats/csv.ts';
import { type CsvWriteOptions, writeCsv } from '../../src/formats/write-csv.ts';
import type { PlainNode } from '../../src/formats/writing.ts';
import { bytesOf, plain, refusalsOf, withoutPlaces } from './support/trees.ts';

const record = (cells: Readonly<Record<string, string>>): PlainNode =>
  plain(
    'record',
    'record',
    Object.entries(cells).map(([name, text]) => plain('text', name, text)),
  );
const COLUMNS: CsvWriteOptions = { columns: ['a', 'b'] };

const WRITTEN: readonly (readonly [
  what: string,
  cells: Readonly<Record<string, string>>,
  csv: string,
  options?: Partial<CsvWriteOptions>,
])[] = [
  ['cells by their column', { b: '2', a: '1' }, 'a,b\r\n1,2\r\n'],
  ['texts as they are', { a: '00123', b: '1e5' }, 'a,b\r\n00123,1e5\r\n'],
  ['cells that are absent', { b: '2' }, 'a,b\r\n,2\r\n'],
  ['what means something to CSV', { a: '1,5', b: 'say "hi"' }, 'a,b\r\n"1,5","say ""hi"""\r\n'],
  ['line breaks', { a: 'x\ny', b: 'x\r\ny' }, 'a,b\r\n"x\ny","x\r\ny"\r\n'],
  ['blanks at the ends', { a: ' 1', b: '' }, 'a,b\r\n" 1",\r\n'],
  ['other marks', { a: '1;5', b: "it's" }, "a;b\n'1;5';'it''s'\n", { delimiter: ';', quote: "'", lineBreak: '\n' }],
  ['every cell in quotes', { a: '1' }, '"a","b"\r\n"1",""\r\n', { quoteAll: true }],
  ['a record whose only cell is empty', {}, 'a\r\n""\r\n', { columns: ['a'] }],
  ['no header', { 1: 'x' }, 'x,\r\n', { columns: ['1', '2'], header: false }],
  [
    'marks that mean something to patterns',
    { a: '^]\\', b: '-' },
    'a^b\r\n-^]\\-^----\r\n',
    { delimiter: '^', quote: '-' },
  ],
];

const REFUSED: readonly (readonly [
  what: string,
  cells: Readonly<Record<string, string>>,
  refusal: string,
  options?: Partial<CsvWriteOptions>,
])[] = [
  ['a cell of no column', { c: '1' }, 'name csv/record[1]/c'],
  ['a control character', { a: 'x\u0000' }, 'character csv/record[1]/a'],
  ['half of a character', { a: '\ud800' }, 'character csv/record[1]/a'],
  ['a character that the encoding has not', { b: '€' }, 'encoding csv/record[1]/b', { encoding: 'iso-8859-1' }],
  ['two columns of a name', {}, 'repeated csv/header', { columns: ['a', 'a'] }],
  ['a column without name', {}, 'name csv/header', { columns: ['a', ''] }],
  ['a name with blanks around', {}, 'name csv/header', { columns: ['a '] }],
  ['a name in a table without header', {}, 'name csv', { columns: ['1', 'b'], header: false }],
  ['delimiters that are the same', {}, 'value csv', { delimiter: '"' }],
  ['a letter as delimiter', {}, 'value csv', { delimiter: 'x' }],
  ['two delimiters', {}, 'value csv', { delimiter: '][' }],
];

describe('writeCsv', () => {
  for (const [what, cells, csv, options] of WRITTEN) {
    it(`writes ${what}`, () => {
      assert.equal(bytesOf(writeCsv([record(cells)], { ...COLUMNS, ...options })).toString(), csv);
    });
  }

  for (const [what, cells, refusal, options] of REFUSED) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(refusalsOf(writeCsv([record(cells)], { ...COLUMNS, ...options })), [refusal]);
    });
  }

  it('refuses what is no record, what is no cell, and a cell twice', () => {
    const cells = [plain('text', 'a', '1'), plain('text', 'a', '2'), plain('number', 'b', '3')];
    const records = [record({ a: '1' }), plain('record', 'record', cells), plain('object', '')];
    assert.deepEqual(refusalsOf(writeCsv(records, COLUMNS)), [
      'repeated csv/record[2]/a',
      'kind csv/record[2]/b',
      'kind csv/record[3]',
    ]);
  });

  it('says where, what is wrong and what to do', () => {
    const writing = writeCsv([record({ a: 'Łódź' })], { ...COLUMNS, encoding: 'windows-1252' });
    assert.equal(
      !writing.ok && writing.refusals[0]?.text,
      'csv/record[1]/a: "Łódź" holds "Ł" (U+0141), which the encoding has not. Choose another encoding, or change the value.',
    );
  });

  it('writes each encoding', () => {
    const rows = [record({ a: 'Zürich €' })];
    for (const [encoding, expected] of [
      ['utf-8', Buffer.from('a\r\nZürich €\r\n')],
      ['utf-16le', Buffer.from('\ufeffa\r\nZürich €\r\n', 'utf16le')],
      ['windows-1252', Buffer.from('a\r\nZ\xfcrich \x80\r\n', 'latin1')],
    ] as const) {
      assert.deepEqual(bytesOf(writeCsv(rows, { columns: ['a'], encoding })), expected);
    }
  });
});

describe('Any table that is written as CSV', () => {
  const cell = fc
    .string({
      unit: fc.oneof(
        fc.constantFrom(...',;|"\'\n\r\t é€\ufeff'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 6,
    })
    .map((text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ''));
  const column = cell.map((text) => text.trim()).filter((text) => text !== '');
  const table = fc.boolean().chain((header) =>
    (header
      ? fc.uniqueArray(column, { minLength: 1, maxLength: 4 })
      : fc.integer({ min: 1, max: 4 }).map((width) => Array.from({ length: width }, (_, index) => `${index + 1}`))
    ).chain((columns) =>
      fc.record(
        {
          columns: fc.constant(columns),
          header: fc.constant(header),
          rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
            minLength: 1,
            maxLength: 5,
          }),
        },
        { noNullPrototype: true },
      ),
    ),
  );
  const how = fc.record(
    {
      delimiter: fc.constantFrom(',', ';', '\t', '|', '^', '\\'),
      quote: fc.constantFrom('"', "'"),
      lineBreak: fc.constantFrom('\n', '\r\n'),
      encoding: fc.constantFrom('utf-8', 'utf-16le', 'windows-1252'),
      quoteAll: fc.boolean(),
    },
    { noNullPrototype: true },
  );

  it('is read as the same records, and written again as the same bytes', () => {
    fc.assert(
      fc.property(table, how, ({ columns, header, rows }, style) => {
        const records = rows.map((texts) =>
          plain(
            'record',
            'record',
            texts.map((text, index) => plain('text', columns[index] ?? '', text)),
          ),
        );
        const writing = writeCsv(records, { ...style, columns, header });
        if (style.encoding === 'windows-1252') {
          // A table does not say its encoding: what looks like UTF-8 is read as that.
          if (!writing.ok) {
            assert.ok(writing.refusals.every(({ reason }) => reason === 'encoding'));
            return;
          }
          fc.pre(!isUtf8(writing.bytes) || /^[^\u0080-\u{10ffff}]*$/u.test(JSON.stringify([columns, rows])));
        }
        const bytes = bytesOf(writing);
        const read = readCsv(bytes, { delimiter: style.delimiter, quote: style.quote, header });
        assert.deepEqual(read.columns, columns);
        const all = [...read.records].map(({ node, findings }) => {
          assert.deepEqual(findings, []);
          return withoutPlaces(node);
        });
        assert.deepEqual(all, records);
        assert.deepEqual(bytesOf(writeCsv(all, { ...style, columns, header })), bytes);
      }),
      { numRuns: 500 },
    );
  });
});
