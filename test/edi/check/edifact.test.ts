import assert from 'node:assert/strict';
import type { FindingCode } from '../../../src/edi/finding-codes.ts';
import { findingsOf } from '../support/check.ts';
import { type InterchangeOptions, una, unb, ung, unh } from '../support/edifact.ts';
import { bytes } from '../support/x12.ts';

/** No directory has this message, so that only the envelope is checked. */
const message = unh('NOSUCH', 'BGM+1');
const header = (options: InterchangeOptions): string => unb(options, message);
const E = 'accepted-with-errors';
const R = 'rejected';

interface Row {
  readonly code: FindingCode;
  readonly file: string;
  /** What stands in the file where the finding points. */
  readonly at: string;
  readonly path: string;
  readonly severity: typeof E | typeof R;
  /** DE 0085. */
  readonly contrl: string;
  readonly value?: string;
}

/** One small file for each fault, which is the only thing wrong with it. */
const ROWS: Readonly<Record<string, Row>> = {
  'a syntax identifier is missing': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ syntax: ':3' }),
    at: ':3+',
    path: 'UNB/01-1',
    severity: R,
    contrl: '13',
  },
  'a syntax identifier is unknown': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ syntax: 'IATB:1' }),
    at: 'IATB',
    path: 'UNB/01-1',
    severity: E,
    contrl: '46',
    value: 'IATB',
  },
  'a syntax version is missing': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ syntax: 'UNOA' }),
    at: '+SENDER',
    path: 'UNB/01-2',
    severity: R,
    contrl: '13',
  },
  'a syntax version is unknown': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ syntax: 'UNOA:7' }),
    at: '7+',
    path: 'UNB/01-2',
    severity: R,
    contrl: '2',
    value: '7',
  },
  'a sender is missing': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ sender: '' }),
    at: '+RECEIVER',
    path: 'UNB/02-1',
    severity: E,
    contrl: '13',
  },
  'a receiver is too long': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ receiver: 'R'.repeat(36) }),
    at: 'RRR',
    path: 'UNB/03-1',
    severity: E,
    contrl: '39',
    value: 'R'.repeat(36),
  },
  'a date is none': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ date: '240230:1530' }),
    at: '240230',
    path: 'UNB/04-1',
    severity: E,
    contrl: '12',
    value: '240230',
  },
  'a time is none': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ date: '20240229:2460' }),
    at: '2460',
    path: 'UNB/04-2',
    severity: E,
    contrl: '12',
    value: '2460',
  },
  'a reference is missing': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ reference: '' }),
    at: "'UNH",
    path: 'UNB/05',
    severity: R,
    contrl: '13',
  },
  'a reference is too long': {
    code: 'INTERCHANGE_HEADER_ELEMENT',
    file: header({ reference: '0123456789ABCDE' }),
    at: '0123',
    path: 'UNB/05',
    severity: E,
    contrl: '39',
    value: '0123456789ABCDE',
  },
  'a UNA is not followed': {
    code: 'INTERCHANGE_DELIMITERS',
    file: una({ element: '*' }) + header({}),
    at: 'UNA',
    path: 'UNA',
    severity: E,
    contrl: '20',
  },
  'separators are not declared': {
    code: 'INTERCHANGE_DELIMITERS',
    file: header({ segment: '\n' }),
    at: 'UNB',
    path: 'UNB',
    severity: E,
    contrl: '22',
  },
  'a UNZ is missing': {
    code: 'INTERCHANGE_TRAILER_MISSING',
    file: header({ trailer: false }),
    at: '',
    path: 'UNB',
    severity: R,
    contrl: '13',
    value: '1',
  },
  'references of UNB and UNZ differ': {
    code: 'INTERCHANGE_CONTROL_DIFFERS',
    file: header({ reference: '01', trailerReference: '1' }),
    at: "1'",
    path: 'UNZ/02',
    severity: E,
    contrl: '28',
    value: '1',
  },
  'a UNZ counts wrong': {
    code: 'INTERCHANGE_COUNT_WRONG',
    file: header({ count: 2 }),
    at: '2+1',
    path: 'UNZ/01',
    severity: E,
    contrl: '29',
    value: '2',
  },
  'an interchange is empty': {
    code: 'INTERCHANGE_STRUCTURE',
    file: unb({}),
    at: 'UNZ',
    path: 'UNB',
    severity: E,
    contrl: '32',
  },
  'messages and groups are mixed': {
    code: 'INTERCHANGE_STRUCTURE',
    file: unb({}, ung('NOSUCH', message), message),
    at: 'UNZ',
    path: 'UNB',
    severity: E,
    contrl: '30',
  },
  'a segment stands outside': {
    code: 'INTERCHANGE_STRUCTURE',
    file: unb({}, message, 'CPS+1'),
    at: 'CPS',
    path: 'CPS',
    severity: R,
    contrl: '33',
    value: 'CPS',
  },
  'a group holds another message': {
    code: 'SET_NOT_IN_GROUP',
    file: unb({}, ung('ORDERS', message)),
    at: 'NOSUCH:',
    path: 'NOSUCH/UNH/02-1',
    severity: E,
    contrl: '31',
    value: 'NOSUCH',
  },
  'a UNE is missing': {
    code: 'GROUP_TRAILER_MISSING',
    file: unb({}, ung({ code: 'NOSUCH', trailer: false }, message)),
    at: 'UNZ',
    path: 'UNG',
    severity: R,
    contrl: '13',
    value: '1',
  },
  'references of UNG and UNE differ': {
    code: 'GROUP_CONTROL_DIFFERS',
    file: unb({}, ung({ code: 'NOSUCH', trailerReference: '01' }, message)),
    at: "01'UNZ",
    path: 'UNE/02',
    severity: R,
    contrl: '28',
    value: '01',
  },
  'a UNE counts wrong': {
    code: 'GROUP_COUNT_WRONG',
    file: unb({}, ung({ code: 'NOSUCH', count: 3 }, message)),
    at: '3+1',
    path: 'UNE/01',
    severity: E,
    contrl: '29',
    value: '3',
  },
  'a group has no reference': {
    code: 'GROUP_HEADER_ELEMENT',
    file: unb({}, ung({ code: 'NOSUCH', reference: '' }, message)),
    at: '+UN+D',
    path: 'UNG/05',
    severity: R,
    contrl: '13',
  },
  'a group reference is used twice': {
    code: 'GROUP_CONTROL_REPEATED',
    file: unb({}, ung('NOSUCH', message), ung({ code: 'NOSUCH', reference: '1' }, message)),
    at: '',
    path: 'UNG/05',
    severity: E,
    contrl: '26',
    value: '1',
  },
  'a UNT is missing': {
    code: 'SET_TRAILER_MISSING',
    file: unb({}, unh({ type: 'NOSUCH', trailer: false })),
    at: 'UNZ',
    path: 'NOSUCH',
    severity: R,
    contrl: '13',
    value: '1',
  },
  'references of UNH and UNT differ': {
    code: 'SET_CONTROL_DIFFERS',
    file: unb({}, unh({ type: 'NOSUCH', trailerReference: '8' })),
    at: "8'",
    path: 'NOSUCH/UNT/02',
    severity: R,
    contrl: '28',
    value: '8',
  },
  'a UNT counts wrong': {
    code: 'SET_COUNT_WRONG',
    file: unb({}, unh({ type: 'NOSUCH', count: 7 })),
    at: '7+1',
    path: 'NOSUCH/UNT/01',
    severity: R,
    contrl: '29',
    value: '7',
  },
  'a message has no reference': {
    code: 'SET_CONTROL_INVALID',
    file: unb({}, unh({ type: 'NOSUCH', reference: '' })),
    at: '+NOSUCH',
    path: 'NOSUCH/UNH/01',
    severity: R,
    contrl: '13',
    value: '',
  },
  'a message reference is used twice': {
    code: 'SET_CONTROL_REPEATED',
    file: unb({}, message, unh({ type: 'NOSUCH', reference: '1' })),
    at: '',
    path: 'NOSUCH/UNH/01',
    severity: R,
    contrl: '26',
    value: '1',
  },
};

