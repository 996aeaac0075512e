import assert from 'node:assert/strict';
import { SSHD } from '../../support/servers/sshd.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers, openWithSftp, settledCopies } from '../sftp-partner.ts';

export const row: Row = {
  number: 39,
  title: 'the same content comes under another name, with other line ends too',
  gate: false,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    const [offer] = goodOffers(stage, 1);
    assert.ok(offer !== undefined);
    await stage.start();
    partner.put(offer);
    await settledCopies(stage.gateway, offer, 1);
    const events = (await stage.gateway.events()).length;
    partner.put(offer, 'copy.edi');
    const copies = await settledCopies(stage.gateway, offer, 2);
    assert.deepEqual(
      copies.map(({ name, state }) => `${name} ${state}`).sort(),
      [`${offer.name} processed`, 'copy.edi duplicate'].sort(),
    );
    const respelt = changed(offer, { name: 'respelt.edi', content: `${offer.content}\n` });
    partner.put(respelt);
    const [file] = await settledCopies(stage.gateway, respelt, 1);
    stage.say(`the same interchange in other bytes is ${file?.state}: ${file?.reason?.text ?? ''}`);
    assert.equal((await stage.gateway.events()).length, events);
    assert.equal(file?.documents.processed, 0);
    const { code, stdout } = await stage.place.run('ledger', 'check', '--bytes');
    assert.equal(code, 0, stdout);
  },
};
