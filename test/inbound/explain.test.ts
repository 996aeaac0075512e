import assert from 'node:assert/strict';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

describe('explaining a recorded event', () => {
  const folder = tempFolder();
  let test: TestRoad;
  let file: Buffer;

  beforeEach(async () => {
    test = await createTestRoad(folder());
    file = Buffer.from(fromWarehouse(1, shippingAdvice(1)));
    await test.receive({ 'advice.edi': file });
    await test.workOff();
  });
  afterEach(() => test.ledger.close());

  it('leads each field to a line of the map and to the bytes it stood in', async () => {
    const [recorded] = await test.ledger.events({}, 0, 10);
    const lines = await test.road.explain(recorded?.event.id ?? '');
    assert.ok(lines.length > 3);
    for (const { event, raw, map, bytes } of lines) {
      assert.equal(event, recorded?.event.id);
      assert.equal(file.toString('latin1', ...bytes), raw);
      assert.match(map.file, /maps\/x12\/(945\/1\.0\.0|parts)\.yaml$/);
    }
    const order = lines.find(({ field }) => field === '/depositorOrder');
    assert.equal(order?.value, recorded?.event.data.depositorOrder);
  });

  it('says that there is no such event', async () => {
    await assert.rejects(test.road.explain('nothing'), { code: 'NOT_FOUND' });
  });
});
