import assert from 'node:assert/strict';
import type { Checked } from '../../../src/edi/check/index.ts';
import { finding } from '../../../src/edi/findings.ts';
import { checkedItems, contrlBody } from '../support/contrl.ts';
import { type InterchangeOptions, type MessageOptions, una, unb, ung, unh } from '../support/edifact.ts';

const VERSION = 'D:99A:UN';
const GOOD = ['BGM+351+A1+9', 'DTM+137:20240102:102', 'NAD+BY', 'LOC+7', 'CNT+1'];

/** The segments with one exchanged for others. */
const changed = (from: string, ...to: readonly string[]) => GOOD.flatMap((one) => (one === from ? to : [one]));
const message = (segments: readonly string[], options: Partial<MessageOptions> = {}) =>
  unh({ type: 'MADEUP', version: VERSION, ...options }, ...segments);
const good = message(GOOD);

/** What is said of a message. */
const saidOf = (segments: readonly string[], options: Partial<MessageOptions> = {}): string =>
  contrlBody(unb({ syntax: 'UNOC:3' }, message(segments, options)));

/** A message that is rejected for its count, so that faults are told that alone would not reject it. */
const told = (segments: readonly string[]): string => saidOf(segments, { count: 99 });
const inside = (notes: string): string => `UCI+7 UCM+1+MADEUP:${VERSION}+4 ${notes}`;
const beside = (notes: string): string => `UCI+7 UCM+1+MADEUP:${VERSION}+4+29+UNT+2 ${notes}`;
const whole = (verdict: string): string => `UCI+7 UCM+1+MADEUP:${VERSION}+4+${verdict}`;

/** The rows of the table in which the faults of a document have codes of X12 and of CONTRL. */
const MESSAGE_ROWS: readonly (readonly [row: string, said: string, expected: string])[] = [
  ['an unknown segment: 15', saidOf([...GOOD, 'XYZ+1']), inside('UCS+7+15')],
  [
    'a mandatory segment that is missing: 13, after the last one before it',
    saidOf(changed('DTM+137:20240102:102')),
    inside('UCS+2+13'),
  ],
  ['a segment over its maximum: 35', saidOf(changed('LOC+7', 'LOC+7', 'LOC+8')), inside('UCS+6+35')],
  ['a group over its maximum: 36', saidOf(changed('NAD+BY', 'NAD+BY', 'NAD+SU', 'NAD+DP')), inside('UCS+6+36')],
  ['a segment out of sequence: 15', saidOf(['BGM', 'NAD+BY', 'CNT+1', 'DTM+2']), inside('UCS+5+15')],
  ['a mandatory element that is missing: 13', saidOf(changed('LOC+7', 'LOC')), inside('UCS+5 UCD+13+2')],
  ['a mandatory component that is missing: 13', saidOf(changed('NAD+BY', 'NAD+BY+:9+X')), inside('UCS+4 UCD+13+3:1')],
  ['a rule between elements that is broken: 48', told(changed('NAD+BY', 'NAD+BY+X')), beside('UCS+4 UCD+48+4')],
  ['too many elements: 16', told(changed('LOC+7', 'LOC+7+X')), beside('UCS+5 UCD+16+3')],
  ['too many components: 16', told(changed('NAD+BY', 'NAD+BY+X:9:Y+Z')), beside('UCS+4 UCD+16+3:3')],
  ['a text that is too short: 40', told(changed('NAD+BY', 'NAD+BY+++X')), beside('UCS+4 UCD+40+5')],
  ['a text that is too long: 39', told(changed('LOC+7', 'LOC+7777')), beside('UCS+5 UCD+39+2')],
  ['a character that no text has: 21', saidOf(changed('BGM+351+A1+9', 'BGM+351+A\x011+9')), inside('UCS+2 UCD+21+3')],
  ['a character of the wrong kind: 37', saidOf(changed('CNT+1', 'CNT+1A')), inside('UCS+6 UCD+37+2')],
  ['a code that is not in the list: 12', told(changed('BGM+351+A1+9', 'BGM+351+A1+8')), beside('UCS+2 UCD+12+4')],
  [
    'a date that is none: 12',
    saidOf(changed('DTM+137:20240102:102', 'DTM+137:20240231:102')),
    inside('UCS+3 UCD+12+2:2'),
  ],
  ['a time that is none: 12', saidOf(changed('DTM+137:20240102:102', 'DTM+137:2575:401')), inside('UCS+3 UCD+12+2:2')],
  ['a wrong count in the UNT: 29', saidOf(GOOD, { count: 9 }), whole('29+UNT+2')],
  ['references that differ: 28', saidOf(GOOD, { trailerReference: '9' }), whole('28+UNT+3')],
  ['a duplicate: 26', contrlBody(unb({}, message(GOOD), message(GOOD, { reference: '1' }))), whole('26+UNH+2')],
  ['a missing trailer: 13', saidOf(GOOD, { trailer: false }), whole('13+UNT')],
];

