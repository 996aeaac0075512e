import assert from 'node:assert/strict';
import { answerLines } from '../support/acknowledge.ts';
import { gs, type InterchangeOptions, isa, st } from '../support/x12.ts';

const group = gs('SH', st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S'));
/** A file that asks for a TA1. */
const asking = (options: InterchangeOptions): string => isa({ acknowledge: '1', ...options }, group);
const replaced = (from: string, to: string): string => asking({}).replace(from, to);

/** One file for each code of TA105 that checking gives, and the TA1 that answers it. */
const ROWS: readonly (readonly [code: string, file: string, ta1: string])[] = [
  ['000', asking({}), 'TA1*000000001*240102*1530*A*000'],
  ['001', asking({ trailerControlNumber: '000000002' }), 'TA1*000000001*240102*1530*E*001'],
  ['002', asking({ repetition: 'X' }), 'TA1*000000001*240102*1530*E*002'],
  ['003', asking({ version: '00999', repetition: '^' }), 'TA1*000000001*240102*1530*E*003'],
  ['004', asking({ segment: 'Q' }), 'TA1*000000001*240102*1530*R*004'],
  ['005', asking({ senderQualifier: 'Z\u0001' }), 'TA1*000000001*240102*1530*R*005'],
  ['006', asking({ sender: '' }), 'TA1*000000001*240102*1530*E*006'],
  ['007', asking({ receiverQualifier: 'Z\u0001' }), 'TA1*000000001*240102*1530*R*007'],
  ['008', asking({ receiver: '' }), 'TA1*000000001*240102*1530*E*008'],
  ['010', replaced('ISA*00', 'ISA*99'), 'TA1*000000001*240102*1530*R*010'],
  ['011', replaced('ISA*00*  ', 'ISA*00*\u0001 '), 'TA1*000000001*240102*1530*R*011'],
  ['012', replaced(' *00*', ' *99*'), 'TA1*000000001*240102*1530*R*012'],
  ['013', replaced(' *00*  ', ' *00*\u0001 '), 'TA1*000000001*240102*1530*R*013'],
  ['014', asking({ date: '241302' }), 'TA1*000000001*241302*1530*R*014'],
  ['015', asking({ time: '2460' }), 'TA1*000000001*240102*2460*R*015'],
  ['016', asking({ repetition: '\u0001' }), 'TA1*000000001*240102*1530*R*016'],
  ['017', asking({ version: '\u00010401' }), 'TA1*000000001*240102*1530*R*017'],
  ['018', asking({ controlNumber: '00000000A' }), 'TA1*00000000A*240102*1530*R*018'],
  ['019', asking({ acknowledge: '9' }), 'TA1*000000001*240102*1530*E*019'],
  ['020', asking({ usage: 'X' }), 'TA1*000000001*240102*1530*E*020'],
  ['021', asking({ count: 2 }), 'TA1*000000001*240102*1530*E*021'],
  ['022', isa({}, group, 'REF*BM*1'), 'TA1*000000001*240102*1530*R*022'],
  ['023', asking({ trailer: false }), 'TA1*000000001*240102*1530*R*023'],
  ['024', isa({}, 'ST*856*0001', 'SE*2*0001'), 'TA1*000000001*240102*1530*R*024'],
  ['026', asking({ version: '00501', repetition: '*' }), 'TA1*000000001*240102*1530*E*026'],
  ['027', asking({ component: '*' }), 'TA1*000000001*240102*1530*E*027'],
];

describe('A TA1 says', () => {
  for (const [code, file, ta1] of ROWS) it(code, () => assert.equal(answerLines(file)[0], ta1));

  it('022 for a header that cannot be read and for what exceeds the limits', () => {
    const long = asking({}).replace('SHIP1', 'X'.repeat(70_000));
    assert.deepEqual(answerLines(long), ['TA1*000000001*240102*1530*R*022']);
    const unreadable = asking({}).replace('*P*:~', 'P ~');
    assert.deepEqual(answerLines(unreadable), ['TA1*000000001*240102*1530*R*022']);
  });

  it('what it answers, with zeros where the interchange says nothing', () => {
    const nameless = asking({ controlNumber: '         ', date: '      ', time: '    ' });
    assert.match(answerLines(nameless)[0] ?? '', /^TA1\*000000000\*000000\*0000\*R\*/);
  });

  it('024 where no 997 can name a group, and no 997 does', () => {
    const files = [gs({ code: 'SH', controlNumber: '' }, st('856')), gs('', st('856'))];
    for (const file of files) {
      assert.deepEqual(answerLines(isa({}, file)), ['TA1*000000001*240102*1530*R*024']);
    }
  });

  it('024 for an interchange that holds nothing', () => {
    assert.deepEqual(answerLines(isa({ acknowledge: '1' })), ['TA1*000000001*240102*1530*E*024']);
  });

  it('the worst of several codes', () => {
    const file = asking({ count: 2, usage: 'X', trailerControlNumber: '000000002', date: '241302' });
    assert.equal(answerLines(file)[0], 'TA1*000000001*241302*1530*R*014');
  });

  it('A where only an error is left that it has no code for', () => {
    assert.equal(answerLines(asking({ padded: false }))[0], 'TA1*000000001*240102*1530*A*000');
  });
});

describe('An interchange is answered with a TA1', () => {
  const rows: readonly (readonly [isa14: string, faultless: boolean, withErrors: boolean, rejected: boolean])[] = [
    ['0', false, false, true],
    ['1', true, true, true],
    ['2', false, false, true],
    ['3', false, true, true],
  ];
  const isAnswered = (file: string): boolean => answerLines(file)[0]?.startsWith('TA1') === true;
  for (const [acknowledge, ...expected] of rows) {
    it(`as ISA14 = ${acknowledge} asks for it, and always when it is rejected`, () => {
      const files = [{}, { count: 2 }, { date: '241302' }].map((options) => asking({ acknowledge, ...options }));
      assert.deepEqual(files.map(isAnswered), expected);
    });
  }
});
