import assert from 'node:assert/strict';
import { codesIn } from '../support/acknowledgment-codes.ts';
import { answeredFixture } from '../support/acknowledgment-fixtures.ts';

/** What is told of one fault: the fixture that has it, and the code in its answer. */
type Told = readonly [fixture: string, code: string];

/** Faults that both standards have, and how each acknowledges them. */
const ROWS: Readonly<Record<string, { readonly x12: readonly Told[]; readonly edifact: readonly Told[] }>> = {
  'an unknown segment': {
    x12: [['segment-1-unknown', 'AK304 1']],
    edifact: [['contrl-15-segment-unknown', '0085 15']],
  },
  'a mandatory segment that is missing': {
    x12: [['segment-3-missing', 'AK304 3']],
    edifact: [
      ['contrl-13-segment', '0085 13'],
      ['contrl-13-group', '0085 13'],
    ],
  },
  'a segment over its maximum': {
    x12: [['segment-5-too-often', 'AK304 5']],
    edifact: [['contrl-35-segment-too-often', '0085 35']],
  },
  'a loop or group over its maximum': {
    x12: [['segment-4-loop-too-often', 'AK304 4']],
    edifact: [['contrl-36-group-too-often', '0085 36']],
  },
  'a segment out of sequence': {
    x12: [['segment-7-out-of-sequence', 'AK304 7']],
    edifact: [['contrl-15-segment-out-of-sequence', '0085 15']],
  },
  'a mandatory element that is missing': {
    x12: [['element-1-missing', 'AK403 1']],
    edifact: [
      ['contrl-13-element', '0085 13'],
      ['contrl-13-component', '0085 13'],
    ],
  },
  'a rule between elements that is broken': {
    x12: [
      ['element-2-paired', 'AK403 2'],
      ['element-10-excluded', 'AK403 10'],
    ],
    edifact: [['contrl-48-dependency', '0085 48']],
  },
  'too many elements': {
    x12: [['element-3-too-many', 'AK403 3']],
    edifact: [['contrl-16-elements', '0085 16']],
  },
  'too many components': {
    x12: [['element-13-components-too-many-005010', 'AK403 13']],
    edifact: [['contrl-16-components', '0085 16']],
  },
  'a value that is too short': {
    x12: [['element-4-too-short', 'AK403 4']],
    edifact: [['contrl-40-too-short', '0085 40']],
  },
  'a value that is too long': {
    x12: [['element-5-too-long', 'AK403 5']],
    edifact: [['contrl-39-too-long', '0085 39']],
  },
  'a bad character': {
    x12: [['element-6-character', 'AK403 6']],
    edifact: [
      ['contrl-21-character', '0085 21'],
      ['contrl-37-letter-in-number', '0085 37'],
    ],
  },
  'a bad code': {
    x12: [['element-7-code', 'AK403 7']],
    edifact: [
      ['contrl-12-code', '0085 12'],
      ['contrl-14-message-type', '0085 14'],
    ],
  },
  'a bad date': {
    x12: [['element-8-date', 'AK403 8']],
    edifact: [['contrl-12-date', '0085 12']],
  },
  'a bad time': {
    x12: [['element-9-time', 'AK403 9']],
    edifact: [['contrl-12-time', '0085 12']],
  },
  'a wrong count in a trailer': {
    x12: [
      ['set-4-segment-count', 'AK502 4'],
      ['group-5-set-count', 'AK905 5'],
      ['ta1-021-group-count', 'TA105 021'],
    ],
    edifact: [
      ['contrl-29-unt', '0085 29'],
      ['contrl-29-une', '0085 29'],
      ['contrl-29-unz', '0085 29'],
    ],
  },
  'control references that differ': {
    x12: [
      ['set-3-control-numbers-differ', 'AK502 3'],
      ['group-4-control-numbers-differ', 'AK905 4'],
      ['ta1-001-control-numbers-differ', 'TA105 001'],
    ],
    edifact: [
      ['contrl-28-unt', '0085 28'],
      ['contrl-28-une', '0085 28'],
      ['contrl-28-unz', '0085 28'],
    ],
  },
  'a duplicate': {
    x12: [
      ['set-23-control-number-twice', 'AK502 23'],
      ['group-6-control-number-twice-004010', 'AK905 6'],
      ['group-19-control-number-twice-005010', 'AK905 19'],
      ['ta1-025-repeated', 'TA105 025'],
    ],
    edifact: [
      ['contrl-26-message', '0085 26'],
      ['contrl-26-group', '0085 26'],
      ['contrl-26-interchange', '0085 26'],
    ],
  },
  'an unknown sender': {
    x12: [['ta1-006-sender-unknown', 'TA105 006']],
    edifact: [['contrl-23-sender-unknown', '0085 23']],
  },
  'what is not for us': {
    x12: [['ta1-009-receiver-unknown', 'TA105 009']],
    edifact: [['contrl-07-not-for-us', '0085 7']],
  },
};

/** The only codes that say what is wrong: an AK304 of 8 and an AK502 of 5 only say where to look. */
function told(fixture: string): readonly string[] {
  const { ack } = answeredFixture(fixture).answers;
  const codes = codesIn(ack ?? '').filter(
    (code) => !/^(?:TA104|AK901|AK501|0083) |^(?:AK304 8|AK502 5|TA105 000)$/.test(code),
  );
  return [...new Set(codes)];
}

describe('Both standards acknowledge', () => {
  for (const [fault, { x12, edifact }] of Object.entries(ROWS)) {
    const side = (rows: readonly Told[]): string => [...new Set(rows.map(([, code]) => code))].join(', ');
    it(`${fault}: ${side(x12)} and ${side(edifact)}`, () => {
      for (const [fixture, code] of [...x12, ...edifact]) assert.deepEqual(told(fixture), [code], fixture);
    });
  }
});
