import assert from 'node:assert/strict';
import { delayAfter, steadyJitter } from '../../src/work/backoff.ts';

describe('backoff', () => {
  it('grows from a second to two minutes, then ends', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6].map((attempt) => delayAfter(attempt, 0)),
      [1_000, 5_000, 30_000, 120_000, null, null],
    );
  });

  it('is made up to a quarter longer by jitter', () => {
    assert.equal(delayAfter(2, 1), 6_250);
  });

  it('takes a jitter from the claim that is steady and differs between claims', () => {
    const claim = { workId: 'w', kind: 'split', subjectId: 'fil_1', attempt: 1, epoch: 1 } as const;
    assert.equal(steadyJitter(claim), steadyJitter({ ...claim, epoch: 9 }));
    assert.notEqual(steadyJitter(claim), steadyJitter({ ...claim, subjectId: 'fil_2' }));
    for (let index = 0; index < 500; index++) {
      const jitter = steadyJitter({ ...claim, subjectId: `document ${index * 7919}` });
      assert.ok(jitter >= 0 && jitter < 1);
    }
  });
});
