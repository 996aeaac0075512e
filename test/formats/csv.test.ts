import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CsvOptions, readCsv } from '../../src/formats/csv.ts';
import { FORMAT_LIMITS } from '../../src/formats/limits.ts';
import { codes, outline, rawBytes } from './support/trees.ts';

/** Columns, records and all findings of a file. */
function read(csv: string | Buffer, options?: CsvOptions) {
  const { delimiter, columns, findings, records } = readCsv(Buffer.from(csv), options);
  const all = [...records];
  return {
    delimiter,
    columns,
    records: all.map(({ node }) => outline(node)),
    findings: codes([...findings, ...all.flatMap((record) => record.findings)]),
  };
}

const ONE = ['record { a=1, b=2 }'];

/** Each is a header `a`, `b` and the records on the right. */
const READ: readonly (readonly [
  what: string,
  csv: string,
  records: readonly string[],
  findings?: readonly string[],
])[] = [
  ['CRLF', 'a,b\r\n1,2\r\n', ONE],
  ['LF', 'a,b\n1,2\n', ONE],
  ['CR', 'a,b\r1,2\r', ONE],
  ['no line break at the end', 'a,b\n1,2', ONE],
  ['a byte order mark', '\ufeffa,b\n1,2', ONE],
  ['empty lines', '\n\na,b\n\n1,2\n\n', ONE],
  ['no records', 'a,b\n', []],
  ['empty cells', 'a,b\n,\n', ['record { a=, b= }']],
  ['texts as they are', 'a,b\n00123, 1e5 \n', ['record { a=00123, b= 1e5  }']],
  ['quotes', 'a,b\n"1","2"\n', ONE],
  ['delimiters in quotes', 'a,b\n"1,5",2\n', ['record { a=1,5, b=2 }']],
  ['doubled quotes', 'a,b\n"say ""hi""",""""\n', ['record { a=say "hi", b=" }']],
  ['line breaks in quotes', 'a,b\n"x\r\ny","\n"\n', ['record { a=x\r\ny, b=\n }']],
  ['quoted names', '"a","b"\n1,2', ONE],
  ['blanks around names', ' a , b \n1,2', ONE],
  ['inches', 'a,b\n5",2\n', ['record { a=5", b=2 }'], ['FORMAT_QUOTE 5']],
  ['text behind a quote', 'a,b\n"5"x,2\n', ['record { a="5"x, b=2 }'], ['FORMAT_QUOTE 4']],
  ['too few cells', 'a,b\n1\n1,2\n', ['record { a=1 }', ...ONE], ['FORMAT_RECORD_RAGGED 4']],
  ['too many cells', 'a,b\n1,2,3\n', ['record { a=1, b=2, 3=3 }'], ['FORMAT_RECORD_RAGGED 4']],
  ['a quote that is not closed', 'a,b\n1,2\n1,"2\n1,2\n', [...ONE, 'record='], ['FORMAT_TRUNCATED 10']],
  ['NUL bytes', 'a,b\n1,\u0000\n', ['record { a=1, b=\u0000 }'], ['FORMAT_CHARACTER 6']],
];

describe('readCsv', () => {
  for (const [what, csv, records, findings = []] of READ) {
    it(`reads ${what}`, () => {
      assert.deepEqual(read(csv), { delimiter: ',', columns: ['a', 'b'], records, findings });
    });
  }

  it('finds the delimiter', () => {
    for (const [csv, delimiter] of [
      ['a;b\n1,5;2,5', ';'],
      ['a\tb, c\n1\t2', '\t'],
      ['a|b\n1|2', '|'],
      ['name, first;price\nx;1', ';'],
      ['"a;b;c",d\n1,2', ','],
      ['a', ','],
      ['a;b;c\n1,2', ';'],
    ] as const) {
      assert.equal(readCsv(Buffer.from(csv)).delimiter, delimiter, csv);
    }
  });

  it('takes delimiter, quote and the absence of a header from its options', () => {
    assert.deepEqual(read("1:'2:''3'", { delimiter: ':', quote: "'", header: false }), {
      delimiter: ':',
      columns: ['1', '2'],
      records: ["record { 1=1, 2=2:'3 }"],
      findings: [],
    });
  });

  it('names columns without a name by their position, and refuses a name that stands twice', () => {
    const { columns, findings } = read('a,,a\n1,2,3');
    assert.deepEqual([columns, findings], [['a', '2', 'a'], ['FORMAT_NAME_REPEATED 3']]);
  });

  it('reads Windows-1252 where the bytes are no UTF-8, and notes it', () => {
    const { findings, records } = readCsv(Buffer.from('a,b\nZ\xfcrich \x80,2', 'latin1'));
    assert.deepEqual(
      [...records].map(({ node }) => outline(node)),
      ['record { a=Zürich €, b=2 }'],
    );
    assert.deepEqual([codes(findings), findings[0]?.severity], [['FORMAT_ENCODING 5'], 'note']);
  });

  it('reads UTF-16 with its mark', () => {
    const { records, findings } = read(Buffer.from('\ufeffa\tb\r\n€\t2\r\n', 'utf16le'));
    assert.deepEqual([records, findings], [['record { a=€, b=2 }'], []]);
  });

  it('says that a file without a line is empty', () => {
    for (const csv of ['', '\ufeff\r\n']) assert.deepEqual(read(csv).findings, ['EMPTY_FILE 0']);
  });

  it('reads records as they are asked for, and again', () => {
    const { records } = readCsv(Buffer.from('a,b\n1,2\n3,4\n5,"'));
    for (const expected of ONE) {
      for (const { node } of records) {
        assert.equal(outline(node), expected);
        break;
      }
    }
    assert.equal([...records].length, 3);
  });

  it('keeps to its limits', () => {
    const limits = { ...FORMAT_LIMITS, bytes: 12, names: 3 };
    const findings = (csv: string) => codes(readCsv(Buffer.from(csv), {}, limits).findings);
    assert.deepEqual(findings('a,b,c\n1,2,3'), []);
    assert.deepEqual(findings('a,b,c,d'), ['FORMAT_TOO_MANY 6']);
    assert.deepEqual(findings('a,b\n1,2\n1,2\n3'), ['FORMAT_TOO_LARGE 12']);
  });
});

describe('any CSV file', () => {
  const unit = fc.oneof(
    fc.constantFrom(',', ';', '"', '\n', '\r', ' ', 'é', '0'),
    fc.string({ unit: 'grapheme-composite', maxLength: 1, minLength: 1 }),
  );
  const cell = fc.string({ unit, maxLength: 6 });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it('has each cell where its bytes say', () => {
    const rows = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        (table, delimiter, line) => {
          const file = Buffer.from(`\ufeff${table.map((row) => row.map(quoted).join(delimiter)).join(line)}`);
          const records = [...readCsv(file, { delimiter, header: false }).records];
          assert.deepEqual(
            records.map(({ node }) => node.children.map(({ text }) => text)),
            table,
          );
          for (const { node, findings } of records) {
            assert.deepEqual(findings, []);
            for (const child of node.children) {
              assert.equal(rawBytes(file, child).toString().replaceAll('""', '"'), child.text);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
