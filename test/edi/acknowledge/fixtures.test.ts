import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readAll } from '../../../src/edi/read.ts';
import type { Segments } from '../../../src/edi/segments.ts';
import { assertFile, findingLine } from '../../support/golden.ts';
import { answeredFixture, FIXTURES, fixtureNames, strayNames } from '../support/acknowledgment-fixtures.ts';
import { findingsOf } from '../support/check.ts';
import { bytes } from '../support/x12.ts';
import { CODE_LISTS } from './code-lists.ts';

/** Where each list of codes stands in an acknowledgment: tag, and elements from 1. */
const PLACES: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  TA105: { TA1: [5] },
  AK905: { AK9: [5, 6, 7, 8, 9] },
  AK502: { AK5: [2, 3, 4, 5, 6] },
  AK304: { AK3: [4] },
  AK403: { AK4: [3] },
  IK502: { IK5: [2, 3, 4, 5, 6] },
  IK304: { IK3: [4] },
  IK403: { IK4: [3] },
  '0085': { UCI: [5], UCF: [5], UCM: [4], UCS: [2], UCD: [1] },
  TA104: { TA1: [4] },
  AK901: { AK9: [1] },
  AK501: { AK5: [1] },
  '0083': { UCI: [4], UCF: [4], UCM: [3] },
};

const NAMES = /\/AK[12](?:\[\d+\])?\/|^ISA\/0[68]/;

const produced = new Map(Object.keys(PLACES).map((list) => [list, new Set<string>()]));

/** Notes the codes that an acknowledgment tells. */
function collect(answer: string): void {
  const items = readAll(bytes(answer));
  const all: readonly Segments[] = items.flatMap((item) => {
    if (item.kind === 'interchange-acknowledgment') return [item.segments];
    return item.kind === 'document' ? [item.document.segments] : [];
  });
  for (const segments of all) {
    for (let segment = 0; segment < segments.count; segment++) {
      for (const [list, places] of Object.entries(PLACES)) {
        for (const element of places[segments.tag(segment)] ?? []) {
          const code = segments.text(segment, element);
          if (code !== '') produced.get(list)?.add(code);
        }
      }
    }
  }
}

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
        collect(answer);
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
    it(`of ${list}, ${title}`, () => assert.deepEqual(inOrder(produced.get(list) ?? []), inOrder(producible)));

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
