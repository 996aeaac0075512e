import assert from 'node:assert/strict';
import { startThread, type Thread } from '../../src/util/thread.ts';
import { GROWING_FILES } from './support/growing-files.ts';
import type { Growth, GrowthQuestion } from './support/growth-thread.ts';

/** Ten times as much takes at most so many times as long; work that grows with the square would take a hundred times. */
const MOST = 15;

describe('the time to read and check a file grows with its length alone', () => {
  // A heap of its own: to collect what the tests before have left takes longer than to read a file.
  let thread: Thread<GrowthQuestion, Growth>;
  before(() => {
    thread = startThread('support/growth-thread', import.meta.url);
  });
  after(() => thread.end());

  for (const [what] of GROWING_FILES) {
    it(`when it is made of ${what}`, async () => {
      const { small, large } = await thread.ask({ what, most: MOST });
      assert.ok(large <= MOST * small, `${small.toFixed(3)} s, ten times as much ${large.toFixed(3)} s`);
    }).timeout(120_000);
  }
});
