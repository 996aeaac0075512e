import assert from 'node:assert/strict';
import { structure } from './support/documents.ts';
import { linesOf, load, map856 } from './support/maps.ts';

const BASE = 'x12/856@next';
const AT = { file: 'partner.yaml', line: 1, column: 1 };
/** A ship notice: one shipment with two orders, the first with an item. */
const NOTICE = [
  'BSN*00*ASN-1*20261204*1030',
  'HL*1**S*1',
  'TD5**2*DMCR*M',
  'HL*2*1*O*1',
  'PRF*P1',
  'HL*3*2*I*0',
  'LIN**UP*036000291452',
  'HL*4*1*O*0',
  'PRF*PURCHASE-2',
];

function overlaid(expect: string) {
  const library = load({ maps: { 'x12/856/next.yaml': map856('  shipment: { in: HL(S), scac: TD503 }\n') } });
  const text = `base: ${BASE}\nbecause: Their guide says so.\nexpect:\n  - ${expect}\n`;
  return library.overlaid(BASE, { path: 'o.yaml', text }, AT);
}

describe('What an agreement expects of a document', () => {
  const rows: readonly (readonly [what: string, expect: string, told: readonly string[]])[] = [
    ['a reference that is there', '{ at: BSN02, required: yes }', []],
    [
      'a segment that is not there',
      '{ at: HL(S)/REF(01=BM)02, required: yes }',
      ['EXPECT_SEGMENT_MISSING 856/HL[1]/REF I6 5 rejected'],
    ],
    [
      'an element that is empty',
      '{ at: HL(S)/TD505, required: yes }',
      ['EXPECT_ELEMENT_MISSING 856/HL[1]/TD5/05 I9 4 rejected'],
    ],
    [
      'an element of each order',
      '{ each: HL(S)/HL(O), at: REF(01=DP)02, required: yes, severity: note }',
      ['EXPECT_SEGMENT_MISSING 856/HL[2]/REF I6 7 note', 'EXPECT_SEGMENT_MISSING 856/HL[4]/REF I6 11 note'],
    ],
    ['one of a few codes', '{ at: HL(S)/TD504, codes: [LT, J] }', ['EXPECT_CODE 856/HL[1]/TD5/04 I6 4 rejected "M"']],
    [
      'a length',
      '{ each: HL(S)/HL(O), at: PRF01, length: 2..5 }',
      ['EXPECT_LENGTH 856/HL[4]/PRF/01 5 10 rejected "PURCHASE-2"'],
    ],
    [
      'a least length',
      '{ each: HL(S)/HL(O), at: PRF01, length: 4.. }',
      ['EXPECT_LENGTH 856/HL[2]/PRF/01 4 6 rejected "P1"'],
    ],
    ['a form', '{ each: HL(S)/HL(O)/HL(I), at: LIN(235=UP)234, pattern: gtin }', []],
    [
      'another form',
      '{ each: HL(S)/HL(O), at: PRF01, pattern: digits }',
      [
        'EXPECT_PATTERN 856/HL[2]/PRF/01 I12 6 rejected "P1"',
        'EXPECT_PATTERN 856/HL[4]/PRF/01 I12 10 rejected "PURCHASE-2"',
      ],
    ],
    ['a loop once', '{ each: HL(S), of: HL(O), count: 1 }', ['EXPECT_COUNT 856/HL[4] 4 9 rejected']],
    ['a loop three times', '{ each: HL(S), of: HL(O), count: 3..5 }', ['EXPECT_COUNT 856/HL[1]/HL I7 5 rejected']],
    [
      'a segment at least once',
      '{ each: HL(S)/HL(O), of: REF, count: 1.. }',
      ['EXPECT_COUNT 856/HL[2]/REF I8 7 rejected', 'EXPECT_COUNT 856/HL[4]/REF I8 11 rejected'],
    ],
  ];
  for (const [what, expect, told] of rows) {
    it(`${what}: ${expect}`, () => {
      const { map, problems } = overlaid(expect);
      assert.deepEqual(linesOf({ problems }), []);
      assert(map !== null);
      const found = map.expect(structure('856', NOTICE)).map(({ code, path, ack, position, severity, value }) => {
        const shown = value === undefined ? '' : ` "${value}"`;
        return `${code} ${path} ${ack?.x12} ${position.segment} ${severity}${shown}`;
      });
      assert.deepEqual(found, told);
    });
  }

  it('is told with the line of the overlay, and whose turn it is', () => {
    const { map } = overlaid('{ at: HL(S)/TD504, codes: [LT] }');
    assert(map !== null);
    const [found] = map.expect(structure('856', NOTICE));
    assert.equal(found?.text, 'The agreement allows only LT in HL(S)/TD504.');
    assert.equal(found?.remedy, 'The partner keeps to the agreement, or it is changed (o.yaml:4).');
  });
});

describe('A mistake in what is expected', () => {
  const rows: readonly (readonly [expect: string, told: string])[] = [
    [
      '{ at: HL(S)/TD504, code: [LT] }',
      'o.yaml:4:24 EXPECT_WORD "code" is no key of an expectation. Did you mean "codes"?',
    ],
    ['{ at: HL(S)/TD504 }', 'o.yaml:4:5 EXPECT_SHAPE The line demands nothing.'],
    ['{ at: HL(S)/XX504, required: yes }', 'o.yaml:4:11 MAP_SEGMENT'],
    ['{ at: HL(S)/TD504, codes: [TOOLONG] }', 'o.yaml:4:5 MAP_CODE "TOOLONG" cannot stand in TD5 element 91.'],
    ['{ at: BSN02, length: 9..2 }', 'o.yaml:4:26 EXPECT_VALUE "length" is no range. Write 4..10, 1.. or 5.'],
    ['{ at: BSN02, pattern: digit }', 'o.yaml:4:27 EXPECT_VALUE There is no pattern "digit". Did you mean "digits"?'],
    ['{ at: BSN02, required: true }', 'o.yaml:4:28 EXPECT_VALUE "required" is none of yes, no.'],
    ['{ of: HL(S) }', 'o.yaml:4:5 EXPECT_SHAPE "of" wants "count".'],
    ['{ each: HL(S), of: XYZ, count: 1 }', 'o.yaml:4:24 MAP_SEGMENT There is no XYZ in HL.'],
    ['BSN02', 'o.yaml:4:5 EXPECT_SHAPE This is no expectation.'],
  ];
  for (const [expect, told] of rows) {
    it(`is told at its place: ${expect}`, () => {
      const { map, problems } = overlaid(expect);
      const lines = linesOf({ problems });
      assert.equal(map, null);
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.ok(lines[0]?.startsWith(told), lines[0]);
    });
  }
});
