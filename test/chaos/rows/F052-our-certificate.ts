import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeFiles } from '../../support/temp-folder.ts';
import { openWithAs2, pairFor } from '../as2-partner.ts';
import type { Row } from '../row.ts';
import { goodOffers, told } from '../sftp-partner.ts';

export const row: Row = {
  number: 52,
  title: 'our own certificate ends soon, and has ended',
  gate: false,
  run: async (stage) => {
    for (const [until, words] of [
      [10, /A certificate ends soon/],
      [-1, /A certificate has ended/],
    ] as const) {
      const partner = await openWithAs2(stage, { ours: await pairFor('OURCO', -100, until) });
      await stage.start();
      assert.equal(told(stage.gateway, words), 1, stage.gateway.log());
      const checked = await stage.place.run('partner', 'check', 'warehouse', '--connect');
      assert.match(
        checked.stdout,
        until > 0 ? /ok {3}our certificate/ : /FIX {2}our certificate: it ended on .* \[our turn\]/,
      );
      const open = await stage.place.run('exceptions', 'list', '--json');
      assert.match(open.stdout, until > 0 ? /OUR_CERTIFICATE_ENDS"/ : /OUR_CERTIFICATE_ENDED"/);
      const [offer] = goodOffers(stage, 1);
      assert.ok(offer !== undefined);
      await writeFiles(stage.place.config, { 'sent.edi': offer.content });
      const sent = await stage.place.run('as2', 'send', join(stage.place.config, 'sent.edi'), '--partner', 'warehouse');
      assert.equal(/OUR_CERTIFICATE_ENDED/.test(sent.stderr), until < 0, sent.stderr);
      // What was encrypted to it is opened all the same: the partner does not wait for us.
      const answer = await partner.post(await partner.build(offer.content, { name: offer.name }));
      assert.equal(answer?.result, 'delivered', answer?.reason);
      stage.witness.note(offer, 'acknowledged', 'MDN');
      await stage.prove();
      assert.equal(await stage.gateway.stop(), 0);
    }
  },
};
