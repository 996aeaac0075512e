import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import type { Row } from '../row.ts';
import { goodOffers, openWithSftp, settledCopies, told } from '../sftp-partner.ts';

export const row: Row = {
  number: 43,
  title: 'the server shows another host key',
  gate: false,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    const [first, second] = goodOffers(stage, 2);
    assert.ok(first !== undefined && second !== undefined);
    await stage.start();
    partner.put(first);
    await settledCopies(stage.gateway, first, 1);
    await eventually('it is taken away', () => partner.lying().length === 0);
    const hostKeys = await partner.sshd.changeHostKeys();
    stage.say('the host keys are others');
    partner.put(second);
    await eventually('it is told', () => told(stage.gateway, /is not pinned/) > 0, 60);
    assert.deepEqual(partner.lying(), [second.name]);
    await partner.pin(hostKeys.slice(0, 1));
    stage.say('the new key is pinned');
    await stage.prove();
  },
};
