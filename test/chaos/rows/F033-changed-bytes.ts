import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import type { Offer } from '../../support/offers.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers } from '../sftp-partner.ts';
import type { Stage } from '../stage.ts';

/** What stands before the number of an order, in a shipping advice. */
const BEFORE = '~W06*F*DO-';

/** Flips the lowest bit of a digit of a document, which stays valid; called again, it flips it back. */
function flip({ place, say }: Stage, { sha256, name, content }: Offer): void {
  const path = join(place.data, 'archive', sha256.slice(0, 2), sha256.slice(2));
  const bytes = readFileSync(path);
  const at = content.indexOf(BEFORE) + BEFORE.length;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
  say(`byte ${at} of ${name} flipped`);
}

const controlNumberOf = ({ content }: Offer): string => content.split('*')[13] ?? '';

export const row: Row = {
  number: 33,
  title: 'a stored byte changes between splitting and translating, and after that',
  gate: { file: 'test/inbound/bit-rot.test.ts', title: 'stored bytes that have changed' },
  run: async (stage) => {
    await stage.open();
    const offers = goodOffers(stage, 20);
    const [first, later] = offers.filter(({ content }) => content.includes(BEFORE));
    assert.ok(first !== undefined && later !== undefined);
    const victim = changed(first, { state: 'quarantined', events: 0 });
    const FAILPOINTS = `work.before_translate[${controlNumberOf(victim)}]=kill`;
    const dying = await stage.start({ env: { FAILPOINTS } });
    const sending = stage.sender.send([victim, ...offers.filter((offer) => offer !== first)]);
    await eventually('the gateway ends before it translates', () => !dying.running(), 60);
    stage.say('kill -9 between splitting and translating');
    flip(stage, victim);
    await stage.start();
    await sending;
    // All the others, and nothing of this one.
    await stage.prove({ bytes: false });
    const [quarantined] = await stage.gateway.allFiles('quarantined');
    const [document] = await stage.gateway.documents(`file=${quarantined?.id}`);
    assert.equal(document?.reason?.code, 'ARCHIVE_BLOB_CORRUPT');
    const checked = await stage.place.run('ledger', 'check', '--bytes');
    assert.equal(checked.code, 4, checked.stdout);
    assert.match(checked.stdout, new RegExp(`A8.*${quarantined?.id}`));

    flip(stage, victim);
    const replayed = await stage.place.run('replay', quarantined?.id ?? '', '--because', 'the archive is mended');
    assert.equal(replayed.code, 0, replayed.stderr);
    stage.witness.note(first, 'acknowledged', 'mended');
    await stage.prove();

    // A byte of a file that was done long ago: in memory it would still be right.
    await stage.gateway.stop();
    flip(stage, later);
    await stage.start();
    const file = (await stage.gateway.allFiles()).find(({ sha256 }) => sha256 === later.sha256);
    const [event] = (await stage.gateway.events()).filter(({ correlationid }) => correlationid === file?.id);
    for (const path of [`/v1/files/${file?.id}/raw`, `/v1/events/${event?.id}/lineage`]) {
      await assert.rejects(stage.gateway.text(path), /answered 500: .*ARCHIVE_BLOB_CORRUPT/s);
    }
    const { stdout } = await stage.place.run('replay', file?.id ?? '');
    assert.match(stdout, /0 would be changed|0 changed/);
    flip(stage, later);
    await stage.prove();
  },
};
