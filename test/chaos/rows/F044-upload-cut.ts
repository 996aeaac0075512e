import { SSHD } from '../../support/servers/sshd.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 44,
  title: 'an upload over SFTP is cut in the middle',
  needs: [SSHD.software],
  gate: {
    file: 'test/transports/sftp/send.test.ts',
    title: 'is transient when the server goes away in the middle, and the next attempt leaves one whole file',
  },
};
