import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gather } from '../../../src/cms/content.ts';
import { headerBlock } from '../../../src/transports/as2/mime/headers.ts';
import { eventually } from '../../support/eventually.ts';
import { openWithAs2 } from '../as2-partner.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers, settledCopies } from '../sftp-partner.ts';

const SIZE = 100_000_000;
/** Megabytes that a gateway may hold at most. */
const MEMORY = 600;

export const row: Row = {
  number: 50,
  title: 'an AS2 connection is reset at byte N of a message of 100 MB',
  gate: false,
  run: async (stage) => {
    const partner = await openWithAs2(stage);
    const [like] = goodOffers(stage, 1);
    assert.ok(like !== undefined);
    const content = randomBytes(SIZE / 2).toString('hex');
    const offer = changed(like, { name: 'large.bin', content, state: 'rejected', documents: 0, events: 0 });
    const message = await partner.build(content, { name: offer.name });
    const body = await gather(message.body.chunks());
    await stage.start();
    const incoming = (): readonly string[] => readdirSync(join(stage.place.data, 'archive/incoming'));
    for (const cut of [0, 1, 1_000_000, stage.random.below(SIZE), body.length - 1]) {
      const socket = connect(Number(new URL(stage.gateway.partner).port), '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      const headers = [
        { name: 'Host', value: 'x' },
        ...message.headers,
        { name: 'Content-Length', value: String(body.length) },
      ];
      socket.write(Buffer.concat([Buffer.from('POST /as2 HTTP/1.1\r\n'), headerBlock(headers)]));
      await new Promise((resolve) => socket.write(body.subarray(0, cut), resolve));
      socket.resetAndDestroy();
      stage.say(`reset after ${cut} bytes`);
      await eventually('nothing half-written is left', () => incoming().length === 0, 30);
    }
    assert.deepEqual(await stage.gateway.allFiles(), []);
    const answer = await partner.post(message);
    assert.equal(answer?.result, 'delivered', answer?.reason);
    stage.witness.note(offer, 'acknowledged', 'MDN');
    await settledCopies(stage.gateway, offer, 1);
    await eventually('nothing half-written is left', () => incoming().length === 0);
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${stage.gateway.pid}/status`, 'utf8'))?.[1];
    stage.say(`peak memory ${Math.round(Number(peak) / 1024)} MB`);
    assert.ok(Number(peak) / 1024 < MEMORY, `${peak} kB`);
    await stage.prove();
  },
};
