import assert from 'node:assert/strict';
import { createRightOfWay } from '../../src/work/right-of-way.ts';

describe('work that gives way', () => {
  /** True when it goes on before `turns` turns of the event loop, in each of which `act` is done. */
  async function goesOnWithin(turns: number, work: Promise<void>, act: () => void): Promise<boolean> {
    let ended = false;
    void work.then(() => {
      ended = true;
    });
    for (let turn = 0; turn < turns && !ended; turn++) {
      act();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return ended;
  }

  it('goes on at once when nobody came', async () => {
    assert.equal(await goesOnWithin(1, createRightOfWay().giveWay('split'), () => {}), true);
  });

  it('waits while somebody comes, and goes on when nobody does any more', async () => {
    const way = createRightOfWay();
    way.came();
    const work = way.giveWay('split');
    assert.equal(await goesOnWithin(3, work, way.came), false);
    await work;
  });

  it('does not wait for ever, and then goes on until it has caught up', async () => {
    const way = createRightOfWay(50);
    way.came();
    assert.equal(await goesOnWithin(Number.POSITIVE_INFINITY, way.giveWay('split'), way.came), true);
    assert.equal(await goesOnWithin(1, way.giveWay('split'), way.came), true);
    assert.equal(await goesOnWithin(3, way.giveWay('translate'), way.came), false);
    way.caughtUp('split');
    assert.equal(await goesOnWithin(3, way.giveWay('split'), way.came), false);
  });
});
