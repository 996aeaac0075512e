import assert from 'node:assert/strict';
import { inputOf, tryInput } from './run.ts';

const SEED = 1;
const INPUTS = 5_000;

describe('mutated files', () => {
  it(`keep every promise: the first ${INPUTS} of seed ${SEED}; npm run fuzz tries a million`, () => {
    for (let index = 0; index < INPUTS; index++) {
      const failure = tryInput(SEED, index);
      assert.equal(
        failure,
        null,
        `input ${index}: ${failure?.error.stack}\nnpm run fuzz -- --seed ${SEED} --from ${index} --count 1`,
      );
    }
  }).timeout(240_000);

  it('are the same for the same seed and number, and others for others', () => {
    assert.deepEqual(inputOf(7, 3), inputOf(7, 3));
    assert.notDeepEqual(inputOf(7, 3), inputOf(7, 4));
    assert.notDeepEqual(inputOf(7, 3), inputOf(8, 3));
  });
});
