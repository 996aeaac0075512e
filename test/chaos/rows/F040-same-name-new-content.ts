import assert from 'node:assert/strict';
import { SSHD } from '../../support/servers/sshd.ts';
import { assertNoOrphans } from '../archive-content.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers, openWithSftp, settledCopies } from '../sftp-partner.ts';

export const row: Row = {
  number: 40,
  title: 'one name comes again and again with new content',
  gate: false,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    const offers = goodOffers(stage, 5);
    await stage.start();
    for (const offer of offers) {
      partner.put(offer, 'orders.edi');
      const [file] = await settledCopies(stage.gateway, changed(offer, {}), 1);
      assert.equal(file?.name, 'orders.edi');
    }
    await stage.prove();
    await assertNoOrphans(stage);
  },
};
