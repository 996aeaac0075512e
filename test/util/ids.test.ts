import assert from 'node:assert/strict';
import { createIds } from '../../src/util/ids.ts';

describe('ids', () => {
  it('sort by the order they were given in, also while the clock stands still or goes back', () => {
    const times = [5000, 5000, 5000, 4000, 5001, 6000];
    let call = 0;
    const ids = createIds({ now: () => times[call++] ?? 6000 });
    const given = Array.from({ length: 2000 }, () => ids('doc'));
    assert.deepEqual(given, [...given].sort());
    assert.equal(new Set(given).size, given.length);
  });

  it('are a prefix and 22 letters or digits that cannot be mistaken for each other', () => {
    const ids = createIds({ now: () => Date.UTC(2026, 10, 20) });
    assert.match(ids('fil'), /^fil_[0-9a-hjkmnp-tv-z]{22}$/);
  });

  it('differ between two processes at the same moment', () => {
    const clock = { now: () => 1 };
    assert.notEqual(createIds(clock)('doc'), createIds(clock)('doc'));
  });

  it('repeat with the same clock and the same randomness', () => {
    const make = () => createIds({ now: () => 1 }, (size) => Buffer.alloc(size, 7));
    assert.equal(make()('evt'), make()('evt'));
  });
});
