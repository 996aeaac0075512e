import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createFolderArchive } from '../../src/archive/folder.ts';
import type { Archive } from '../../src/archive/types.ts';
import { sweepOrphans } from '../../src/inbound/sweep.ts';
import { systemClock as clock } from '../../src/util/clock.ts';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

const DAY = 86_400_000;

describe('sweeping blobs that no row names', () => {
  const folder = tempFolder();
  let test: TestRoad;
  let archive: Archive;
  beforeEach(async () => {
    test = await createTestRoad(folder());
    archive = await createFolderArchive({ folder: join(folder(), 'archive'), shared: true });
    await test.receive({ 'a.edi': fromWarehouse(1, shippingAdvice(1)) });
    await test.workOff();
  });
  afterEach(() => test.ledger.close());

  async function* once(text: string) {
    yield Buffer.from(text);
  }
  const put = async (text: string) => (await archive.put(once(text), 1_000)).sha256;
  /** As if it had been stored so many days ago. */
  function age(sha256: string, days: number): void {
    const then = new Date(Date.now() - days * DAY);
    utimesSync(join(folder(), 'archive', sha256.slice(0, 2), sha256.slice(2)), then, then);
  }
  const sweep = (ledger: Parameters<typeof sweepOrphans>[0]['ledger'] = test.ledger) =>
    sweepOrphans({ ledger, archive, clock }, 'gwy_1');

  it('removes what was stored a day ago and never recorded, and nothing else', async () => {
    const [orphan, fresh] = [await put('an orphan'), await put('about to be recorded')];
    age(orphan, 2);
    const [file] = (await test.ledger.files({}, null, 1)).items;
    age(file?.sha256 ?? '', 400);
    assert.equal(await sweep(), 1);
    assert.deepEqual(await Promise.all([orphan, fresh, file?.sha256 ?? ''].map((sha256) => archive.verify(sha256))), [
      false,
      true,
      true,
    ]);
    assert.equal(await sweep(), 0);
    const trail = await test.ledger.auditTrail(0, 10);
    assert.deepEqual(
      trail.map(({ actor, action, details }) => [actor, action, details]),
      [['system', 'archive.swept', { removed: '1' }]],
    );
  });

  it('leaves what somebody stores again at this very moment', async () => {
    const orphan = await put('comes again');
    age(orphan, 2);
    const again = {
      ...test.ledger,
      unnamedBlobs: async (hashes: readonly string[]) => {
        const unnamed = await test.ledger.unnamedBlobs(hashes);
        await put('comes again');
        return unnamed;
      },
    };
    assert.equal(await sweep(again), 0);
    assert.equal(await archive.verify(orphan), true);
  });

  it('is done by one process at a time', async () => {
    age(await put('an orphan'), 2);
    await test.ledger.takeLease('sweep', 'another', Date.now(), Date.now() + 60_000);
    assert.equal(await sweep(), 0);
  });

  it('removes nothing where the store may be shared with others', async () => {
    const orphan = await put('of another gateway');
    age(orphan, 2);
    const { names: _names, ...bucket } = archive;
    assert.equal(await sweepOrphans({ ledger: test.ledger, archive: bucket, clock }, 'gwy_1'), 0);
    assert.equal(await archive.verify(orphan), true);
  });
});
