import assert from 'node:assert/strict';
import { una, unb, unh } from '../../edi/support/edifact.ts';
import { eventually } from '../../support/eventually.ts';
import { fromWarehouse, shippingAdvice } from '../../support/warehouse.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers } from '../sftp-partner.ts';

const X12 = fromWarehouse(900_001, shippingAdvice(900_001));
const EDIFACT =
  una() +
  unb(
    { sender: 'WAREHOUSE:ZZZ', receiver: 'OURCO:ZZZ', syntax: 'UNOC:3', reference: '900001' },
    unh('NOSUCH', "FTX+AAI+++IT?'S", 'CPS+1'),
  );

export const row: Row = {
  number: 53,
  title: 'an X12 and an EDIFACT file, each cut behind every byte of it',
  gate: { file: 'test/inbound/cut.test.ts', title: 'is processed only when it is whole' },
  run: async (stage) => {
    await stage.open();
    await stage.start();
    const [like] = goodOffers(stage, 1);
    assert.ok(like !== undefined);
    const wholes = { x12: X12, edifact: EDIFACT };
    const cuts = Object.entries(wholes).flatMap(([name, whole]) =>
      Array.from({ length: whole.length }, (_, length) =>
        changed(like, { name: `${name}-${length}.edi`, content: whole.slice(0, length) }),
      ),
    );
    for (const { name, content } of cuts) await stage.place.drop('warehouse', name, content);
    stage.say(`${cuts.length} cuts dropped`);
    // Both begin with nothing, which is one file twice.
    await eventually(
      'all are settled',
      async () => {
        const files = await stage.gateway.allFiles();
        return files.length === cuts.length && files.every(({ state }) => state !== 'received');
      },
      120,
    );
    const files = await stage.gateway.allFiles();
    const wrong = files.filter(
      ({ state, reason, documents: { processed, received } }) =>
        state !== 'rejected' || processed + received > 0 || reason === null,
    );
    assert.deepEqual(
      wrong.map(({ name, state, reason }) => [name, state, reason?.code]),
      [],
    );
    assert.deepEqual(new Set(files.map(({ sha256 }) => sha256)), new Set(cuts.map(({ sha256 }) => sha256)));
    assert.deepEqual(await stage.gateway.events(), []);
    const checked = await stage.place.run('ledger', 'check', '--bytes');
    assert.equal(checked.code, 0, checked.stdout);
    // And the whole files are no duplicates of them.
    for (const [name, whole] of Object.entries(wholes)) await stage.place.drop('warehouse', name, whole);
    for (const { state } of await stage.gateway.settled(...Object.keys(wholes))) assert.equal(state, 'processed');
    assert.equal((await stage.gateway.events()).length, 2);
  },
};
