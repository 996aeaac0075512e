import assert from 'node:assert/strict';
import { createX12Reader } from '../../../src/edi/x12/reader.ts';
import { checkBytes, outline, readChunks, texts } from '../support/items.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

const set = st('856', 'BSN*00*S1', 'HL*1**S');
const plain = isa({}, gs('SH', set));
const usual = ['ISA 000000001', 'GS SH 1', '856 0001 (4)', 'GE 1', 'IEA 000000001'];
const second = usual.map((line) => line.replace('000000001', '000000002'));
const next = isa({ controlNumber: '000000002' }, gs('SH', set));

/** Text of a file and what is read from it. */
const CASES: readonly (readonly [title: string, file: string, expected: readonly string[]])[] = [
  ['one set', plain, usual],
  ['separators of its own', isa({ element: '|', component: '>', segment: '!' }, gs('SH', set)), usual],
  [
    'separators that are control characters',
    isa({ element: '\x1d', component: '\x1f', segment: '\x1c' }, gs('SH', set)),
    usual,
  ],
  ['bytes above 127 as separators', isa({ element: '\xa6', component: '\xa4', segment: '\xa7' }, gs('SH', set)), usual],
  ['line feed as terminator', isa({ segment: '\n' }, gs('SH', set)), usual],
  ['carriage return as terminator', isa({ segment: '\r' }, gs('SH', set)), usual],
  ['carriage return and line feed as terminator', isa({ segment: '\r\n' }, gs('SH', set)), usual],
  ['terminator $ with a line feed after it', isa({ segment: '$', after: '\n' }, gs('SH', set)), [...usual, 'blank 1']],
  [
    'terminator | with a line break after it',
    isa({ segment: '|', after: '\r\n' }, gs('SH', set)),
    [...usual, 'blank 2'],
  ],
  ['line feed after terminators', isa({ after: '\n' }, gs('SH', set)), [...usual, 'blank 1']],
  ['line break after terminators', isa({ after: '\r\n' }, gs('SH', set)), [...usual, 'blank 2']],
  ['line break and blanks after terminators', isa({ after: '\r\n\t  ' }, gs('SH', set)), [...usual, 'blank 5']],
  [
    'blank lines between segments that end with the line',
    isa({ segment: '\n' }, gs('SH', set)).replace('\nHL', '\n\n \nHL'),
    usual,
  ],
  ['no line break after the last line', isa({ segment: '\n' }, gs('SH', set)).trimEnd(), usual],
  ['no line break after the last of two-byte lines', isa({ segment: '\r\n' }, gs('SH', set)).trimEnd(), usual],
  ['blanks after the IEA', `${plain}  \r\n \x1a`, [...usual, 'blank 6']],
  ['a byte order mark', `\xef\xbb\xbf${plain}`, ['byte-order-mark 3', ...usual]],
  ['a line break before the ISA', `\r\n${plain}`, ['blank 2', ...usual]],
  [
    'blank, mark and blank before the ISA',
    ` \xef\xbb\xbf\n${plain}`,
    ['blank 1', 'byte-order-mark 3', 'blank 1', ...usual],
  ],
  ['two interchanges', plain + next, [...usual, ...second]],
  [
    'two interchanges with other separators',
    plain + isa({ controlNumber: '000000002', element: '|', component: '<', segment: '\n' }, gs('SH', set)),
    [...usual, ...second],
  ],
  ['two interchanges and a line break between', `${plain}\n${next}`, [...usual, 'blank 1', ...second]],
  ['two interchanges and garbage between', `${plain}-- page 2 --\n${next}`, [...usual, 'garbage 13', ...second]],
  ['garbage that says ISA', `ISAAC; ISA: 5, VISA-CARD ${plain}`, ['garbage 25', ...usual]],
  ['garbage before', `From: a@b.example\r\n\r\n${plain}`, ['garbage 21', ...usual]],
  ['garbage alone', 'lorem ipsum', ['garbage 11']],
  ['nothing', '', []],
  ['blanks alone', ' \r\n', ['blank 3']],
  [
    'a TA1 between ISA and GS',
    isa({}, 'TA1*000000007*240102*1530*A*000', gs('SH', set)),
    [usual[0] ?? '', 'TA1 000000007', ...usual.slice(1)],
  ],
  ['a TA1 alone', isa({}, 'TA1*000000007*240102*1530*A*000'), ['ISA 000000001', 'TA1 000000007', 'IEA 000000001']],
  [
    'a TA1 behind the groups',
    isa({}, gs('SH', set), 'TA1*000000007*240102*1530*A*000'),
    [...usual.slice(0, 4), 'TA1 000000007', 'IEA 000000001'],
  ],
  ['an interchange of nothing', isa({}), ['ISA 000000001', 'IEA 000000001']],
  ['an empty group', isa({}, gs('SH')), ['ISA 000000001', 'GS SH 1', 'GE 1', 'IEA 000000001']],
  [
    'two groups and three sets',
    isa({}, gs('SH', set, set), gs('QM', st('214'))),
    [
      'ISA 000000001',
      'GS SH 1',
      '856 0001 (4)',
      '856 0002 (4)',
      'GE 1',
      'GS QM 2',
      '214 0001 (2)',
      'GE 2',
      'IEA 000000001',
    ],
  ],
  [
    'a missing SE before a set',
    isa({}, gs('SH', st({ type: '856', trailer: false }, 'BSN*00'), set)),
    ['ISA 000000001', 'GS SH 1', '856 0001 (2) SE missing', '856 0002 (4)', 'GE 1', 'IEA 000000001'],
  ],
  [
    'a missing SE before the GE',
    isa({}, gs('SH', st({ type: '856', trailer: false }, 'BSN*00'))),
    ['ISA 000000001', 'GS SH 1', '856 0001 (2) SE missing', 'GE 1', 'IEA 000000001'],
  ],
  [
    'a missing SE and GE before the IEA',
    isa({}, gs({ code: 'SH', trailer: false }, st({ type: '856', trailer: false }))),
    ['ISA 000000001', 'GS SH 1', '856 0001 (1) SE missing', 'GE missing', 'IEA 000000001'],
  ],
  [
    'a missing GE',
    isa({}, gs({ code: 'SH', trailer: false }, set), gs('SH', set)),
    ['ISA 000000001', 'GS SH 1', '856 0001 (4)', 'GE missing', 'GS SH 2', '856 0001 (4)', 'GE 2', 'IEA 000000001'],
  ],
  [
    'an IEA that says nothing, on a line of two bytes',
    `${isa({ segment: '\r\n', trailer: false }, gs('SH', set))}IEA\r\n${next}`,
    [...usual.slice(0, 4), 'IEA ', ...second],
  ],
  ['a missing IEA', isa({ trailer: false }, gs('SH', set)), [...usual.slice(0, 4), 'IEA missing']],
  [
    'a missing IEA before the next ISA',
    `${isa({ trailer: false }, gs('SH', set))}\n${next}`,
    [...usual.slice(0, 4), 'IEA missing', 'blank 1', ...second],
  ],
  [
    'everything missing before the next ISA',
    `${plain.slice(0, plain.indexOf('HL'))}${next}`,
    ['ISA 000000001', 'GS SH 1', '856 0001 (2) SE missing', 'GE missing', 'IEA missing', ...second],
  ],
  [
    'a file cut inside a segment',
    plain.slice(0, plain.indexOf('HL') + 4),
    ['ISA 000000001', 'GS SH 1', '856 0001 (2) SE missing', 'broken truncated 4', 'GE missing', 'IEA missing'],
  ],
  [
    'a file cut inside a segment and another file behind it',
    plain.slice(0, plain.indexOf('HL') + 4) + next,
    [
      'ISA 000000001',
      'GS SH 1',
      '856 0001 (2) SE missing',
      'broken truncated 4',
      'GE missing',
      'IEA missing',
      ...second,
    ],
  ],
  [
    'a file cut inside a segment and another with other separators behind it',
    plain.slice(0, plain.indexOf('HL') + 4) +
      isa({ controlNumber: '000000002', element: '|', segment: '!' }, gs('SH', set)),
    [
      'ISA 000000001',
      'GS SH 1',
      '856 0001 (2) SE missing',
      'broken truncated 4',
      'GE missing',
      'IEA missing',
      ...second,
    ],
  ],
  [
    'a whole interchange inside a BIN',
    isa({}, gs('SH', st('856', `BIN*${next.length}*${next}`))),
    ['ISA 000000001', 'GS SH 1', '856 0001 (3)', 'GE 1', 'IEA 000000001'],
  ],
  ['a file cut inside the ISA', plain.slice(0, 60), ['truncated 60']],
  ['an ISA and no more', plain.slice(0, 106), ['ISA 000000001', 'IEA missing']],
  [
    'a set without a group',
    isa({}, 'ST*856*0001', 'SE*2*0001'),
    ['ISA 000000001', 'GS implicit', '856 0001 (2)', 'GE missing', 'IEA 000000001'],
  ],
  [
    'a GE without a GS',
    isa({}, 'ST*856*0001', 'SE*2*0001', 'GE*1*1'),
    ['ISA 000000001', 'GS implicit', '856 0001 (2)', 'GE missing', 'stray GE', 'IEA 000000001'],
  ],
  [
    'segments outside any set',
    isa({}, 'REF*1', gs('SH', 'REF*2', set, 'SE*1*1', 'TA1*1')),
    [
      'ISA 000000001',
      'stray REF',
      'GS SH 1',
      'stray REF',
      '856 0001 (4)',
      'stray SE',
      'stray TA1',
      'GE 1',
      'IEA 000000001',
    ],
  ],
  [
    'an ISA segment that is no header',
    isa({}, gs('SH', st('856', 'ISA*1'))),
    ['ISA 000000001', 'GS SH 1', '856 0001 (3)', 'GE 1', 'IEA 000000001'],
  ],
  [
    'separators inside a BIN',
    isa({}, gs('SH', st('856', 'BIN*11*a~ST*b~IEA*', 'BIN*2*\r\n'))),
    ['ISA 000000001', 'GS SH 1', '856 0001 (4)', 'GE 1', 'IEA 000000001'],
  ],
  [
    'separators inside a BDS',
    isa({}, gs('SH', st('856', 'BDS*ASB*5*~~*~~'))),
    ['ISA 000000001', 'GS SH 1', '856 0001 (3)', 'GE 1', 'IEA 000000001'],
  ],
  [
    'a BIN whose length is wrong',
    isa({}, gs('SH', st('856', 'BIN*3*abcde', 'BIN*x*y'))),
    ['ISA 000000001', 'GS SH 1', '856 0001 (4)', 'GE 1', 'IEA 000000001'],
  ],
  [
    'a file cut inside a BIN',
    `${isa({ trailer: false })}GS*SH~ST*856*1~BIN*99*abc~SE*1*1~`,
    ['ISA 000000001', 'GS SH ', '856 1 (1) SE missing', 'broken truncated 18', 'GE missing', 'IEA missing'],
  ],
  [
    'a header that cannot be read',
    `ISA*00*nothing like it~GS*SH*1~${next}`,
    ['ISA ', 'broken header-unreadable 31', 'IEA missing', ...second],
  ],
  [
    'counts that are wrong',
    isa({ count: 9 }, gs({ code: 'SH', count: 8 }, st({ type: '856', count: 7 }, 'BSN*00', 'HL*1**S'))),
    usual,
  ],
  [
    'control numbers that differ',
    isa({ trailerControlNumber: '2' }, gs({ code: 'SH', trailerControlNumber: '3' }, set)),
    ['ISA 000000001', 'GS SH 1', '856 0001 (4)', 'GE 3', 'IEA 2'],
  ],
];