describe('Findings of an EDIFACT envelope', () => {
  for (const [title, { code, file, at, path, severity, contrl, value }] of Object.entries(ROWS)) {
    it(`say that ${title}: ${code}`, () => {
      const [found, ...others] = findingsOf(bytes(file)).filter((each) => each.code !== 'SET_UNKNOWN');
      assert.deepEqual(others, []);
      assert.deepEqual([found?.code, found?.path, found?.severity], [code, path, severity]);
      assert.deepEqual(
        [found?.ack?.contrl, found?.value === '' ? undefined : found?.value],
        [contrl, value || undefined],
      );
      if (at !== '') assert.equal(file.slice(found?.position.byte).slice(0, at.length), at);
    });
  }

  it('are none where nothing is wrong, with groups or without, and a message without tables is only noted', () => {
    for (const file of [
      header({}),
      header({ segment: '~', element: '*', component: '=' }).replace(
        /^/,
        una({ segment: '~', element: '*', component: '=' }),
      ),
      unb({ syntax: 'UNOC:4', date: '20240102:1530', rest: '++++++1' }, message),
      unb({}, ung('NOSUCH', message, message), ung('NOSUCH', message)),
      unb({ syntax: 'UNOC:4' }, 'UNG+++++1', 'UNE+0+1').replace('UNZ+0', 'UNZ+1'),
    ]) {
      assert.deepEqual(
        findingsOf(bytes(file)).filter(({ code }) => code !== 'SET_UNKNOWN'),
        [],
        file,
      );
    }
    const [note, ...others] = findingsOf(bytes(header({})));
    assert.deepEqual([note?.code, note?.severity, others], ['SET_UNKNOWN', 'note', []]);
  });

  it('name a header that cannot be read, and one that is cut off', () => {
    const codes = (file: string) => findingsOf(bytes(file)).map(({ code, path }) => `${code} ${path}`);
    assert.deepEqual(codes("UNA:+.? 'nothing"), ['INTERCHANGE_HEADER_BROKEN UNA']);
    assert.deepEqual(codes('UNB+UNOA:3+A'), ['INTERCHANGE_HEADER_BROKEN file']);
  });
});
