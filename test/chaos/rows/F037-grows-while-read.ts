import assert from 'node:assert/strict';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { fromWarehouse, shippingAdvice } from '../../support/warehouse.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers, openWithSftp } from '../sftp-partner.ts';

const SETS = 200;

export const row: Row = {
  number: 37,
  title: 'a file grows while it is read',
  gate: false,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    const [first] = goodOffers(stage, 1);
    assert.ok(first !== undefined);
    const interchange = (number: number): string => fromWarehouse(number, shippingAdvice(number));
    const numbers = Array.from({ length: SETS }, (_, index) => 5_000 + index);
    const before = numbers.map(interchange).join('');
    const more = interchange(9_000);
    const whole = changed(first, {
      name: 'grows.edi',
      content: before + more,
      state: 'processed',
      documents: SETS + 1,
      events: SETS + 1,
    });
    // So slow that there is time to write on while it is read.
    partner.proxy.set({ throttle: 30_000 });
    partner.put(changed(whole, { content: before }));
    await stage.start();
    const claimed = (): string | undefined => readdirSync(partner.folder).find((name) => name !== 'grows.edi');
    await eventually('the file is claimed', () => claimed() !== undefined, 60);
    appendFileSync(join(partner.folder, claimed() ?? ''), more);
    stage.say('the writer goes on');
    stage.witness.note(whole, 'offered', 'sftp');
    partner.proxy.set();
    await stage.prove();
  },
};
