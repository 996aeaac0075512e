import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../../support/eventually.ts';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { folderOf, unprivilegedUser } from '../../support/servers/user.ts';
import type { Row } from '../row.ts';

/** Tables, indexes and the system's own take about a third of it. */
const SIZE = '32m';

export const row: Row = {
  number: 27,
  title: 'the disk that holds the tables of PostgreSQL is full',
  gate: false,
  needs: [POSTGRES.software],
  root: true,
  run: async (stage) => {
    const user = unprivilegedUser('postgres', 'nobody');
    const folder = folderOf(user, 'crossdock-tables-');
    const ids = user === null ? '' : `,uid=${user.uid},gid=${user.gid}`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=700${ids}`, 'tmpfs', folder]);
    stage.atTheEnd(() => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    });
    const address = new URL(await stage.database());
    const admin = new Client({ connectionString: address.href });
    await admin.connect();
    await admin.query(`create tablespace small location '${folder}'`);
    await admin.query('create database tables tablespace small');
    await admin.end();
    address.pathname = 'tables';
    await stage.open({ CROSSDOCK_DATABASE_URL: address.href });
    await stage.start();
    await stage.sender.send(stage.offers(20));
    const ballast = join(folder, 'ballast');
    try {
      writeFileSync(ballast, Buffer.alloc(64 * 1024 * 1024));
      assert.fail('there was more room than the disk has');
    } catch (error) {
      assert.match(String(error), /ENOSPC/);
    }
    stage.say('no byte is left on the disk of the tables');
    const sending = stage.sender.send(stage.offers(200), ['http', 'http', 'folder']);
    await eventually('senders are refused', () => stage.sender.answers.some(({ status }) => status === 503), 60);
    assert.deepEqual(
      stage.sender.answers.filter(({ status }) => status !== 202 && status !== 503),
      [],
    );
    rmSync(ballast);
    stage.say('room again');
    await sending;
    assert.match(stage.gateway.log(), /No space left on device/);
    await stage.prove();
  },
};
