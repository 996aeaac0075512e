import assert from 'node:assert/strict';
import { answerLines } from '../support/acknowledge.ts';
import { type GroupOptions, gs, isa, type SetOptions, st } from '../support/x12.ts';

const BSN = 'BSN*00*SHIP1*20240102*1530';
const good = st('856', BSN, 'HL*1**S');
const withErrors = st('856', BSN, 'HL*1**S*2');
const bad = st('856', BSN, 'CTT*0');
const set = (options: Partial<SetOptions>) => st({ type: '856', ...options }, BSN, 'HL*1**S');
const ofSet = (options: Partial<SetOptions>): string => isa({}, gs('SH', set(options)));
const ofGroup = (options: Partial<GroupOptions>): string => isa({}, gs({ code: 'SH', ...options }, good));

/** The lines of an answer that are not the same everywhere. */
const said = (file: string): string => answerLines(file).slice(1).join(' ');

/** One file for each code of AK5, with everything between AK1 and the end. */
const DOCUMENT_ROWS: readonly (readonly [what: string, file: string, expected: string])[] = [
  ['2: no trailer', ofSet({ trailer: false }), 'AK2*856*0001 AK5*R*2 AK9*R*1*1*0'],
  ['3: another number in the trailer', ofSet({ trailerControlNumber: '0009' }), 'AK2*856*0001 AK5*R*3 AK9*R*1*1*0'],
  ['4: a wrong count', ofSet({ count: 9 }), 'AK2*856*0001 AK5*R*4 AK9*R*1*1*0'],
  ['5: a segment in error', isa({}, gs('SH', bad)), 'AK2*856*0001 AK3*HL*3**3 AK5*R*5 AK9*R*1*1*0'],
  ['7: a number of wrong form', ofSet({ controlNumber: '1' }), 'AK2*856*1 AK5*E*7 AK9*E*1*1*1'],
  ['6 for a strange group, before 005010', isa({}, gs('SW', good)), 'AK2*856*0001 AK5*R*6 AK9*R*1*1*0'],
  [
    '18 for a strange group, from 005010 on',
    isa({}, gs({ code: 'SW', version: '005010' }, good)),
    'AK2*856*0001 AK5*R*18 AK9*R*1*1*0',
  ],
  [
    '23: a number used twice',
    isa({}, gs('SH', good, set({ controlNumber: '0001' }))),
    'AK2*856*0001 AK5*A AK2*856*0001 AK5*R*23 AK9*P*2*2*1',
  ],
  [
    'nothing for a set that no table describes',
    isa({}, gs('SR', st('404', 'BX*00'))),
    'AK2*404*0001 AK5*A AK9*A*1*1*1',
  ],
];

describe('A fault of a document is said in AK5 with code', () => {
  for (const [what, file, expected] of DOCUMENT_ROWS) it(what, () => assert.equal(said(file), expected));

  it('after code, those that reject first, each once and five at most', () => {
    const options = { type: '856', controlNumber: '1', count: 9, trailerControlNumber: '2' };
    const file = isa({}, gs('SW', st(options, BSN, 'HL*1**S*2', 'HL*1**S*2')));
    assert.equal(answerLines(file).at(-2), 'AK5*R*6*4*3*5*7');
  });
});

const GROUP_ROWS: typeof DOCUMENT_ROWS = [
  ['1: no functional code', ofGroup({ code: 'SHX' }), 'AK2*856*0001 AK5*R*6 AK9*R*1*1*0*1'],
  ['2: a version of wrong form', ofGroup({ version: '004010TOOLONGX' }), 'AK9*R*1*1*0*2'],
  ['3: no trailer', ofGroup({ trailer: false }), 'AK9*R*1*1*0*3'],
  ['4: another number in the trailer', ofGroup({ trailerControlNumber: '7' }), 'AK9*R*1*1*0*4'],
  ['5: a wrong count, which is repeated as claimed', ofGroup({ count: 5 }), 'AK2*856*0001 AK5*A AK9*E*5*1*1*5'],
  ['6: a number of wrong form', ofGroup({ controlNumber: 'ABC' }), 'AK9*R*1*1*0*6'],
  [
    '6 for a number used twice, before 005010',
    isa({}, gs('SH', good), gs({ code: 'SH', controlNumber: '1' }, good)),
    'AK2*856*0001 AK5*A AK9*A*1*1*1 AK1*SH*1 AK2*856*0001 AK5*A AK9*E*1*1*1*6',
  ],
  [
    '19 for a number used twice, from 005010 on',
    isa({}, gs('SH', good), gs({ code: 'SH', controlNumber: '1', version: '005010' }, good)),
    'AK2*856*0001 AK5*A AK9*A*1*1*1 AK1*SH*1*005010 AK2*856*0001 AK5*A AK9*E*1*1*1*19',
  ],
];

describe('A fault of a group is said in AK9 with code', () => {
  for (const [what, file, expected] of GROUP_ROWS) it(what, () => assert.equal(said(file), expected));

  it('and in a rejected group no document is said to be accepted', () => {
    const file = isa({}, gs({ code: 'SH', trailer: false }, good, withErrors, bad));
    assert.equal(said(file), 'AK2*856*0003 AK3*HL*3**3 AK5*R*5 AK9*R*3*3*0*3');
  });
});

describe('The status of a group', () => {
  const rows: readonly (readonly [what: string, sets: readonly (typeof good)[], status: string])[] = [
    ['A when all documents are accepted', [good, good], 'AK9*A*2*2*2'],
    ['A when there is none', [], 'AK9*A*0*0*0'],
    ['E when one has errors', [good, withErrors], 'AK9*E*2*2*2'],
    ['P when some are rejected', [good, withErrors, bad], 'AK9*P*3*3*2'],
    ['R when all are rejected', [bad, bad], 'AK9*R*2*2*0'],
  ];
  for (const [what, sets, status] of rows) {
    it(`is ${what}`, () => assert.equal(answerLines(isa({}, gs('SH', ...sets))).at(-1), status));
  }

  it('is E when only the group itself has errors', () => {
    assert.equal(answerLines(ofGroup({ count: 5 })).at(-1), 'AK9*E*5*1*1*5');
  });
});

describe('The documents of a group', () => {
  const file = isa({}, gs('SH', good, withErrors, bad));

  it('are all named when the partner wants that', () => {
    const named = answerLines(file).filter((line) => line.startsWith('AK2'));
    assert.deepEqual(named, ['AK2*856*0001', 'AK2*856*0002', 'AK2*856*0003']);
  });

  it('are named when they are rejected and the partner wants only those', () => {
    const lines = ['AK1*SH*1', 'AK2*856*0003', 'AK3*HL*3**3', 'AK5*R*5', 'AK9*P*3*3*2'];
    assert.deepEqual(answerLines(file, { documents: 'rejected' }), lines);
  });
});
