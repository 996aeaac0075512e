import assert from 'node:assert/strict';
import { FINDING_CODES, type FindingCode } from '../../../src/edi/finding-codes.ts';
import { findingsOf } from '../support/check.ts';
import { type MessageOptions, unb, unh } from '../support/edifact.ts';
import { bytes } from '../support/x12.ts';

const DESADV = [
  ...['BGM+351+DES1+9', 'DTM+137:20240102:102', 'RFF+ON:4711', 'NAD+DP+5412345000013::9', 'CPS+1', 'PAC+1++CT'],
  ...['PCI+33E', 'LIN+1++5412345000037:EN', 'QTY+12:24:PCE', 'CNT+2:1'],
];
const ORDERS = ['BGM+220+4711+9', 'DTM+137:20240102:102', 'LIN+1++5412345000037:EN', 'QTY+21:48', 'UNS+S', 'CNT+2:1'];
const CONTRL = ['UCI+17+SENDER:14+RECEIVER:14+7'];
const IFTSTA = ['BGM+77+STA1+9', 'CNI+1+PRO17', 'STS+1+21'];

const changed = (base: readonly string[], from: string, ...to: readonly string[]): readonly string[] => {
  assert.ok(base.includes(from), from);
  return base.flatMap((segment) => (segment === from ? to : [segment]));
};
const inDesadv = (from: string, ...to: readonly string[]) => changed(DESADV, from, ...to);
const date = (value: string, format: string) => inDesadv('DTM+137:20240102:102', `DTM+137:${value}:${format}`);
const times = (count: number, segment: string) => Array<string>(count).fill(segment);

/** DE 0085, the finding and its path, the segments of a message with this one fault, and its UNH where that matters. */
type Row = readonly [
  contrl: string,
  code: FindingCode,
  path: string,
  segments: readonly string[],
  options?: Partial<MessageOptions>,
];