describe('CONTRL says of a message', () => {
  for (const [row, said, expected] of MESSAGE_ROWS) it(row, () => assert.equal(said, expected));

  it('nothing that does not reject it', () => {
    assert.equal(saidOf(changed('BGM+351+A1+9', 'BGM+351+A1+8')), 'UCI+7');
  });

  it('faults in the order of its segments, those of one segment together', () => {
    const segments = ['BGM+351+A\x011+8', 'DTM+137:20240231:102', 'LOC', 'XYZ', 'XYZ'];
    const notes = 'UCS+2 UCD+21+3 UCD+12+4 UCS+3 UCD+12+2:2 UCS+4+15 UCS+4 UCD+13+2 UCS+5+15 UCS+6+15 UCS+6+13';
    assert.equal(saidOf(segments), inside(notes));
  });

  it('that nothing is between two segments once, however much is missing there', () => {
    assert.equal(saidOf(['CNT+1']), inside('UCS+1+13'));
  });

  it('which repetition of an element is wrong, in syntax 4', () => {
    const repeating = unb({ syntax: 'UNOC:4' }, message(changed('BGM+351+A1+9', 'BGM+351+A1+9*8'), { count: 9 }));
    assert.match(contrlBody(repeating), /UCS\+2 UCD\+35\+4::2$/);
  });
});

const ofHeader = (options: InterchangeOptions): string => contrlBody(unb(options, good));

/** The same checks with a fault that only the partners' file can tell. */
function withFault(contrl: string, element: number): readonly Checked[] {
  const details = { path: 'UNB', position: { byte: 0, tag: 'UNB', element }, severity: 'rejected', contrl } as const;
  return checkedItems(unb({}, good)).map((checked) =>
    checked.kind === 'interchange'
      ? { ...checked, findings: [finding('INTERCHANGE_HEADER_ELEMENT', details)] }
      : checked,
  );
}

const INTERCHANGE_ROWS: typeof MESSAGE_ROWS = [
  ['an unknown sender: 23', contrlBody(withFault('23', 2)), 'UCI+4+23+UNB+3'],
  ['that it is not for us: 7', contrlBody(withFault('7', 3)), 'UCI+4+7+UNB+4'],
  ['a version of the syntax that is unknown: 2', ofHeader({ syntax: 'UNOA:7' }), 'UCI+4+2+UNB+2:2'],
  ['a missing syntax identifier: 13', ofHeader({ syntax: ':3' }), 'UCI+4+13+UNB+2:1'],
  ['a missing trailer: 13', ofHeader({ trailer: false }), 'UCI+4+13+UNZ'],
  ['a segment outside any message: 33', contrlBody(unb({}, good, 'BGM+1')), 'UCI+4+33'],
  ['nothing of errors that do not reject it', ofHeader({ count: 7, trailerReference: '9' }), 'UCI+7'],
];

describe('CONTRL says of an interchange', () => {
  for (const [row, said, expected] of INTERCHANGE_ROWS) it(row, () => assert.equal(said, expected));
});

const ofGroup = (options: object): string => contrlBody(unb({}, ung({ code: 'MADEUP', ...options }, good)));
const group = (verdict: string): string => `UCI+7 UCF+1+SENDER:14+RECEIVER:14+4+${verdict}`;

const GROUP_ROWS: typeof MESSAGE_ROWS = [
  ['references that differ: 28', ofGroup({ trailerReference: '9' }), group('28+UNE+3')],
  ['a missing trailer: 13', ofGroup({ trailer: false }), group('13+UNE')],
  ['nothing of errors that do not reject it', ofGroup({ count: 9 }), 'UCI+7'],
];

describe('CONTRL says of a group', () => {
  for (const [row, said, expected] of GROUP_ROWS) it(row, () => assert.equal(said, expected));

  it('which of its messages are rejected', () => {
    const file = una() + unb({}, ung('MADEUP', good, message(['BGM'])), ung('MADEUP', good));
    assert.equal(contrlBody(file), `UCI+7 UCF+1+SENDER:14+RECEIVER:14+7 UCM+2+MADEUP:${VERSION}+4 UCS+2+13`);
  });
});
