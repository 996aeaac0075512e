import assert from 'node:assert/strict';
import { together } from '../../src/util/together.ts';

describe('what is done together', () => {
  it('is what came while the group before was under way, so many at most, each with its own answer', async () => {
    const groups: (readonly number[])[] = [];
    const double = together(async (items: readonly number[]) => {
      groups.push(items);
      await Promise.resolve();
      return items.map((item) => item * 2);
    }, 3);
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(double)), [2, 4, 6, 8, 10]);
    assert.deepEqual(groups, [[1], [2, 3, 4], [5]]);
    assert.equal(await double(6), 12);
  });

  it('fails for its own group alone', async () => {
    const refuse = together(async (items: readonly number[]) => {
      if (items.includes(2)) throw new Error('no twos');
      return items;
    }, 2);
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(refuse));
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled'],
    );
  });
});
