import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import type { Row } from '../row.ts';
import { told } from '../sftp-partner.ts';

const STAYS = /the old one stays in use/;
/** Milliseconds in which a running gateway looks at its files at least once. */
const LOOK = 2_500;

export const row: Row = {
  number: 65,
  title: 'the configuration is half-written, broken or gone while it is read again',
  gate: {
    file: 'test/gateway/reload.test.ts',
    title: 'is told in the log when it is broken, and the old one stays',
  },
  run: async (stage) => {
    await stage.open();
    await stage.start();
    const path = join(stage.place.config, 'partners/warehouse/partner.yaml');
    const whole = readFileSync(path);
    const broken = [
      whole.subarray(0, whole.indexOf('{ document: 940') + stage.random.below(40) + 2),
      Buffer.from(''),
      Buffer.from('partner: warehouse\nname: [half writ'),
      Buffer.concat([whole, Buffer.from('\nnobody: knows this\n')]),
      Buffer.from([0xff, 0xfe, 0, 0]),
    ];
    for (const [index, bytes] of broken.entries()) {
      const before = told(stage.gateway, STAYS);
      writeFileSync(path, bytes);
      await eventually('the log tells', () => told(stage.gateway, STAYS) > before, 60);
      stage.say(`broken configuration ${index + 1}, ${bytes.length} bytes: the old one stays`);
      await stage.sender.send(stage.offers(10));
      assert.match(stage.gateway.log(), /warehouse\/partner\.yaml:\d+:\d+ [A-Z_]+ /);
    }
    // As somebody writes who does not rename: in pieces, over several looks.
    const changed = Buffer.from(whole.toString().replace('Warehouse of the tests', 'Renamed warehouse'));
    for (let end = 0; end < changed.length; end += Math.ceil(changed.length / 4)) {
      writeFileSync(path, changed.subarray(0, end));
      await pause(LOOK);
    }
    await stage.sender.send(stage.offers(10));
    writeFileSync(path, changed);
    await eventually(
      'the whole one is in use',
      async () => (await stage.gateway.text('/v1/partners')).includes('Renamed warehouse'),
      60,
    );
    await stage.sender.send(stage.offers(10));
    await stage.prove();
  },
};
