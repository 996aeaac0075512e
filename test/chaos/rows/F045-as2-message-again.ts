import assert from 'node:assert/strict';
import { openWithAs2 } from '../as2-partner.ts';
import type { Row } from '../row.ts';
import { goodOffers, settledCopies } from '../sftp-partner.ts';

export const row: Row = {
  number: 45,
  title: 'an AS2 message comes again with the same bytes, also after a kill -9',
  gate: true,
  run: async (stage) => {
    const partner = await openWithAs2(stage);
    const [offer] = goodOffers(stage, 1);
    assert.ok(offer !== undefined);
    const message = await partner.build(offer.content, { name: offer.name });
    await stage.start();
    const first = await partner.post(message);
    assert.equal(first?.result, 'delivered', first?.reason);
    stage.witness.note(offer, 'acknowledged', 'MDN');
    const again = await Promise.all([partner.post(message), partner.post(message)]);
    await stage.gateway.kill9();
    stage.say('kill -9');
    await stage.start();
    for (const answer of [...again, await partner.post(message)]) assert.deepEqual(answer?.mdn, first?.mdn);
    await settledCopies(stage.gateway, offer, 1);
    assert.equal((await stage.gateway.allFiles()).length, 1);
    await stage.prove();
  },
};
