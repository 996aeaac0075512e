import { mkdirSync } from 'node:fs';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolderSender } from '../../../src/transports/folder/send.ts';
import { type SendingPlace, sendingTransportContract } from '../../contracts/sending-transport.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NOBODY = 65_534;

describe('a drop-off folder', () => {
  const dataFolder = tempFolder();
  const root = process.getuid?.() === 0;
  let place: SendingPlace;
  beforeEach(() => {
    const folder = join(dataFolder(), 'in');
    mkdirSync(folder);
    place = {
      transport: () =>
        createFolderSender({ connectionId: 'main', partnerId: 'acme', dropOff: 'in', dataFolder: dataFolder() }),
      names: () => readdir(folder),
      text: (name) => readFile(join(folder, name), 'utf8'),
      put: (name, text) => writeFile(join(folder, name), text),
      // Root may do everything, so that for root the test becomes nobody for a while.
      async close() {
        await chmod(dataFolder(), 0o755);
        await chmod(folder, 0o555);
        if (root) process.seteuid?.(NOBODY);
      },
      async open() {
        if (root) process.seteuid?.(0);
        await chmod(folder, 0o755);
      },
    };
  });
  sendingTransportContract('folder', () => place);
});
