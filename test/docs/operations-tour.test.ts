import { tempFolder } from '../support/temp-folder.ts';
import { runPage } from './run-page.ts';

describe('docs/operations.md', () => {
  const folder = tempFolder();

  it('does what it says about what waits for a person', async function () {
    this.timeout(300_000);
    await runPage('docs/operations.md', folder(), '## What waits for a person');
  });
});
