import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SSHD } from '../../support/servers/sshd.ts';
import type { Row } from '../row.ts';
import { goodOffers, openWithSftp } from '../sftp-partner.ts';

const NAMES = 100_000;
/** Megabytes that a gateway may hold at most. */
const MEMORY = 500;

export const row: Row = {
  number: 42,
  title: 'a hundred thousand names lie in a folder of the server',
  gate: false,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    for (let name = 0; name < NAMES; name++) writeFileSync(join(partner.folder, `${name}.tmp`), '');
    const offers = goodOffers(stage, 50);
    for (const offer of offers) partner.put(offer);
    stage.say(`${NAMES} names lie there`);
    await stage.start();
    // Another partner is served meanwhile.
    await stage.sender.send(stage.offers(40).filter(({ partner }) => partner === 'carrier'));
    await stage.prove();
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${stage.gateway.pid}/status`, 'utf8'))?.[1];
    stage.say(`peak memory ${Math.round(Number(peak) / 1024)} MB`);
    assert.ok(Number(peak) / 1024 < MEMORY, `${peak} kB`);
    assert.equal(partner.lying().length, NAMES);
  },
};
