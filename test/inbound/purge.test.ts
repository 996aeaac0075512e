import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createFolderArchive } from '../../src/archive/folder.ts';
import { checkBooks } from '../../src/inbound/books.ts';
import { purge, purgeOld } from '../../src/inbound/purge.ts';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

const DAY = 86_400_000;
const OPTIONS = { dryRun: false, actor: 'ann', because: 'the contract ended' };

describe('purging what is old', () => {
  const folder = tempFolder();
  let test: TestRoad;
  beforeEach(async () => {
    test = await createTestRoad(folder());
    const numbers = [1, 2, 3];
    await test.receive(Object.fromEntries(numbers.map((n) => [`${n}.edi`, fromWarehouse(n, shippingAdvice(n))])));
    await test.workOff();
  });
  afterEach(() => test.ledger.close());

  /** Everything a purge needs, so many days from now. */
  async function later(days: number) {
    const archive = await createFolderArchive({ folder: join(folder(), 'archive'), shared: true });
    return { ledger: test.ledger, archive, clock: { now: () => Date.now() + days * DAY } };
  }
  const blobs = () => globSync('archive/??/*', { cwd: folder() }).length;

  it('counts first, then removes, and the books balance', async () => {
    const parts = await later(2);
    const everything = { events: Date.now() + DAY, documents: Date.now() + DAY, bytes: Date.now() + DAY };
    const counted = await purge(parts, everything, { ...OPTIONS, dryRun: true });
    assert.deepEqual([counted.events.events, counted.bytes.files, counted.removed, blobs()], [3, 3, 0, 3]);
    const counts = await test.ledger.counts();
    const done = await purge(parts, everything, OPTIONS);
    assert.deepEqual([done.events.events, done.documents.documents, done.bytes.files, done.removed], [3, 3, 3, 3]);
    assert.equal(blobs(), 0);
    assert.deepEqual(await test.ledger.counts(), counts);
    assert.deepEqual(await checkBooks(parts, { bytes: true }), []);
    const [row, ...others] = await test.ledger.auditTrail(0, 10);
    assert.deepEqual(
      [row?.action, row?.actor, row?.details.eventsPurged, others.length],
      ['ledger.purged', 'ann', '3', 0],
    );
    assert.deepEqual((await purge(parts, everything, OPTIONS)).removed, 0);
    assert.equal((await test.ledger.auditTrail(0, 10)).length, 1);
  });

  it('leaves bytes in the archive that were stored a moment ago, until the next time', async () => {
    const plan = { bytes: Date.now() + DAY };
    assert.equal((await purge(await later(0), plan, OPTIONS)).removed, 0);
    assert.equal(blobs(), 3);
    assert.equal((await purge(await later(1), plan, OPTIONS)).removed, 3);
    assert.equal(blobs(), 0);
  });

  it('goes by age each night, and by nobody else at the same time', async () => {
    const retention = { bytes: 90 * DAY };
    await purgeOld(await later(89), retention, 'one');
    assert.equal(blobs(), 3);
    const parts = await later(91);
    await test.ledger.takeLease('purge', 'other', parts.clock.now(), parts.clock.now() + DAY);
    await purgeOld(parts, retention, 'one');
    assert.equal(blobs(), 3);
    await test.ledger.endLease('purge', 'other');
    await purgeOld(parts, retention, 'one');
    assert.equal(blobs(), 0);
    assert.equal((await test.ledger.documents({}, null, 10)).items.length, 3);
  });

  it('takes the same bytes again after they are gone, as a duplicate that keeps nobody waiting', async () => {
    await purge(await later(2), { bytes: Date.now() + DAY }, OPTIONS);
    await test.receive({ 'again.edi': fromWarehouse(1, shippingAdvice(1)) });
    await test.workOff();
    const again = (await test.files()).find(({ name }) => name === 'again.edi');
    assert.deepEqual([again?.state, again?.bytesPurgedAt], ['duplicate', null]);
    assert.equal(blobs(), 1);
    assert.deepEqual(await checkBooks(await later(2), { bytes: true }), []);
  });

  it('says of a document whose bytes are gone that it cannot be read again', async () => {
    await purge(await later(2), { bytes: Date.now() + DAY }, OPTIONS);
    const { report } = await test.replay();
    assert.deepEqual([report.documents.passedOver, report.groups[0]?.name], [3, 'BYTES_PURGED']);
  });
});
