import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import type { GatewayProcess, StartOptions } from '../../support/gateway.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers } from '../sftp-partner.ts';
import type { Stage } from '../stage.ts';

/** Megabytes for objects: enough for the gateway, not for the values of a large document. */
const HEAP = 160;
const OPTIONS: StartOptions = { env: { NODE_OPTIONS: `--max-old-space-size=${HEAP}` } };
/** Less than what is refused by its size, and by the number of its values. */
const VALUES = 1_500_000;
/** It is suspected after the first end of the process, and given up after two more. */
const MOST_ENDS = 4;

/** Starts gateways as a supervisor does, until one has done everything. Answers how many ended. */
async function supervise(stage: Stage, done: (gateway: GatewayProcess) => Promise<boolean>): Promise<number> {
  for (let ends = 0; ; ends++) {
    const gateway = await stage.start(OPTIONS);
    await eventually('all is done, or the gateway ends', async () => !gateway.running() || done(gateway), 180);
    if (gateway.running()) return ends;
    assert.match(gateway.log(), /heap out of memory|heap limit/);
    stage.say('the gateway ended: out of memory');
  }
}

export const row: Row = {
  number: 14,
  title: 'a document that is larger than the memory of the process',
  gate: false,
  run: async (stage) => {
    await stage.open();
    const offers = goodOffers(stage, 30);
    const [like] = offers;
    assert.ok(like !== undefined);
    const content = JSON.stringify({ values: Array.from({ length: VALUES }, (_, index) => index) });
    const huge = changed(like, { name: 'huge.json', content, state: 'quarantined', documents: 0, events: 0 });
    await stage.place.drop('warehouse', huge.name, huge.content);
    stage.witness.note(huge, 'offered', 'folder');
    for (const offer of offers) {
      stage.witness.note(offer, 'offered', 'folder');
      await stage.place.drop(offer.partner, offer.name, offer.content);
    }
    const ends = await supervise(stage, async (gateway) => {
      const files = await gateway.allFiles().catch(() => []);
      return files.length === offers.length + 1 && files.every(({ state }) => state !== 'received');
    });
    assert.ok(ends > 0, 'the document was not too large');
    assert.ok(ends <= MOST_ENDS, `${ends}`);
    await stage.prove();
    const [file] = await stage.gateway.allFiles('quarantined');
    assert.equal(file?.reason?.code, 'PROCESS_ENDED');
    stage.say(`${ends} gateways ended; the document is quarantined with PROCESS_ENDED, all others are done`);
  },
};
