import assert from 'node:assert/strict';
import type { Row } from '../row.ts';
import { changed, goodOffers } from '../sftp-partner.ts';

/** What `crossdock.yaml` says where it says nothing. */
const TRIES = 3;

export const row: Row = {
  number: 62,
  title: 'a document that the translator always falls over',
  gate: {
    file: 'test/inbound/work.test.ts',
    title: 'goes on with the siblings of a poison document, which is quarantined in the end',
  },
  run: async (stage) => {
    await stage.open();
    const offers = goodOffers(stage, 40);
    const first = offers.find(({ documents }) => documents === 1);
    assert.ok(first !== undefined);
    const poison = changed(first, { state: 'quarantined', events: 0 });
    const controlNumber = first.content.split('*')[13];
    await stage.start({ env: { FAILPOINTS: `work.before_translate[${controlNumber}]=throw:EPOISON` } });
    await stage.sender.send([poison, ...offers.filter((offer) => offer !== first)]);
    await stage.prove();
    const [file] = await stage.gateway.allFiles('quarantined');
    const [document] = await stage.gateway.documents(`file=${file?.id}`);
    assert.equal(document?.reason?.code, 'WORK_GAVE_UP');
    const { items }: { items: readonly unknown[] } = JSON.parse(
      await stage.gateway.text(`/v1/documents/${document?.id}/attempts`),
    );
    assert.equal(items.length, TRIES);
    stage.say(`${TRIES} attempts, then quarantined; all others are done`);

    // The version that mends it.
    await stage.gateway.stop();
    await stage.start();
    const replayed = await stage.place.run('replay', '--state', 'quarantined');
    assert.equal(replayed.code, 0, replayed.stderr);
    stage.witness.note(first, 'acknowledged', 'replayed');
    await stage.prove();
  },
};
