import assert from 'node:assert/strict';
import { FINDING_CODES } from '../../../src/edi/finding-codes.ts';
import { answerLines } from '../support/acknowledge.ts';
import { gs, isa, st } from '../support/x12.ts';

const BSN = 'BSN*00*SHIP1*20240102*1530';
const asn = (...body: string[]): string => isa({}, gs('SH', st('856', BSN, ...body)));
const item = (...body: string[]): string => asn('HL*1**I', ...body);
const newer = (...body: string[]): string =>
  isa({ version: '00501', repetition: '^' }, gs({ code: 'SH', version: '005010' }, st('856', BSN, 'HL*1**I', ...body)));

/** One file for each code of AK3 and AK4, and what is said of its document. */
const SEGMENT_ROWS: readonly (readonly [code: string, file: string, notes: readonly string[], verdict: string])[] = [
  ['1', item('XYZ*1'), ['AK3*XYZ*4**1'], 'AK5*R*5'],
  ['2', item('N3*1 MAIN ST'), ['AK3*N3*4**2'], 'AK5*R*5'],
  // The missing HL should have been the third segment, after ST and BSN.
  ['3', asn('CTT*0'), ['AK3*HL*3**3'], 'AK5*R*5'],
  ['4', isa({}, gs('OW', st('940', 'W05*N*1', ...Array<string>(11).fill('N1*ST*A')))), ['AK3*N1*13**4'], 'AK5*R*5'],
  ['5', item('SN1**1*EA', 'SN1**2*EA'), ['AK3*SN1*5**5'], 'AK5*R*5'],
  ['6', item('W76*1'), ['AK3*W76*4**6'], 'AK5*R*5'],
  ['7', item('SN1**1*EA', 'LIN**UP*1'), ['AK3*LIN*5**7'], 'AK5*R*5'],
];

const ELEMENT_ROWS: typeof SEGMENT_ROWS = [
  ['1', item('SN1***EA'), ['AK3*SN1*4**8', 'AK4*2*382*1'], 'AK5*R*5'],
  ['2', item('LIN**UP*1*VP'), ['AK3*LIN*4**8', 'AK4*5*234*2'], 'AK5*E*5'],
  ['3', item('REF*BM*1***X'), ['AK3*REF*4**8', 'AK4*5**3*X'], 'AK5*E*5'],
  ['4', item('REF*B*1'), ['AK3*REF*4**8', 'AK4*1*128*4*B'], 'AK5*E*5'],
  ['5', item(`REF*BM*${'1'.repeat(31)}`), ['AK3*REF*4**8', `AK4*2*127*5*${'1'.repeat(31)}`], 'AK5*E*5'],
  // A value with an invalid character is not copied.
  ['6', item('SN1**1E3*EA'), ['AK3*SN1*4**8', 'AK4*2*382*6'], 'AK5*R*5'],
  ['7', asn('HL*1*7*S'), ['AK3*HL*3**8', 'AK4*2*734*7*7'], 'AK5*R*5'],
  ['7', asn('HL*1**S*2'), ['AK3*HL*3**8', 'AK4*4*736*7*2'], 'AK5*E*5'],
  ['8', item('DTM*011*20230229'), ['AK3*DTM*4**8', 'AK4*2*373*8*20230229'], 'AK5*R*5'],
  ['9', item('DTM*011**2460'), ['AK3*DTM*4**8', 'AK4*3*337*9*2460'], 'AK5*R*5'],
  [
    '10',
    isa({}, gs('QM', st('214', 'B10*1*2*SCAC', 'LX*1', 'AT7*X3*NS*AB*NA'))),
    ['AK3*AT7*4**8', 'AK4*3*1652*10*AB'],
    'AK5*E*5',
  ],
  ['12', newer('REF*BM*A^B'), ['AK3*REF*4**8', 'AK4*2::2*127*12*B'], 'AK5*E*5'],
  ['13', newer('REF*BM*A:B'), ['AK3*REF*4**8', 'AK4*2:2*127*13*B'], 'AK5*E*5'],
];

/** The codes of the faults that the standard knows; what an agreement expects has codes of its own. */
function codesOf(level: string): readonly string[] {
  const ofStandard = Object.entries(FINDING_CODES).filter(([code]) => !code.startsWith('EXPECT_'));
  const entries = ofStandard
    .map(([, entry]) => entry)
    .filter((entry) => entry.level === level && entry.severity !== 'note');
  return [...new Set(entries.flatMap((entry) => ('x12' in entry && entry.x12 !== undefined ? [entry.x12] : [])))];
}

describe('A fault of a segment', () => {
  for (const [code, file, notes, verdict] of SEGMENT_ROWS) {
    it(`is noted in AK3 with code ${code}`, () =>
      assert.deepEqual(answerLines(file).slice(2, -1), [...notes, verdict]));
  }

  it('has a row above for every code that checking gives', () => {
    const rows = SEGMENT_ROWS.map(([code]) => code);
    assert.deepEqual(rows, [...codesOf('segment')].sort());
  });
});

describe('A fault of an element', () => {
  for (const [code, file, notes, verdict] of ELEMENT_ROWS) {
    it(`is noted in AK4 with code ${code}`, () =>
      assert.deepEqual(answerLines(file).slice(2, -1), [...notes, verdict]));
  }

  it('has a row above for every code that checking gives', () => {
    const rows = new Set(ELEMENT_ROWS.map(([code]) => code));
    assert.deepEqual(
      [...rows],
      [...codesOf('element')].sort((a, b) => Number(a) - Number(b)),
    );
  });

  it('is a surplus element where 004010 has no code for surplus components', () => {
    const lines = answerLines(item('REF*BM*A:B')).slice(2, -1);
    assert.deepEqual(lines, ['AK3*REF*4**8', 'AK4*2:2*127*3*B', 'AK5*E*5']);
  });

  it('stands with the other faults of its segment under one AK3', () => {
    const lines = answerLines(item('DTM*011*20230229*2460')).slice(2, -1);
    assert.deepEqual(lines, ['AK3*DTM*4**8', 'AK4*2*373*8*20230229', 'AK4*3*337*9*2460', 'AK5*R*5']);
  });

  it('has no AK4 where its position has no room in one', () => {
    const lines = answerLines(item(`REF*BM*1${'*'.repeat(98)}X`)).slice(2, -1);
    assert.deepEqual(lines, ['AK3*REF*4**8', 'AK5*E*5']);
  });

  it('is copied only where the copy can be written', () => {
    const file = isa({ element: '|' }, gs('SH', st('856', BSN, 'HL*1**S*#'))).replace('#', '*');
    assert.deepEqual(answerLines(file).slice(2, -1), ['AK3*HL*3**8', 'AK4*4*736*7', 'AK5*E*5']);
  });

  it('is not noted when it is only worth knowing', () => {
    assert.deepEqual(answerLines(item('REF*BM*1*')), ['AK1*SH*1', 'AK2*856*0001', 'AK5*A', 'AK9*A*1*1*1']);
  });
});
