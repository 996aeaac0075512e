import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { assertNoOrphans } from '../archive-content.ts';
import type { Row } from '../row.ts';
import { goodOffers, openWithSftp } from '../sftp-partner.ts';

/** Between reading and storing, between storing and removing, and after that. */
const STEPS = ['ingest.before_commit', 'ingest.before_ack', 'sftp.after_move'] as const;

export const row: Row = {
  number: 11,
  title: 'kill -9 at each step of taking a file from a server, up to its removal there',
  gate: true,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    for (const step of STEPS) {
      for (const offer of goodOffers(stage, 3)) partner.put(offer);
      const gateway = await stage.start({ env: { FAILPOINTS: `${step}=kill@1` } });
      await eventually(`the gateway ends at ${step}`, () => !gateway.running(), 60);
      stage.say(`kill -9 at ${step}`);
    }
    await stage.start();
    await stage.prove();
    await eventually('nothing is left on the server', () => partner.lying().length === 0, 30);
    await assertNoOrphans(stage);
    assert.equal((await stage.gateway.allFiles('duplicate')).length, 0);
  },
};
