import assert from 'node:assert/strict';
import { GatewayError } from '../../src/errors.ts';
import { createBreaker } from '../../src/transports/breaker.ts';
import type { RetryPlan } from '../../src/util/retry-plan.ts';

const PLAN: RetryPlan = { tries: 3, first: 1_000, longest: 300_000, whole: null };
const DOWN = new GatewayError('CONNECTION_UNAVAILABLE', 'The server did not answer.');
const REFUSED = new GatewayError('CONNECTION_LOGIN', 'The server does not let us in.');

describe('the breaker of a connection', () => {
  let told: string[];
  const breaker = (plan: RetryPlan, random = () => 0.5) =>
    createBreaker({
      plan,
      watch: {
        opened: (error) => told.push(`opened ${error === DOWN ? 'down' : 'refused'}`),
        closed: () => told.push('closed'),
      },
      random,
    });
  beforeEach(() => {
    told = [];
  });

  it('opens after so many failures in a row, and closes with the first success', () => {
    const { failed, well } = breaker(PLAN);
    failed(DOWN);
    failed(DOWN);
    well();
    failed(DOWN);
    failed(DOWN);
    assert.deepEqual(told, ['closed']);
    failed(DOWN);
    failed(DOWN);
    well();
    well();
    assert.deepEqual(told, ['closed', 'opened down', 'opened down', 'closed']);
  });

  it('opens at once with what does not pass by itself', () => {
    const { failed, well } = breaker({ ...PLAN, tries: 9 });
    failed(REFUSED);
    well();
    assert.deepEqual(told, ['opened refused', 'closed']);
  });

  it('looks less and less often, and again at once after a success', () => {
    const { failed, well } = breaker({ ...PLAN, longest: 5_000 });
    assert.deepEqual(
      [1, 2, 3, 4, 5].map(() => failed(DOWN)),
      [1_000, 2_000, 4_000, 5_000, 5_000],
    );
    well();
    assert.equal(failed(DOWN), 1_000);
  });

  it('stays closed while it is we who can take nothing in, and looks again soon', () => {
    const full = new GatewayError('DISK_FULL', 'The disk is 95 % full.');
    const { failed } = breaker(PLAN);
    const pauses = Array.from({ length: 9 }, () => failed(full));
    failed(DOWN);
    assert.deepEqual([pauses.at(0), pauses.at(-1), told], [1_000, 10_000, []]);
  });

  it('spreads the looks of many by a quarter', () => {
    assert.equal(breaker({ ...PLAN, longest: 5_000 }, () => 0).failed(DOWN), 750);
    assert.equal(breaker({ ...PLAN, longest: 5_000 }, () => 1).failed(DOWN), 1_250);
  });

  it('looks once a minute where the plan says never, and knows what to do by itself', () => {
    assert.equal(breaker({ tries: 1, first: 0, longest: 0, whole: null }).failed(DOWN), 60_000);
    assert.deepEqual(told, ['opened down']);
    const usual = createBreaker({ random: () => 0.5 });
    assert.deepEqual([usual.failed(DOWN), usual.failed(REFUSED)], [1_000, 2_000]);
    usual.well();
  });
});