describe('the X12 reader', () => {
  for (const [title, file, expected] of CASES) {
    it(`reads ${title}`, () => {
      const whole = bytes(file);
      const items = readChunks([whole], createX12Reader());
      assert.deepEqual(outline(items), expected);
      checkBytes(items, whole.length);
    });
  }

  it('keeps blanks inside elements and zeros in front of numbers', () => {
    const [document] = documents(
      isa({ controlNumber: '000000101' }, gs('SH', st({ type: '856', controlNumber: '0007' }, 'N1*ST* A  B '))),
    );
    assert.deepEqual(
      document?.segments.map((segment) => segment.slice(2)),
      [
        ['ST', '856', '0007'],
        ['N1', 'ST', ' A  B '],
        ['SE', '3', '0007'],
      ],
    );
  });

  it('knows the bytes of a document that ends with two-byte lines', () => {
    const file = isa({ segment: '\r\n' }, gs('SH', set));
    const [document] = documents(file);
    assert.equal(file.slice(document?.start, document?.end), 'ST*856*0001\r\nBSN*00*S1\r\nHL*1**S\r\nSE*4*0001\r\n');
  });

  it('gives the data of a BIN as it is', () => {
    const [document] = documents(isa({}, gs('SH', st('856', 'BIN*7*~*\r\n:~~'))));
    assert.deepEqual(document?.segments[1]?.slice(2), ['BIN', '7', '~*\r\n:~~']);
  });

  it('takes the release from the first six characters of GS08', () => {
    const [document] = documents(isa({}, gs({ code: 'OW', version: '004010UCS' }, st('940'))));
    assert.equal(document?.release, '004010');
  });

  it('reads bytes that are no UTF-8 as ISO 8859-1, and UTF-8 as it is', () => {
    const [document] = documents(isa({}, gs('SH', st('856', 'N1*ST*CAF\xc9', 'N1*SF*CAF\xc3\x89'))));
    assert.deepEqual(
      document?.segments.slice(1, 3).map((segment) => segment.at(-1)),
      ['CAFÉ', 'CAFÉ'],
    );
  });
});

interface ReadDocument {
  readonly release: string;
  readonly start: number;
  readonly end: number;
  readonly segments: ReturnType<typeof texts>;
}

function documents(file: string): readonly ReadDocument[] {
  return readChunks([bytes(file)], createX12Reader()).flatMap((item) =>
    item.kind === 'document' ? [{ ...item.document, segments: texts(item.document.segments) }] : [],
  );
}
