import { tempFolder } from '../support/temp-folder.ts';
import { runPage } from './run-page.ts';

describe('docs/releasing-maps.md', () => {
  const folder = tempFolder();

  it('does what it says', async function () {
    this.timeout(300_000);
    await runPage('docs/releasing-maps.md', folder());
  });
});
