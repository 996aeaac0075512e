import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { writeFiles } from '../../support/temp-folder.ts';
import type { Row } from '../row.ts';
import { PARTNERS } from '../sender.ts';
import { changed, goodOffers } from '../sftp-partner.ts';

const FILE = 'partners/warehouse/partner.yaml';
const WITHOUT = PARTNERS[FILE].replace(/ {2}- \{ document: 945.*\n/, '');
const GONE = PARTNERS[FILE].replace('x12/945@1.0.0', 'x12/945@7.0.0');

export const row: Row = {
  number: 64,
  title: 'an agreement names no map any more, or one that is not there',
  gate: false,
  run: async (stage) => {
    await stage.open({}, { [FILE]: WITHOUT });
    await stage.start();
    const offers = goodOffers(stage, 16);
    await stage.sender.send(offers);
    // Told as received, one event for each document, as no map says more.
    await stage.prove();
    const advices = offers.filter(({ content }) => content.includes('~ST*945*'));
    const unread = (await stage.gateway.documents('type=945')).map(({ reason }) => reason?.code);
    assert.deepEqual(
      unread,
      advices.map(() => 'NO_AGREEMENT'),
    );
    stage.say(`${advices.length} documents were told as received, with NO_AGREEMENT`);

    await writeFiles(stage.place.config, { [FILE]: GONE });
    await eventually(
      'the log names the map',
      () => /partner\.yaml:\d+:\d+ .*x12\/945@7\.0\.0/.test(stage.gateway.log()),
      60,
    );
    const more = goodOffers(stage, 8);
    await stage.sender.send(more);
    await stage.prove();
    const { code, stderr } = await stage.place.run('check');
    assert.equal(code, 1);
    stage.say(`a map that is not there: the old configuration stays; check says ${stderr.trim().split('\n').at(-1)}`);

    await writeFiles(stage.place.config, { [FILE]: PARTNERS[FILE] });
    stage.say('mended');
    for (const offer of [...offers, ...more].filter(({ content }) => content.includes('~ST*945*'))) {
      // What waited for the line is read again by itself; that it came in stays told.
      stage.witness.note(changed(offer, { events: 2 }), 'acknowledged', 'read again');
    }
    await stage.prove();
  },
};
