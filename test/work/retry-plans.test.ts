import assert from 'node:assert/strict';
import type { AttemptRow } from '../../src/ledger/types.ts';
import { steadyJitter, triedSince } from '../../src/work/retry-plans.ts';

const CLAIM = { workId: 'w', kind: 'split', subjectId: 'fil_1', attempt: 1, epoch: 1, lost: 0 } as const;

describe('the time between tries', () => {
  it('takes a jitter from the claim that is steady and differs between claims', () => {
    assert.equal(steadyJitter(CLAIM), steadyJitter({ ...CLAIM, epoch: 9 }));
    assert.notEqual(steadyJitter(CLAIM), steadyJitter({ ...CLAIM, subjectId: 'fil_2' }));
    for (let index = 0; index < 500; index++) {
      const jitter = steadyJitter({ ...CLAIM, subjectId: `document ${index * 7919}` });
      assert.ok(jitter >= 0 && jitter < 1);
    }
  });

  const attempts = [
    ['split', 1, 10],
    ['split', 2, 20],
    ['translate', 1, 25],
    ['split', 1, 30],
    ['split', 3, 50],
  ] as const;
  const rows = attempts.map(([kind, attempt, at]): AttemptRow => {
    return { id: '', kind, subjectId: 'fil_1', attempt, at, error: '' };
  });

  it('is counted from the first try of this run, not from those before an exception was retried', () => {
    assert.equal(triedSince({ ...CLAIM, attempt: 4 }, rows, 99), 30);
    assert.equal(triedSince(CLAIM, rows, 99), 99);
    assert.equal(triedSince({ ...CLAIM, attempt: 2 }, [], 99), 99);
  });
});
