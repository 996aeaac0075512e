import type { SftpPickUp } from '../../../src/partners/sftp-types.ts';
import type { SftpPool } from '../../../src/transports/sftp/pool.ts';
import { receivingTransportContract } from '../../contracts/receiving-transport.ts';
import { withServer } from '../../support/servers/server.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { createSftpPlace, poolOf, type SftpPlace } from './sftp-place.ts';

const WAYS: readonly (readonly [string, Partial<SftpPickUp>])[] = [
  ['ready at once', { ready: { by: 'immediate' } }],
  ['ready when stable', { ready: { by: 'stable' } }],
  ['ready by marker', { ready: { by: 'marker', suffix: '.done' } }],
  ['ready by name, one poller', { ready: { by: 'rename', unready: ['.writing'] }, claim: 'lease' }],
];

for (const [way, settings] of WAYS) {
  describe(`a folder on an SFTP server, ${way}`, function () {
    this.timeout(60_000);
    const sshd = withServer(SSHD);
    let pool: SftpPool;
    let current: SftpPlace;
    beforeEach(() => {
      pool = poolOf(sshd().key);
      current = createSftpPlace(sshd(), pool, settings);
    });
    afterEach(() => pool.close());
    receivingTransportContract(`sftp, ${way}`, () => current);
  });
}
