import { eventually } from '../../support/eventually.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { assertNoOrphans } from '../archive-content.ts';
import type { Row } from '../row.ts';
import { goodOffers, openWithSftp } from '../sftp-partner.ts';

/** Enough for the handshake, a listing and a few files. */
const CUT_AFTER = 12_000;

export const row: Row = {
  number: 34,
  title: 'an SFTP connection is cut in the middle of a download',
  gate: true,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage);
    for (const offer of goodOffers(stage, 40)) partner.put(offer);
    partner.proxy.set({ cutAfter: CUT_AFTER });
    await stage.start();
    await eventually('the connection was cut twice', () => partner.proxy.cuts >= 2, 60);
    stage.say(`cut after ${CUT_AFTER} bytes, ${partner.proxy.cuts} times; no more`);
    partner.proxy.set();
    await stage.prove();
    await assertNoOrphans(stage);
  },
};
