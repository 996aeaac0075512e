import assert from 'node:assert/strict';
import { gather } from '../../../src/cms/content.ts';
import { isArchived, openWithAs2 } from '../as2-partner.ts';
import type { Row } from '../row.ts';
import { goodOffers, settledCopies, told } from '../sftp-partner.ts';

export const row: Row = {
  number: 46,
  title: 'other bytes come under the Message-ID of a message that was taken',
  gate: true,
  run: async (stage) => {
    const partner = await openWithAs2(stage);
    const [offer, other] = goodOffers(stage, 2);
    assert.ok(offer !== undefined && other !== undefined);
    const first = await partner.build(offer.content, { id: '<same@warehouse>', name: offer.name });
    const forged = await partner.build(other.content, { id: '<same@warehouse>', name: other.name });
    await stage.start();
    assert.equal((await partner.post(first))?.result, 'delivered');
    stage.witness.note(offer, 'acknowledged', 'MDN');
    await settledCopies(stage.gateway, offer, 1);
    const answer = await partner.post(forged);
    assert.equal(answer?.result, 'refused', answer?.reason);
    assert.match(answer?.reason ?? '', /unexpected-processing-error/);
    assert.equal(told(stage.gateway, /under this Message-ID|same@warehouse/) > 0, true, stage.gateway.log());
    for (const message of [first, forged]) {
      assert.ok(isArchived(stage, await gather(message.body.chunks())), 'both are kept as they came');
    }
    assert.equal((await stage.gateway.allFiles()).length, 1);
    await stage.prove();
  },
};
