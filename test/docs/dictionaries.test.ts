import { tempFolder } from '../support/temp-folder.ts';
import { runPage } from './run-page.ts';

describe('docs/dictionaries.md', () => {
  const folder = tempFolder();

  it('writes tables that can be imported and shown, and breaks them as it says', async function () {
    this.timeout(60_000);
    await runPage('docs/dictionaries.md', folder());
  });
});
