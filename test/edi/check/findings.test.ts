import { strict as assert } from 'node:assert';
import { FINDING_CODES, type FindingCode } from '../../../src/edi/finding-codes.ts';
import { findingsOf } from '../support/check.ts';
import { bytes, type GroupOptions, gs, type InterchangeOptions, isa, type SetOptions, st } from '../support/x12.ts';

const BSN = 'BSN*00*SHIP1*20240102*1530';
const asn = (...body: string[]): string => isa({}, gs('SH', st('856', BSN, ...body)));
const item = (...body: string[]): string => asn('HL*1**I', ...body);
const withSet = (options: Partial<SetOptions>): string =>
  isa({}, gs('SH', st({ type: '856', ...options }, BSN, 'HL*1**S')));
const withGroup = (options: Partial<GroupOptions>): string =>
  isa({}, gs({ code: 'SH', ...options }, st('856', BSN, 'HL*1**S')));
const withHeader = (options: InterchangeOptions): string => isa(options, gs('SH', st('856', BSN, 'HL*1**S')));

interface Row {
  readonly file: string;
  /** What stands in the file where the finding points. */
  readonly at: string;
  readonly path: string;
  readonly severity: 'note' | 'accepted-with-errors' | 'rejected';
  /** The code in TA1, AK9, AK5, AK3 or AK4; absent for none. */
  readonly x12?: string;
  readonly segment?: number;
  readonly value?: string;
}

const E = 'accepted-with-errors';
const R = 'rejected';

/** One small file for each code, which is the only thing wrong with it. */
const ROWS: Readonly<
  Record<Exclude<FindingCode, MapCode | FileCode | FormatCode | PartyCode | 'ELEMENT_DECIMAL' | 'FINDINGS_CUT'>, Row>
