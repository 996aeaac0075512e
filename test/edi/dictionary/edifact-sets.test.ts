import assert from 'node:assert/strict';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { findingsOf } from '../support/check.ts';
import { unb, unh } from '../support/edifact.ts';
import { bytes } from '../support/x12.ts';
import { SMALL_MESSAGES } from './edifact-documents.ts';

const RELEASES = [
  { release: 'D96A', version: 'D:96A:UN', syntax: 'UNOA:3' },
  { release: 'D01B', version: 'D:01B:UN', syntax: 'UNOC:3' },
] as const;

const DEEP = [
  ...['UCI+17+SENDER:14+RECEIVER:14+7', 'UCM+1+DESADV:D:96A:UN+4', 'UCS+12+13', 'UCS+14', 'UCD+39+3:2', 'UCD+12+4'],
  'UCM+2+DESADV:D:96A:UN+7',
];
const WITH_GROUPS = ['UCI+17+SENDER:14+RECEIVER:14+7', 'UCF+1+A+B+4+29+UNE+1', 'UCM+1+ORDERS:D:96A:UN+4', 'UCS+2+35'];

/** The version of the message in UNH, the version of the syntax it answers to, and its segments. */
const CONTRLS: readonly (readonly [version: string, syntax: string, segments: readonly string[]])[] = [
  ['2:1:UN', 'UNOA:1', ['UCI+17+SENDER:14+RECEIVER:14+8']],
  ['2:2:UN', 'UNOB:2', DEEP],
  ['D:3:UN', 'UNOC:3', WITH_GROUPS],
  [
    '4:1:UN',
    'UNOC:4',
    ['UCI+17+A:14::SUB+B:14+4+13+UNB+5:1:1', ...DEEP.slice(1), 'UCF+1+++7', 'UCM++ORDERS:D:96A:UN+7'],
  ],
];

describe('A small message of every EDIFACT type', () => {
  for (const { release, version, syntax } of RELEASES) {
    for (const { type, segments, only } of SMALL_MESSAGES) {
      if (only !== undefined && only !== release) continue;
      it(`checks clean: ${type} of ${release}`, () => {
        assert.deepEqual(findingsOf(bytes(unb({ syntax }, unh({ type, version }, ...segments)))), []);
      });
    }
  }

  for (const [version, syntax, segments] of CONTRLS) {
    it(`checks clean: CONTRL ${version}`, () => {
      const file = unb(
        { syntax, date: syntax.endsWith('4') ? '20240102:1530' : '240102:1530' },
        unh({ type: 'CONTRL', version }, ...segments),
      );
      assert.deepEqual(findingsOf(bytes(file)), []);
    });
  }

  it('is there for each message that has a table', () => {
    for (const { release } of RELEASES) {
      const sets = createDictionaries().find('edifact', release)?.dictionary.sets ?? [];
      const messages = SMALL_MESSAGES.filter(({ only }) => only === undefined || only === release);
      assert.deepEqual(messages.map(({ type }) => type).toSorted(), sets.toSorted(), release);
    }
  });
});
