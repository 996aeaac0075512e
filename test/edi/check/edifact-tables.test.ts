import assert from 'node:assert/strict';
import { checkDocument } from '../../../src/edi/check/document.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { parseTables } from '../../../src/edi/dictionary/parse-tables.ts';
import { SERVICE_CODES, SERVICE_ELEMENTS, SERVICE_SEGMENTS } from '../../../src/edi/dictionary/service-segments.ts';
import { readAll } from '../../../src/edi/read.ts';

/** A made-up message with what tables of the UN can say: groups in groups, composites, repeats, all kinds of elements. */
const { dictionary, problems } = parseTables({
  standard: 'edifact',
  release: 'D01B',
  sets: `
MADEUP
  UNH M 1
  BGM M 1
  DTM C 2
  loop NAD C 2
    LOC C 1
    loop RFF C 2
      DTM C 1
  UNS M 1
  CNT C 1
  UNT M 1
`,
  segments: `
BGM C002 1004 1225
DTM C507:M
NAD 3035:M C082 3292
LOC 3227:M C517*2
RFF C506:M
CNT 6069:M 6066:M
C002 1001 1131 3055 1000
C082 3039:M 1131 3055
C506 1153:M 1154
C507 2005:M 2380 2379
C517 3225 1131 3055
${SERVICE_SEGMENTS}`,
  elements: `
1000 AN 1 35
1001 ID 1 3
1004 AN 1 10
1131 AN 1 3
1153 ID 1 3
1154 AN 1 35
1225 ID 1 3
2005 ID 1 3
2379 ID 1 3
2380 AN 1 35
3035 ID 1 3
3039 AN 1 17
3055 ID 1 3
3225 AN 1 25
3227 ID 1 3
3292 A 1 6
6066 R 1 6
6069 ID 1 3
${SERVICE_ELEMENTS}`,
  codes: `
1001 351
1153 ON
1225 9
2005 137
2379 102
3035 BY SU
3055 6 9
3227 7
6069 2
${SERVICE_CODES}`,
});
const dictionaries = createDictionaries([dictionary]);

/** Findings of one message: code, path and value. Segments are written without a terminator. */
function findings(segments: readonly string[], release = 'D:01B'): readonly string[] {
  const body = [`UNH+1+MADEUP:${release}:UN`, ...segments];
  const all = ["UNB+UNOC:4+A+B+20260102:1530+1'", ...body.map((one) => `${one}'`)];
  const text = `UNA:+.?*'${all.join('')}UNT+${body.length + 1}+1'UNZ+1+1'`;
  for (const item of readAll(Buffer.from(text, 'latin1'))) {
    if (item.kind !== 'document') continue;
    const group = { ordinal: 0, code: '', version: '', controlNumber: '', implicit: true, header: null };
    const checked = checkDocument(item.document, group, dictionaries);
    return checked.findings.map(({ code, path, value }) => `${code} ${path}${value === undefined ? '' : ` ${value}`}`);
  }
  return ['no document'];
}

const GOOD = [
  'BGM+351+4711+9',
  'DTM+137:20260102:102',
  'NAD+BY+5412345000013::9+Delft',
  'RFF+ON:PO 4711',
  'DTM+137',
  'RFF+ON:PO 4712',
  'NAD+SU',
  'LOC+7+A*B',
  'UNS+S',
  'CNT+2+12.5',
];
const changed = (from: string, ...to: readonly string[]) => GOOD.flatMap((one) => (one === from ? to : [one]));

