import assert from 'node:assert/strict';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shipNotices } from '../support/warehouse.ts';

/** Two sets in CRLF lines, so that cuts fall on every kind of boundary. */
const WHOLE = fromWarehouse(1, shipNotices(1, 2), { after: '\r\n' });
/** The interchange is whole with the terminator of its trailer. */
const COMPLETE_FROM = WHOLE.lastIndexOf('~');

describe('a file cut at any byte', () => {
  const folder = tempFolder();
  let test: TestRoad;

  beforeEach(async () => {
    test = await createTestRoad(folder());
  });

  afterEach(() => test.ledger.close());

  it('is processed only when it is whole, has a reason when it is not, and is always accounted for', async () => {
    const cuts = Array.from({ length: COMPLETE_FROM + 1 }, (_, length) => [String(length), WHOLE.slice(0, length)]);
    await test.receive(Object.fromEntries(cuts));
    await test.workOff();
    const files = await test.files();
    assert.equal(files.length, cuts.length);
    for (const { name, state, reason, documents } of files) {
      assert.equal(state, 'rejected', `cut at ${name}: ${state}`);
      assert.ok(reason?.text.endsWith('.'), `cut at ${name}`);
      assert.deepEqual([documents.processed, documents.received], [0, 0], `cut at ${name}`);
    }
    assert.deepEqual(await test.ledger.events({}, 0, 10), []);
    assert.deepEqual(await test.ledger.check(), []);

    await test.receive({ whole: WHOLE });
    await test.workOff();
    const [whole] = await test.files();
    assert.deepEqual([whole?.name, whole?.state, whole?.documents.processed], ['whole', 'processed', 2]);
    assert.equal((await test.ledger.events({}, 0, 10)).length, 2);
    assert.deepEqual(await test.ledger.check(), []);
  });
});
