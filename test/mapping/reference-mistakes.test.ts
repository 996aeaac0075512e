import assert from 'node:assert/strict';
import { linesOf, load, map214 } from './support/maps.ts';
import { eachIsToldOnce, type Mistake } from './support/mistakes.ts';

const MISTAKES: readonly Mistake[] = [
  [
    'a segment the set does not have',
    'TD303',
    'W0601',
    '15:14 MAP_SEGMENT',
    'Mend the tag; HL has LIN, SN1, SLN, PRF, PO4, PID, MEA,',
  ],
  [
    'a segment of another loop',
    'adviceNumber: BSN02',
    'adviceNumber: PRF01',
    '9:17 MAP_SEGMENT',
    'It belongs to HL: enter that first, with "in:" or "each:".',
  ],
  [
    'a loop of another loop',
    'in: HL(S)\n    each: HL(O)',
    'each: HL(O)',
    '21:11 MAP_UNREACHABLE',
    'Write "in: HL(S)" and "each: HL(O)" beside it.',
  ],
  [
    'a loop the set does not have',
    'each: HL(I)',
    'each: LX',
    '24:20 MAP_SEGMENT',
    'In HL there are HL, LIN, SN1, SLN, PRF, PO4, PID, MEA, PWK,',
  ],
  ['an element position that is not there', 'BSN02', 'BSN12', '9:17 MAP_ELEMENT', 'BSN has elements 01 to 07.'],
  [
    'a data-element number that is not there',
    'BSN02',
    'BSN999',
    '9:17 MAP_ELEMENT',
    'It has 353, 396, 373, 337, 1005, 640, 641.',
  ],
  [
    'a repeated element number',
    'PRF01',
    'LIN234',
    '23:20 MAP_ELEMENT',
    'Write the position, as in LIN03, or a pair condition.',
  ],
  [
    'a component that is not there',
    'PRF01',
    'PRF01-2',
    '23:20 MAP_ELEMENT',
    'It is no composite: leave the component out.',
  ],
  [
    'a condition code of impossible length',
    'REF(01=BM)02',
    'REF(01=BILL)02',
    '16:19 MAP_CODE',
    'A code there has 2 to 3 characters.',
  ],
  [
    'a condition code that is not in the list',
    'trailer: TD303',
    'trailer: PID(01=Q)05',
    '15:14 MAP_CODE',
    'Its codes are F, S, X.',
  ],
  [
    'a condition on an element that is not there',
    'REF(01=BM)02',
    'REF(09=BM)02',
    '16:19 MAP_ELEMENT',
    'REF has elements 01 to 04.',
  ],
  [
    'a condition without its element',
    'REF(01=BM)02',
    'REF(BM)02',
    '16:19 MAP_REFERENCE',
    'Write the element, as in REF(01=BM).',
  ],
  [
    'a malformed reference',
    'TD303',
    'td303',
    '15:14 MAP_REFERENCE',
    'Write segment and element, as in BSN02, REF(01=BM)02 or',
  ],
  [
    'a reference without element',
    'TD303',
    'TD3',
    '15:14 MAP_REFERENCE',
    'Write segment and element, as in BSN02, REF(01=BM)02 or',
  ],
  ['a span that runs backwards', 'BSN03..04', 'BSN04..03', '10:20 MAP_REFERENCE', 'Write the first element first.'],
  [
    'a bare number at the top',
    'adviceNumber: BSN02',
    'adviceNumber: 02',
    '9:17 MAP_REFERENCE',
    'Write the segment before it, as in BSN02.',
  ],
  ['an unknown conversion', 'as: number', 'as: nummer', '13:36 MAP_CONVERSION', 'Did you mean "number"?'],
  [
    'too many parts for a conversion',
    '{ at: TD102, as: number }',
    '{ at: TD107..08, as: number }',
    '13:40 MAP_CONVERSION',
    'Shorten the span.',
  ],
  [
    'several parts without a conversion',
    'TD303',
    'TD301..03',
    '15:14 MAP_CONVERSION',
    'Write "as:" or "codes:" beside "at:".',
  ],
  [
    'text for a number',
    '{ at: TD102, as: number }',
    'TD102',
    '13:19 MAP_CONVERSION',
    'Write "as: number" beside "at:".',
  ],
  ['a number for text', 'TD303', '{ at: TD303, as: number }', '15:14 MAP_CONVERSION', 'Take "as" away.'],
  [
    'text for a date',
    '{ at: BSN03..04, as: datetime }',
    'BSN03',
    '10:14 MAP_CONVERSION',
    'Write "as: date" or "as: datetime" beside "at:".',
  ],
  ['a date for text', 'TD303', '{ at: TD303, as: date }', '15:14 MAP_CONVERSION', 'Take "as" away.'],
  [
    'an unknown code table',
    'packaging: TD101',
    'packaging: { at: TD101, codes: uoms }',
    '14:36 MAP_CODES',
    'Did you mean "uom"?',
  ],
  [
    'a table without a section for the standard',
    'packaging: TD101',
    'packaging: { at: TD101, codes: mode }',
    '14:36 MAP_CODES',
    'It has edifact; add the section, or name another table.',
  ],
  [
    'one value for a list',
    '{ all: TD309 }',
    'TD309',
    '17:12 MAP_CONVERSION',
    'Write "all:" with the element, as in { all: N301 }.',
  ],
  ['a list for one value', 'TD303', '{ all: TD304 }', '15:14 MAP_CONVERSION', 'Name one element, as in REF(01=BM)02.'],
  [
    'fields for one value',
    'TD303',
    '{ value: TD303 }',
    '15:14 MAP_CONVERSION',
    'Name one element, as in REF(01=BM)02.',
  ],
  [
    'one value for fields',
    'shipTo: { in: N1(01=ST), use: party }',
    'shipTo: N1(01=ST)02',
    '18:13 MAP_CONVERSION',
    'Write its fields, as in { in: N1(01=ST), name: 02 }.',
  ],
  [
    'each on a field that is no list',
    'shipTo: { in: N1',
    'shipTo: { each: N1',
    '18:13 MAP_CONVERSION',
    'Write its fields, as in { in: N1(01=ST), name: 02 }.',
  ],
  [
    'fields for a list',
    'items: { each: HL(I), use: item }',
    'items: { in: HL(I), use: item }',
    '24:12 MAP_CONVERSION',
    'Write "each:" with the segment or loop that makes an entry,',
  ],
  ['a code the element cannot hold', '  05: ', '  005: ', '7:3 MAP_CODE', 'A code there has 2 characters.'],
  [
    'two rules on one cell',
    'trailer: TD303',
    'trailer: TD303\n    routing: TD303',
    '16:14 MAP_CELL',
    'Write "also:" at one of the two, or take one away.',
  ],
  [
    'two rules on one cell by different ways',
    'trailer: TD303',
    'trailer: TD303\n    carrierName: N1(01=ST)02',
    'x12/parts.yaml:2:9 MAP_CELL',
    'Write "also:" at one of the two, or take one away.',
  ],
  [
    'a tag with a condition and without',
    'trailer: TD303',
    'expectedAt: { at: DTM(01=017)02, as: date }\n    shippedAt: { at: DTM02, as: date }',
    '16:22 MAP_BARE_AND_CONDITIONAL',
    'Write the condition at both, or at neither.',
  ],
  [
    'an empty rule',
    'trailer: TD303',
    'trailer:',
    '15:13 MAP_REFERENCE',
    'Write segment and element, as in BSN02, REF(01=BM)02 or',
  ],
  ['a write target that is not there', 'BSN05: 0001', 'BSN09: 0001', '26:3 MAP_ELEMENT', 'BSN has elements 01 to 07.'],
  [
    'a write target in another loop',
    'BSN05: 0001',
    'PRF05: 0001',
    '26:3 MAP_SEGMENT',
    'It belongs to HL: enter that first, with "in:" or "each:".',
  ],
  [
    'a constant that cannot stand there',
    'BSN05: 0001',
    'BSN05: 00011',
    '26:10 MAP_CODE',
    'A code there has 4 characters.',
  ],
  [
    'a count of a segment that is not there',
    'count HL',
    'count LX',
    '27:10 MAP_SEGMENT',
    'Write count with a tag of this set, as in count HL.',
  ],
  [
    'a malformed condition',
    'REF(01=BM)02',
    'REF(01=)02',
    '16:19 MAP_REFERENCE',
    'Write segment and element, as in BSN02, REF(01=BM)02 or',
  ],
  [
    'a sum of an element that is not there',
    'count HL',
    'sum SN199',
    '27:10 MAP_SEGMENT',
    'Write sum with an element of this set, as in sum SN102.',
  ],
  ['a constant of no code', 'BSN05: 0001', '/DTM01: ABCD', '26:11 MAP_CODE', 'A code there has 3 characters.'],
  [
    'two values for one number',
    '{ at: TD102, as: number }',
    '{ at: [ TD102, TD107 ], as: number }',
    '13:47 MAP_CONVERSION',
    'Shorten the span.',
  ],
  [
    'a segment whose elements nobody described',
    'TD303',
    'LH1/LHE01',
    '15:14 MAP_ELEMENT',
    'Leave it unread, or have its elements added',
  ],
];

describe('a mistake in a reference, a conversion, a code table or a constant', () => {
  eachIsToldOnce(MISTAKES);

  // A field of a few words must get one of them, whatever the document says.
  const closed: readonly (readonly [string, string, RegExp])[] = [
    [
      'says a word the field does not take',
      'fulfilment',
      /^m\/x12\/214\/next\.yaml:8:35 MAP_CODES .*says "full", the field takes only planned/,
    ],
    ['keeps codes it does not know', 'open', /^m\/x12\/214\/next\.yaml:8:35 MAP_CODES .*keeps unknown codes/],
  ];
  for (const [what, table, expected] of closed) {
    it(`(a table that ${what}) is told`, () => {
      const map = map214(`  classifier: { at: AT702, codes: ${table} }\n`);
      const [line = '', ...others] = linesOf(load({ maps: { 'x12/214/next.yaml': map } }));
      assert.match(line, expected);
      assert.deepEqual(others, []);
    });
  }
});
