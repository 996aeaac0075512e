import { setTimeout as pause } from 'node:timers/promises';
import { SSHD } from '../../support/servers/sshd.ts';
import type { Row } from '../row.ts';
import { goodOffers, openWithSftp } from '../sftp-partner.ts';

export const row: Row = {
  number: 35,
  title: 'the processes of sshd are killed while files are read, renamed and removed',
  gate: false,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    await stage.start();
    for (let kill = 0; kill < (stage.count ?? 4); kill++) {
      for (const offer of goodOffers(stage, 20)) partner.put(offer);
      await pause(stage.random.below(1_200));
      partner.sshd.cutConnections();
      stage.say('sshd lost its connections');
    }
    await stage.prove();
  },
};
