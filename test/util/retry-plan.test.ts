import assert from 'node:assert/strict';
import { parseRetryPlan, pauseAfter } from '../../src/util/retry-plan.ts';

describe('plans for trying again', () => {
  const plan = (text: string) => {
    const parsed = parseRetryPlan(text);
    assert.ok(parsed !== null);
    return parsed;
  };

  it('are written as how often, or how long, with the first and the longest pause', () => {
    assert.deepEqual(plan('3 times 5s..30s'), { tries: 3, first: 5_000, longest: 30_000, whole: null });
    assert.deepEqual(plan('30s..1h for 24h'), { tries: null, first: 30_000, longest: 3_600_000, whole: 86_400_000 });
    assert.equal(plan('never').tries, 1);
  });

  for (const text of [
    '',
    '3 times',
    '30s..1h',
    '1 times 1s..2s',
    '3 times 5s..30s for 1h',
    '5m..30s for 1h',
    '1s..2h for 1h',
    'always',
  ]) {
    it(`are not "${text}"`, () => assert.equal(parseRetryPlan(text), null));
  }

  it('double the pause up to the longest, and end with the last try', () => {
    const tries = [1, 2, 3, 4, 5].map((failed) => pauseAfter(plan('5 times 5s..20s'), failed, 0, 0));
    assert.deepEqual(tries, [5_000, 10_000, 20_000, 20_000, null]);
    assert.equal(pauseAfter(plan('never'), 1, 0, 0), null);
  });

  it('end when the next try would be too late', () => {
    const day = plan('30s..1h for 24h');
    assert.equal(pauseAfter(day, 500, 82_800_000, 0), 3_600_000);
    assert.equal(pauseAfter(day, 500, 82_800_001, 0), null);
  });

  it('make a pause up to a quarter longer by jitter', () => {
    assert.equal(pauseAfter(plan('3 times 4s..30s'), 1, 0, 1), 5_000);
  });
});
