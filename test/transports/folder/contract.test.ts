import type { Ready } from '../../../src/partners/types.ts';
import { receivingTransportContract } from '../../contracts/receiving-transport.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { createFolderPlace, type FolderPlace } from './folder-place.ts';

const STRATEGIES: readonly Ready[] = [
  { by: 'stable' },
  { by: 'rename', unready: ['.writing'] },
  { by: 'marker', suffix: '.done' },
];

for (const ready of STRATEGIES) {
  describe(`a drop folder, ready by ${ready.by}`, () => {
    const dataFolder = tempFolder();
    let current: FolderPlace;
    beforeEach(() => {
      current = createFolderPlace(dataFolder(), ready);
    });
    receivingTransportContract(`folder, ready by ${ready.by}`, () => current);
  });
}