describe('Checking a message against EDIFACT tables', () => {
  it('has tables without a problem', () => assert.deepEqual(problems, []));

  it('finds nothing in a good message', () => assert.deepEqual(findings(GOOD), []));

  const faults: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a mandatory segment that is missing', changed('UNS+S'), ['SEGMENT_MISSING MADEUP/UNS']],
    ['a segment that the message does not have', changed('UNS+S', 'UNS+S', 'GIS+1'), ['SEGMENT_UNKNOWN MADEUP/GIS']],
    [
      'a segment too often in its group',
      changed('LOC+7+A*B', 'LOC+7+A', 'LOC+7+B'),
      ['SEGMENT_REPEATED MADEUP/NAD[2]/LOC'],
    ],
    ['a group too often', changed('NAD+SU', 'NAD+SU', 'NAD+SU'), ['LOOP_REPEATED MADEUP/NAD[3]']],
    [
      'an inner group too often',
      changed('RFF+ON:PO 4712', 'RFF+ON:2', 'RFF+ON:3'),
      ['LOOP_REPEATED MADEUP/NAD[1]/RFF[3]'],
    ],
    ['a segment after its place', changed('UNS+S', 'UNS+S', 'DTM+137'), ['SEGMENT_OUT_OF_ORDER MADEUP/DTM']],
    [
      'a mandatory composite that is missing',
      changed('DTM+137', 'DTM'),
      ['ELEMENT_MISSING MADEUP/NAD[1]/RFF[1]/DTM/01'],
    ],
    ['a mandatory component that is missing', changed('NAD+SU', 'NAD+SU+::9'), ['ELEMENT_MISSING MADEUP/NAD[2]/02-1']],
    [
      'a component too many',
      changed('RFF+ON:PO 4712', 'RFF+ON:2:3'),
      ['COMPONENTS_TOO_MANY MADEUP/NAD[1]/RFF[2]/01-3 3'],
    ],
    ['an element too many', changed('UNS+S', 'UNS+S+1'), ['ELEMENTS_TOO_MANY MADEUP/UNS/02 1']],
    ['a repetition too many', changed('LOC+7+A*B', 'LOC+7+A*B*C'), ['ELEMENT_REPEATED MADEUP/NAD[2]/LOC/02 C']],
    [
      'a value too long',
      changed('BGM+351+4711+9', 'BGM+351+12345678901+9'),
      ['ELEMENT_TOO_LONG MADEUP/BGM/02 12345678901'],
    ],
    ['a letter in a number', changed('CNT+2+12.5', 'CNT+2+12a'), ['ELEMENT_CHARACTER MADEUP/CNT/02 12a']],
    ['a digit in letters', changed('NAD+SU', 'NAD+SU++D1'), ['ELEMENT_CHARACTER MADEUP/NAD[2]/03 D1']],
    ['a code that is not listed', changed('NAD+SU', 'NAD+XX'), ['ELEMENT_CODE MADEUP/NAD[2]/01 XX']],
    [
      'a code that is not listed in a composite',
      changed('BGM+351+4711+9', 'BGM+999+4711+9'),
      ['ELEMENT_CODE MADEUP/BGM/01-1 999'],
    ],
    [
      'an agency that is not listed, but not the code that it keeps',
      changed('BGM+351+4711+9', 'BGM+999::55+4711+9'),
      ['ELEMENT_CODE MADEUP/BGM/01-3 55'],
    ],
  ];
  for (const [what, segments, expected] of faults) {
    it(`finds ${what}`, () => assert.deepEqual(findings(segments), expected));
  }

  const accepted: readonly (readonly [string, readonly string[]])[] = [
    ['a code of another list that 1131 or 3055 names', changed('BGM+351+4711+9', 'BGM+999::9+4711+9')],
    ['ten characters beside released ones', changed('BGM+351+4711+9', 'BGM+351+123?+567??90+9')],
    ['a number whose sign and point are not counted', changed('CNT+2+12.5', 'CNT+2+-12345.6')],
    ['a decimal comma', changed('CNT+2+12.5', 'CNT+2+12,5')],
  ];
  for (const [what, segments] of accepted) {
    it(`accepts ${what}`, () => assert.deepEqual(findings(segments), []));
  }

  it('checks another release against the nearest one, and says so', () => {
    assert.deepEqual(findings(GOOD, 'D:03A'), ['RELEASE_NOT_INSTALLED MADEUP D03A']);
  });
});
