import assert from 'node:assert/strict';
import { createDisk, diskFull, percent } from '../../src/archive/disk-space.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('the space on a disk', () => {
  const folder = tempFolder();
  let now = 0;
  let used = 0;
  let asked = 0;
  /** A disk of 1,050 blocks, 50 of them kept for root. */
  const disk = (watermark: number) =>
    createDisk({
      folder: folder(),
      watermark,
      clock: { now: () => now },
      blocksOf: async () => {
        asked += 1;
        return { blocks: 1_050, bfree: 1_050 - used, bavail: 1_000 - used };
      },
    });
  beforeEach(() => {
    now = 0;
    asked = 0;
  });

  it('is too little above the watermark, and enough again when a hundredth more is free', async () => {
    const { look } = disk(0.9);
    const seen: boolean[] = [];
    for (const taken of [899, 901, 895, 889, 895]) {
      used = taken;
      now += 5_000;
      seen.push((await look()).full);
    }
    assert.deepEqual(seen, [false, true, true, false, false]);
  });

  it('is looked at every five seconds, however often it is asked for', async () => {
    const { look } = disk(0.9);
    used = 500;
    for (now = 0; now < 10_000; now += 100) assert.equal((await look()).used, 0.5);
    assert.equal(asked, 2);
  });

  it('is never too little where nobody set a limit, or the system does not say', async () => {
    used = 1_000;
    assert.deepEqual(await disk(1).look(), { used: 1, full: false });
    const silent = { folder: '/nowhere', watermark: 0.5, clock: { now: () => now } };
    assert.deepEqual(await createDisk(silent).look(), { used: null, full: false });
  });

  it('is told as a share of what may be used', async () => {
    const { used: share } = await createDisk({ folder: folder(), watermark: 1, clock: { now: () => now } }).look();
    assert.ok(share !== null && share > 0 && share <= 1);
    assert.equal(percent(0.909), '90 %');
    assert.match(diskFull({ used: 0.95, full: true }).message, /95 % full/);
  });
});