> = {
  GARBAGE_BETWEEN: { file: `${asn('HL*1**S')}rubbish${asn('HL*1**S')}`, at: 'rubbish', path: 'file', severity: E },
  INTERCHANGE_HEADER_LENGTH: { file: withHeader({ padded: false }), at: 'ISA', path: 'ISA', severity: E },
  INTERCHANGE_HEADER_ELEMENT: {
    file: withHeader({ date: '241302' }),
    at: '241302',
    path: 'ISA/09',
    severity: R,
    x12: '014',
    value: '241302',
  },
  INTERCHANGE_DELIMITERS: { file: withHeader({ component: '*' }), at: 'ISA', path: 'ISA', severity: E, x12: '027' },
  INTERCHANGE_TRAILER_MISSING: { file: withHeader({ trailer: false }), at: '', path: 'ISA', severity: R, x12: '023' },
  INTERCHANGE_CONTROL_DIFFERS: {
    file: withHeader({ trailerControlNumber: '000000002' }),
    at: '000000002',
    path: 'IEA/02',
    severity: E,
    x12: '001',
  },
  INTERCHANGE_COUNT_WRONG: {
    file: withHeader({ count: 2 }),
    at: '2*000000001',
    path: 'IEA/01',
    severity: E,
    x12: '021',
    value: '2',
  },
  INTERCHANGE_STRUCTURE: {
    file: isa({}, gs('SH', st('856', BSN, 'HL*1**S'), 'REF*BM*1')),
    at: 'REF*BM*1',
    path: 'REF',
    severity: R,
    x12: '022',
  },
  GROUP_HEADER_ELEMENT: {
    file: withGroup({ version: '004010TOOLONGX' }),
    at: '004010TOOLONGX',
    path: 'GS/08',
    severity: R,
    x12: '2',
  },
  GROUP_TRAILER_MISSING: { file: withGroup({ trailer: false }), at: 'IEA', path: 'GS', severity: R, x12: '3' },
  GROUP_CONTROL_DIFFERS: {
    file: withGroup({ trailerControlNumber: '7' }),
    at: '7~IEA',
    path: 'GE/02',
    severity: R,
    x12: '4',
    value: '7',
  },
  GROUP_COUNT_WRONG: { file: withGroup({ count: 5 }), at: '5*1~IEA', path: 'GE/01', severity: E, x12: '5', value: '5' },
  GROUP_CONTROL_REPEATED: {
    file: isa(
      {},
      gs('SH', st('856', BSN, 'HL*1**S')),
      gs({ code: 'SH', controlNumber: '1' }, st('856', BSN, 'HL*1**S')),
    ),
    at: '1*X*004010~ST*856*0001~BSN*00*SHIP1*20240102*1530~HL*1**S~SE*4*0001~GE*1*1~IEA',
    path: 'GS/06',
    severity: E,
    x12: '19',
  },
  SET_UNKNOWN: {
    file: isa({}, gs('SR', st('404', 'BX*00'))),
    at: 'ST*404',
    path: '404',
    severity: 'note',
    x12: '1',
    value: '404',
  },
  RELEASE_NOT_INSTALLED: {
    file: withGroup({ version: '004030' }),
    at: 'ST*856',
    path: '856',
    severity: 'note',
    x12: '1',
    value: '004030',
  },
  SET_TYPE_INVALID: {
    file: isa({}, gs('SH', st('8X6', BSN))),
    at: '8X6',
    path: 'ST/01',
    severity: R,
    x12: '6',
    segment: 1,
    value: '8X6',
  },
  SET_GUIDE_DIFFERS: {
    file: isa(
      { version: '00501', repetition: '^' },
      gs({ code: 'SH', version: '005010X001' }, st({ type: '856', controlNumber: '0001*005010X002' }, BSN, 'HL*1**S')),
    ).replace('SE*4*0001*005010X002', 'SE*4*0001'),
    at: '005010X002',
    path: '856/ST/03',
    severity: E,
    x12: '19',
    segment: 1,
    value: '005010X002',
  },
  SET_NOT_IN_GROUP: {
    file: isa({}, gs('SW', st('856', BSN, 'HL*1**S'))),
    at: '856*0001',
    path: '856/ST/01',
    severity: R,
    x12: '18',
    segment: 1,
  },
  SET_TRAILER_MISSING: { file: withSet({ trailer: false }), at: 'GE*1', path: '856', severity: R, x12: '2' },
  SET_CONTROL_DIFFERS: {
    file: withSet({ trailerControlNumber: '0009' }),
    at: '0009',
    path: '856/SE/02',
    severity: R,
    x12: '3',
    segment: 4,
  },
  SET_CONTROL_INVALID: {
    file: withSet({ controlNumber: '1' }),
    at: '1~BSN',
    path: '856/ST/02',
    severity: E,
    x12: '7',
    segment: 1,
  },
  SET_CONTROL_REPEATED: {
    file: isa({}, gs('SH', st('856', BSN, 'HL*1**S'), st({ type: '856', controlNumber: '0001' }, BSN, 'HL*1**O'))),
    at: '0001~BSN*00*SHIP1*20240102*1530~HL*1**O',
    path: '856/ST/02',
    severity: R,
    x12: '23',
    segment: 1,
  },
  SET_COUNT_WRONG: {
    file: withSet({ count: 9 }),
    at: '9*0001',
    path: '856/SE/01',
    severity: R,
    x12: '4',
    segment: 4,
    value: '9',
  },
  SEGMENT_UNKNOWN: { file: item('XYZ*1'), at: 'XYZ*1', path: '856/XYZ', severity: R, x12: '1', segment: 4 },
  SEGMENT_UNEXPECTED: { file: item('N3*1 MAIN ST'), at: 'N3*1', path: '856/N3', severity: R, x12: '2', segment: 4 },
  SEGMENT_NOT_IN_SET: { file: item('W76*1'), at: 'W76*1', path: '856/W76', severity: R, x12: '6', segment: 4 },
  SEGMENT_OUT_OF_ORDER: {
    file: item('SN1**1*EA', 'LIN**UP*1'),
    at: 'LIN',
    path: '856/HL[1]/LIN',
    severity: R,
    x12: '7',
    segment: 5,
  },
  SEGMENT_MISSING: { file: asn('CTT*0'), at: 'CTT', path: '856/HL', severity: R, x12: '3', segment: 3 },
  SEGMENT_REPEATED: {
    file: item('SN1**1*EA', 'SN1**2*EA'),
    at: 'SN1**2',
    path: '856/HL[1]/SN1',
    severity: R,
    x12: '5',
    segment: 5,
  },
  LOOP_REPEATED: {
    file: isa({}, gs('OW', st('940', 'W05*N*1', ...Array<string>(10).fill('N1*ST*A'), 'N1*ST*B'))),
    at: 'N1*ST*B',
    path: '940/N1[11]',
    severity: R,
    x12: '4',
    segment: 13,
  },
  HIERARCHY_BROKEN: {
    file: asn('HL*1*7*S'),
    at: '7*S',
    path: '856/HL[1]/02',
    severity: R,
    x12: '7',
    segment: 3,
    value: '7',
  },
  ELEMENT_MISSING: { file: item('SN1***EA'), at: '*EA', path: '856/HL[1]/SN1/02', severity: R, x12: '1', segment: 4 },
  ELEMENT_RULE_BROKEN: {
    file: item('LIN**UP*1*VP'),
    at: '~SE',
    path: '856/HL[1]/LIN/05',
    severity: E,
    x12: '2',
    segment: 4,
  },
  ELEMENT_EXCLUDED: {
    file: isa({}, gs('QM', st('214', 'B10*1*2*SCAC', 'LX*1', 'AT7*X3*NS*AB*NA'))),
    at: 'AB*NA',
    path: '214/LX[1]/AT7[1]/03',
    severity: E,
    x12: '10',
    segment: 4,
    value: 'AB',
  },
  ELEMENTS_TOO_MANY: {
    file: item('REF*BM*1***X'),
    at: 'X~',
    path: '856/HL[1]/REF/05',
    severity: E,
    x12: '3',
    segment: 4,
    value: 'X',
  },
  ELEMENT_TOO_SHORT: {
    file: item('REF*B*1'),
    at: 'B*1',
    path: '856/HL[1]/REF/01',
    severity: E,
    x12: '4',
    segment: 4,
    value: 'B',
  },
  ELEMENT_TOO_LONG: {
    file: item(`REF*BM*${'1'.repeat(31)}`),
    at: '1111',
    path: '856/HL[1]/REF/02',
    severity: E,
    x12: '5',
    segment: 4,
  },
  ELEMENT_CHARACTER: {
    file: item('SN1**1E3*EA'),
    at: '1E3',
    path: '856/HL[1]/SN1/02',
    severity: R,
    x12: '6',
    segment: 4,
    value: '1E3',
  },
  ELEMENT_CODE: {
    file: asn('HL*1**S*2'),
    at: '2~SE',
    path: '856/HL[1]/04',
    severity: E,
    x12: '7',
    segment: 3,
    value: '2',
  },
  ELEMENT_DATE: {
    file: item('DTM*011*20230229'),
    at: '20230229',
    path: '856/HL[1]/DTM/02',
    severity: R,
    x12: '8',
    segment: 4,
  },
  ELEMENT_TIME: {
    file: item('DTM*011**2460'),
    at: '2460',
    path: '856/HL[1]/DTM/03',
    severity: R,
    x12: '9',
    segment: 4,
  },
  ELEMENT_REPEATED: {
    file: isa({ version: '00501', repetition: '^' }, gs('SH', st('856', BSN, 'HL*1**I', 'REF*BM*A^B'))),
    at: 'B~SE',
    path: '856/HL[1]/REF/02',
    severity: E,
    x12: '12',
    segment: 4,
    value: 'B',
  },
  COMPONENTS_TOO_MANY: {
    file: item('REF*BM*A:B'),
    at: 'B~SE',
    path: '856/HL[1]/REF/02-2',
    severity: E,
    x12: '13',
    segment: 4,
    value: 'B',
  },
  TRAILING_SEPARATORS: { file: item('REF*BM*1*'), at: '~SE', path: '856/HL[1]/REF/03', severity: 'note', segment: 4 },
};

