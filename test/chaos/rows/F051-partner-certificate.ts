import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { openWithAs2, pairFor } from '../as2-partner.ts';
import type { Row } from '../row.ts';
import { goodOffers, told } from '../sftp-partner.ts';

export const row: Row = {
  number: 51,
  title: "a partner's certificate ends soon, has ended, is not valid yet, and is replaced",
  gate: false,
  run: async (stage) => {
    const ended = await pairFor('WAREHOUSE', -100, -1);
    const soon = await pairFor('WAREHOUSE', -100, 10);
    const early = await pairFor('WAREHOUSE', 1, 100);
    const next = await pairFor('WAREHOUSE');
    const partner = await openWithAs2(stage, { theirs: [ended, soon, early] });
    await stage.start();
    for (const words of [/A certificate has ended/, /A certificate ends soon/, /A certificate is not valid yet/]) {
      assert.equal(told(stage.gateway, words), 1, stage.gateway.log());
    }
    const send = async (key: typeof ended): Promise<string> => {
      const [offer] = goodOffers(stage, 1);
      assert.ok(offer !== undefined);
      const answer = await partner.post(await partner.build(offer.content, { name: offer.name, key }));
      if (answer?.result === 'delivered') stage.witness.note(offer, 'acknowledged', 'MDN');
      return answer?.result === 'delivered' ? 'delivered' : (answer?.reason ?? 'no answer');
    };
    assert.match(await send(ended), /authentication-failed/);
    // All others that are listed are taken.
    for (const key of [soon, early]) assert.equal(await send(key), 'delivered');
    assert.match(await send(next), /authentication-failed/);
    await partner.certify([soon, next]);
    stage.say('the old and the next are listed');
    await eventually('the next one is taken', async () => (await send(next)) === 'delivered', 30);
    assert.equal(await send(soon), 'delivered');
    await partner.certify([next]);
    stage.say('the next alone is listed');
    await eventually('the old one is taken no longer', async () => /authentication-failed/.test(await send(soon)), 30);
    assert.equal(await send(next), 'delivered');
    await stage.prove();
  },
};