const ROWS: Readonly<Record<string, Row>> = {
  'a segment that no standard has': ['15', 'SEGMENT_UNKNOWN', 'DESADV/XYZ', inDesadv('CNT+2:1', 'XYZ+1', 'CNT+2:1')],
  'a segment of other messages': ['15', 'SEGMENT_NOT_IN_SET', 'DESADV/STS', inDesadv('CNT+2:1', 'STS+1', 'CNT+2:1')],
  'a segment whose group is not open': [
    '15',
    'SEGMENT_UNEXPECTED',
    'DESADV/PCI',
    inDesadv('CPS+1', 'PCI+33E', 'CPS+1'),
  ],
  'a segment out of sequence': [
    '15',
    'SEGMENT_OUT_OF_ORDER',
    'DESADV/DTM',
    inDesadv('CNT+2:1', 'CNT+2:1', 'DTM+137:20240102:102'),
  ],
  'no mandatory segment': ['13', 'SEGMENT_MISSING', 'DESADV/BGM', DESADV.slice(1)],
  'no mandatory group': ['13', 'SEGMENT_MISSING', 'IFTSTA/CNI[1]/STS', IFTSTA.slice(0, -1), { type: 'IFTSTA' }],
  'a segment too often': [
    '35',
    'SEGMENT_REPEATED',
    'DESADV/CPS[1]/FTX',
    inDesadv('CPS+1', 'CPS+1', ...times(6, 'FTX+AAI')),
  ],
  'a group too often': ['36', 'LOOP_REPEATED', 'DESADV/RFF[11]', inDesadv('RFF+ON:4711', ...times(11, 'RFF+ON:1'))],
  'a mandatory element that is missing': ['13', 'ELEMENT_MISSING', 'DESADV/CPS[1]/01', inDesadv('CPS+1', 'CPS+++4')],
  'a mandatory component that is missing': [
    '13',
    'ELEMENT_MISSING',
    'DESADV/RFF[1]/01-1',
    inDesadv('RFF+ON:4711', 'RFF+:4711'),
  ],
  'too many elements': ['16', 'ELEMENTS_TOO_MANY', 'DESADV/CPS[1]/04', inDesadv('CPS+1', 'CPS+1+++4')],
  'too many components': [
    '16',
    'COMPONENTS_TOO_MANY',
    'DESADV/NAD[1]/02-4',
    inDesadv('NAD+DP+5412345000013::9', 'NAD+DP+1::9:X'),
  ],
  'a repetition where none may be': [
    '35',
    'ELEMENT_REPEATED',
    'DESADV/RFF[1]/01',
    inDesadv('RFF+ON:4711', 'RFF+ON:1*ON:2'),
  ],
  'a value too short': [
    '40',
    'ELEMENT_TOO_SHORT',
    'DESADV/CPS[1]/LIN[1]/DGS[1]/04-1',
    inDesadv('QTY+12:24:PCE', 'QTY+12:24:PCE', 'DGS+IMD+3+1263+23:CEL'),
  ],
  'a value too long': [
    '39',
    'ELEMENT_TOO_LONG',
    'DESADV/RFF[1]/01-2',
    inDesadv('RFF+ON:4711', `RFF+ON:${'1'.repeat(36)}`),
  ],
  'a letter in a number': ['37', 'ELEMENT_CHARACTER', 'DESADV/CNT/01-2', inDesadv('CNT+2:1', 'CNT+2:1A')],
  'a control character in text': [
    '21',
    'ELEMENT_CHARACTER',
    'DESADV/RFF[1]/01-2',
    inDesadv('RFF+ON:4711', 'RFF+ON:47\t11'),
  ],
  'a code that is not listed': [
    '12',
    'ELEMENT_CODE',
    'ORDERS/UNS/01',
    changed(ORDERS, 'UNS+S', 'UNS+T'),
    { type: 'ORDERS' },
  ],
  'an action that is none': [
    '12',
    'ELEMENT_CODE',
    'CONTRL/UCI/04',
    changed(CONTRL, 'UCI+17+SENDER:14+RECEIVER:14+7', 'UCI+17+SENDER:14+RECEIVER:14+9'),
    { type: 'CONTRL', version: '4:1:UN' },
  ],
  'a day that is none': ['12', 'ELEMENT_DATE', 'DESADV/DTM/01-2', date('20230229', '102')],
  'a minute that is none': ['12', 'ELEMENT_DATE', 'DESADV/DTM/01-2', date('202402290960', '203')],
  'a second that is missing': ['12', 'ELEMENT_DATE', 'DESADV/DTM/01-2', date('202402290959', '204')],
  'a week that is none': ['12', 'ELEMENT_DATE', 'DESADV/DTM/01-2', date('202454', '616')],
  'a wrong count': ['29', 'SET_COUNT_WRONG', 'DESADV/UNT/01', DESADV, { count: 7 }],
  'references that differ': ['28', 'SET_CONTROL_DIFFERS', 'DESADV/UNT/02', DESADV, { trailerReference: '8' }],
};

describe('A faulty EDIFACT message', () => {
  for (const version of ['D:96A:UN', 'D:01B:UN']) {
    for (const [title, [contrl, code, path, segments, options = {}]] of Object.entries(ROWS)) {
      it(`${version} is told with ${contrl} in CONTRL: ${title}`, () => {
        // D.01B gives references 70 characters.
        const longer = version === 'D:01B:UN' && code === 'ELEMENT_TOO_LONG';
        const body = longer ? segments.map((segment) => segment.replace('1'.repeat(36), '1'.repeat(71))) : segments;
        const file = unb({ syntax: 'UNOC:4' }, unh({ type: 'DESADV', version, ...options }, ...body));
        const found = findingsOf(bytes(file)).map((finding) => [finding.ack?.contrl, finding.code, finding.path]);
        assert.deepEqual(found, [[contrl, code, path]]);
      });
    }
  }

  it('has rules of dependency only where tables of an installation say some', () => {
    assert.deepEqual([FINDING_CODES.ELEMENT_RULE_BROKEN.contrl, FINDING_CODES.ELEMENT_EXCLUDED.contrl], ['48', '48']);
  });
});
