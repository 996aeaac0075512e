import assert from 'node:assert/strict';
import { join } from 'node:path';
import { findingLine } from '../../../src/mapping/trials/goldens.ts';
import { assertFile } from '../../support/golden.ts';
import { codesIn } from '../support/acknowledgment-codes.ts';
import { answeredFixture, FIXTURES, fixtureNames, strayNames } from '../support/acknowledgment-fixtures.ts';
import { findingsOf } from '../support/check.ts';
import { bytes } from '../support/x12.ts';
import { CODE_LISTS } from './code-lists.ts';

/** What the goldens tell: list and code. */
const produced = new Set<string>();
const NAMES = /\/AK[12](?:\[\d+\])?\/|^ISA\/0[68]/;

const inOrder = (codes: Iterable<string>): readonly string[] =>
  [...codes].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

describe('The acknowledgment of', () => {
  for (const name of fixtureNames()) {
    it(name, () => {
      const { findings, answers } = answeredFixture(name);
      const file = join(FIXTURES, name);
      assertFile(`${file}.findings.txt`, findings.length === 0 ? null : findings.map(findingLine).join(''));
      for (const [kind, answer] of Object.entries(answers)) {
        assertFile(`${file}.${kind}.${kind === 'impossible' ? 'txt' : 'edi'}`, answer);
        if (kind === 'impossible' || answer === null) continue;
        for (const code of codesIn(answer)) produced.add(code);
        // Names of what is answered are repeated as they were, also where their form was wrong.
        const wrong = findingsOf(bytes(answer)).filter(
          ({ severity, path }) => severity !== 'note' && !NAMES.test(path),
        );
        assert.deepEqual(wrong, [], answer);
      }
    });
  }

  it('is agreed on only where there is a fixture', () => assert.deepEqual(strayNames(), []));
});

describe('The fixtures above produce every code that can be produced, and no other', () => {
  for (const [list, { title, producible, others }] of Object.entries(CODE_LISTS)) {
    it(`of ${list}, ${title}`, () => {
      const told = [...produced].flatMap((code) => (code.startsWith(`${list} `) ? code.slice(list.length + 1) : []));
      assert.deepEqual(inOrder(told), inOrder(producible));
    });

    it(`of ${list}, and say why not the others`, () => {
      for (const [reason, codes] of Object.entries(others)) {
        assert.match(reason, /^[A-Z].*\.$/);
        assert.deepEqual(
          codes.filter((code) => producible.includes(code)),
          [],
        );
      }
    });
  }
});
