import assert from 'node:assert/strict';
import { SSHD } from '../../support/servers/sshd.ts';
import type { Row } from '../row.ts';
import { goodOffers, openWithSftp, settledCopies } from '../sftp-partner.ts';

export const row: Row = {
  number: 38,
  title: 'the same file comes again under the same name',
  gate: true,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    const offers = goodOffers(stage, 3);
    await stage.start();
    for (const offer of offers) partner.put(offer);
    for (const offer of offers) await settledCopies(stage.gateway, offer, 1);
    for (const offer of offers) partner.put(offer);
    stage.say('put again');
    for (const offer of offers) {
      const copies = await settledCopies(stage.gateway, offer, 2);
      assert.deepEqual(copies.map(({ state }) => state).sort(), ['duplicate', 'processed']);
    }
    await stage.prove();
  },
};