/** Codes that only partners and a ledger give. */
type PartyCode = 'INTERCHANGE_SENDER_UNKNOWN' | 'INTERCHANGE_RECEIVER_UNKNOWN' | 'INTERCHANGE_REPEATED';
/** Codes that maps and schemas give. */
type MapCode = Extract<FindingCode, `MAP_${string}` | `EXPECT_${string}` | 'EVENT_SCHEMA' | 'DOCUMENT_UNWRITABLE'>;
/** Codes of files that have no interchange that could be read to its end. */
type FileCode = 'NOT_EDI' | 'EMPTY_FILE' | 'INTERCHANGE_HEADER_BROKEN' | 'INTERCHANGE_UNREADABLE';
/** Of documents in other formats. */
type FormatCode = Extract<FindingCode, `FORMAT_${string}`>;

describe('A document without fault', () => {
  for (const file of [asn('HL*1**S', 'CTT*1'), isa({}, 'TA1*000000001*240102*1530*A*000')]) {
    it(`gives no finding: ${file.slice(106, 140)}`, () => {
      assert.deepEqual(findingsOf(bytes(file)), []);
    });
  }
});

describe('Each finding', () => {
  for (const [code, row] of Object.entries(ROWS)) {
    it(`${code} is found alone, where it lies, with its codes`, () => {
      const [found, ...others] = findingsOf(bytes(row.file));
      assert.ok(found);
      assert.deepEqual([found.code, others.map((other) => other.code)], [code, []]);
      const { position, ack, severity, path } = found;
      assert.ok(row.file.slice(position.byte).startsWith(row.at), row.file.slice(position.byte, position.byte + 20));
      assert.deepEqual(
        { severity, path, x12: ack?.x12, segment: position.segment, value: row.value && found.value },
        { severity: row.severity, path: row.path, x12: row.x12, segment: row.segment, value: row.value },
      );
      const entry = Object.entries(FINDING_CODES).find(([name]) => name === code)?.[1];
      assert.equal(ack?.level, entry?.level);
      assert.match(found.text, /^[^a-z].*\.$/s);
      assert.match(found.remedy, /^[A-Z].*\.$/);
    });
  }
});

describe('A file that is no whole interchange', () => {
  const files: readonly (readonly [string, string, readonly string[]])[] = [
    ['is empty', '', ['EMPTY_FILE']],
    ['is something else', 'Dear partner, see attachment.', ['GARBAGE_BETWEEN', 'NOT_EDI']],
    ['ends inside its header', 'ISA*00*   ', ['INTERCHANGE_HEADER_BROKEN']],
    [
      'has a segment without an end',
      `${asn('HL*1**S').slice(0, 150)}${'x'.repeat(70_000)}`,
      ['INTERCHANGE_UNREADABLE'],
    ],
  ];
  for (const [what, file, codes] of files) {
    it(`${what}: ${codes.join(', ')}`, () => {
      const found = findingsOf(bytes(file)).map(({ code }) => code);
      for (const code of codes)
        assert.ok(
          found.some((one) => one === code),
          found.join(),
        );
    });
  }
});
