import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { createSharedClock } from '../../src/work/shared-clock.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

describe('a clock that many processes share', () => {
  it('says what was asked for, and what has passed since', async () => {
    let steady = 500;
    const clock = await createSharedClock(
      async () => {
        // Half of it was the way back.
        steady += 40;
        return NOON;
      },
      { now: () => steady },
    );
    assert.equal(clock.now(), NOON + 20);
    steady += 1_234;
    assert.equal(clock.now(), NOON + 1_254);
  });

  it('asks again after a while, and goes on as before when nobody answers', async () => {
    let steady = 0;
    const answers: (() => Promise<number>)[] = [
      async () => NOON,
      () => Promise.reject(new Error('away')),
      async () => NOON + 60_000,
    ];
    let asked = 0;
    const clock = await createSharedClock(
      async () => (answers[asked++] ?? (() => Promise.reject(new Error('too often'))))(),
      {
        now: () => steady,
      },
    );
    steady = 10_001;
    assert.equal(clock.now(), NOON + 10_001);
    await setImmediate();
    assert.equal(asked, 2);
    assert.equal(clock.now(), NOON + 10_001);
    await setImmediate();
    assert.equal(clock.now(), NOON + 60_000);
    assert.equal(asked, 3);
  });

  it('throws when nobody says what time it is to begin with', async () => {
    await assert.rejects(
      createSharedClock(() => Promise.reject(new Error('away'))),
      /away/,
    );
  });
});
