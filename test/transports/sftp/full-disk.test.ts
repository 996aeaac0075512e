import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import { createTestRoad } from '../../support/inbound-road.ts';
import { withServer } from '../../support/servers/server.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice } from '../../support/warehouse.ts';
import { createSftpPlace, poolOf } from './sftp-place.ts';

const ADVICES = 600;

describe('a file on an SFTP server while the disk here is full', function () {
  this.timeout(60_000);
  const sshd = withServer(SSHD);
  const folder = tempFolder();

  it('stays there, nothing half-written stays here, and it is taken when there is room (mounts a small disk: needs root)', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const archive = join(folder(), 'archive');
    mkdirSync(archive);
    const mount = (options: string): unknown => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', archive]);
    mount('size=128k');
    const pool = poolOf(sshd().key);
    const place = createSftpPlace(sshd(), pool);
    const transport = place.transport();
    try {
      const test = await createTestRoad(folder());
      const numbers = Array.from({ length: ADVICES }, (_, index) => index + 1);
      await place.put('large.edi', numbers.map((number) => fromWarehouse(number, shippingAdvice(number))).join(''));
      const origin = { connection: 'sftp:warehouse/main', partnerId: 'warehouse' };
      await transport.start((arrivals) => test.road.receive(origin, arrivals));
      await eventually('it is told', () =>
        place.log.lines.some(({ details }) => /could not be stored/.test(JSON.stringify(details))),
      );
      assert.deepEqual(await test.files(), []);
      await eventually('nothing half-written is left', () => readdirSync(join(archive, 'incoming')).length === 0);
      assert.deepEqual(
        readdirSync(place.folder).map((name) => name.split('.crossdock')[0]),
        ['large.edi'],
      );
      mount('remount,size=16m');
      await eventually('it is taken', () => readdirSync(place.folder).length === 0, 30);
      assert.deepEqual(
        (await test.files()).map(({ name }) => name),
        ['large.edi'],
      );
      await transport.stop();
      await test.ledger.close();
    } finally {
      await transport.stop();
      pool.close();
      execFileSync('umount', [archive]);
    }
  });
});
