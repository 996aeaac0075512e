import { createFolderMessages } from '../../../src/transports/as2/folder-messages.ts';
import { as2MessagesContract } from '../../contracts/as2-messages.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('what AS2 remembers', () => {
  const folder = tempFolder();
  as2MessagesContract('a folder', () => createFolderMessages(folder()));
});
