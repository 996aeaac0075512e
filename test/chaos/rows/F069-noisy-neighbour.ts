import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { gs, st } from '../../edi/support/x12.ts';
import { eventually } from '../../support/eventually.ts';
import type { Offer } from '../../support/offers.ts';
import { adviceSegments, fromCarrier, fromWarehouse, status } from '../../support/warehouse.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers } from '../sftp-partner.ts';
import type { Stage } from '../stage.ts';

/** Documents of the neighbour; `--count` says otherwise. */
const DOCUMENTS = 50_000;
const A_FILE = 250;
const PROBES = 30;
/** The carrier may wait so much longer at 95 of 100, and at least may wait this long, in milliseconds. */
const LONGER = 2;
const ALLOWED = 3_000;

/** How long 95 of 100 files of the carrier take from the answer to the sender until they are settled, in milliseconds. */
async function carriersTime(stage: Stage, like: Offer, from: number): Promise<number> {
  const times: number[] = [];
  for (let number = from; number < from + PROBES; number++) {
    const offer = changed(like, {
      partner: 'carrier',
      name: `carrier-${number}.edi`,
      content: fromCarrier(number, status(number)),
      events: 2,
    });
    await stage.sender.send([offer], ['http']);
    const began = performance.now();
    await eventually(
      'the file of the carrier is settled',
      async () =>
        (await stage.gateway.documents(`partner=carrier&ref=SHP-${number}`)).some(({ state }) => state === 'processed'),
      120,
    );
    times.push(performance.now() - began);
    await pause(100);
  }
  return times.sort((a, b) => a - b)[Math.floor(PROBES * 0.95)] ?? Number.POSITIVE_INFINITY;
}

export const row: Row = {
  number: 69,
  title: 'one partner sends tens of thousands of documents, and another one a file now and then',
  gate: false,
  run: async (stage) => {
    await stage.open();
    await stage.start();
    const like = goodOffers(stage, 20).find(({ documents }) => documents === 1);
    assert.ok(like !== undefined);
    const base = await carriersTime(stage, like, 800_000);
    const files = Math.ceil((stage.count ?? DOCUMENTS) / A_FILE);
    const offers = Array.from({ length: files }, (_, file) => {
      const sets = Array.from({ length: A_FILE }, (_, set) => st('945', ...adviceSegments(file * A_FILE + set)));
      return changed(like, {
        partner: 'warehouse',
        name: `much-${file}.edi`,
        content: fromWarehouse(file + 1, gs('SW', ...sets)),
        documents: A_FILE,
        events: A_FILE,
      });
    });
    const sending = stage.sender.send(offers, ['folder']);
    const received = async () => Number((await stage.gateway.allFiles('received')).length);
    await eventually('the neighbour is at work', async () => (await received()) > 0, 60);
    const busy = await carriersTime(stage, like, 900_000);
    const waiting = await received();
    stage.say(
      `95 of 100 files of the carrier: ${Math.round(base)} ms alone, ${Math.round(busy)} ms beside ${files * A_FILE} documents; ${waiting} files of those still waited`,
    );
    assert.ok(waiting > 0, 'the neighbour was done before the carrier: more documents are needed (--count)');
    assert.ok(busy <= Math.max(ALLOWED, LONGER * base));
    await sending;
    await eventually('the neighbour is done', async () => (await received()) === 0, 600);
    await stage.prove();
  },
};
