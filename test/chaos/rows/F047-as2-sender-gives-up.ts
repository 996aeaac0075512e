import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { openWithAs2 } from '../as2-partner.ts';
import { startProxy } from '../proxy.ts';
import type { Row } from '../row.ts';
import { goodOffers, settledCopies } from '../sftp-partner.ts';

export const row: Row = {
  number: 47,
  title: 'an AS2 sender hears nothing and sends again',
  gate: false,
  run: async (stage) => {
    const partner = await openWithAs2(stage);
    const [offer] = goodOffers(stage, 1);
    assert.ok(offer !== undefined);
    const message = await partner.build(offer.content, { name: offer.name });
    await stage.start();
    const proxy = await startProxy(Number(new URL(stage.gateway.partner).port));
    stage.atTheEnd(() => proxy.close());
    const url = `http://127.0.0.1:${proxy.port}/as2`;
    proxy.set({ halfOpen: true });
    const unheard = partner.post(message, { url, deadline: 3_000 });
    await eventually('the message is taken', async () => (await stage.gateway.files()).length === 1, 30);
    assert.equal(await unheard, null);
    stage.say('no answer came through; sent again');
    proxy.set();
    const heard = await partner.post(message, { url });
    assert.equal(heard?.result, 'delivered', heard?.reason);
    stage.witness.note(offer, 'acknowledged', 'MDN');
    await settledCopies(stage.gateway, offer, 1);
    assert.equal((await stage.gateway.allFiles()).length, 1);
    await stage.prove();
  },
};
