import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { SSHD } from '../../support/servers/sshd.ts';
import type { Row } from '../row.ts';
import { goodOffers, openWithSftp, settledCopies, told } from '../sftp-partner.ts';

export const row: Row = {
  number: 41,
  title: 'the server lets us neither rename nor remove',
  gate: false,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    const offers = goodOffers(stage, 3);
    for (const offer of offers) partner.put(offer);
    partner.sshd.forbid(partner.folder);
    await stage.start();
    for (const offer of offers) await settledCopies(stage.gateway, offer, 1);
    // Some more looks, in which nothing may come again.
    await pause(4_000);
    assert.equal((await stage.gateway.allFiles()).length, offers.length);
    assert.deepEqual([...partner.lying()].sort(), offers.map(({ name }) => name).sort());
    const alarms = told(stage.gateway, /may not be removed/);
    assert.equal(alarms, offers.length, stage.gateway.log());
    await stage.prove();
  },
};
