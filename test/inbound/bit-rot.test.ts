import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shipNotices, shippingAdvice } from '../support/warehouse.ts';

describe('stored bytes that have changed', () => {
  const folder = tempFolder();
  let test: TestRoad;

  beforeEach(async () => {
    test = await createTestRoad(folder());
  });
  afterEach(() => test.ledger.close());

  /** Changes text of a stored file into as much other text: what comes of it is as valid as before. */
  function rot(from: string, to: string): void {
    assert.equal(from.length, to.length);
    const path = globSync('archive/??/*', { cwd: folder() })
      .map((name) => join(folder(), name))
      .find((name) => readFileSync(name, 'latin1').includes(from));
    assert.ok(path !== undefined);
    writeFileSync(path, readFileSync(path, 'latin1').replace(from, to), 'latin1');
  }

  const handle = async (kind: 'split' | 'translate'): Promise<void> =>
    test.road.handlers[kind](await test.ledger.claim(kind, 100, Date.now(), 60_000));
  const events = () => test.ledger.events({}, 0, 10);
  const CORRUPT = { code: 'ARCHIVE_BLOB_CORRUPT' };

  it('are not split', async () => {
    await test.receive({ 'advice.edi': fromWarehouse(1, shippingAdvice(1)) });
    rot('DO-1', 'DO-7');
    await assert.rejects(handle('split'), CORRUPT);
  });

  it('are not split when they are too many for one piece', async () => {
    const numbers = Array.from({ length: 3_000 }, (_, index) => index);
    await test.receive({ 'notices.edi': fromWarehouse(1, shipNotices(...numbers)) });
    rot('BOL-2999', 'BOL-2998');
    await assert.rejects(handle('split'), CORRUPT);
  });

  it('are not translated, though they say something valid', async () => {
    await test.receive({ 'advice.edi': fromWarehouse(1, shippingAdvice(1)) });
    await handle('split');
    rot('DO-1', 'DO-7');
    await assert.rejects(handle('translate'), CORRUPT);
    assert.deepEqual(await events(), []);
  });

  it('are not translated again, and explain nothing', async () => {
    await test.receive({ 'advice.edi': fromWarehouse(1, shippingAdvice(1)) });
    await test.workOff();
    const [told] = await events();
    rot('DO-1', 'DO-7');
    await assert.rejects(test.road.explain(told?.event.id ?? ''), CORRUPT);
    const { report } = await test.replay();
    assert.deepEqual(report.documents, { unchanged: 0, changed: 0, refused: 0, passedOver: 1 });
    assert.deepEqual(await events(), [told]);
  });

  it('do no harm where they lie around the documents; the hash of the file tells of them', async () => {
    await test.receive({ 'advice.edi': fromWarehouse(1, shippingAdvice(1)) });
    await handle('split');
    rot('*20240102*1530*1*X', '*20240102*1531*1*X');
    await handle('translate');
    assert.equal((await events()).length, 1);
  });
});
