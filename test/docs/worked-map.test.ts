import { tempFolder } from '../support/temp-folder.ts';
import { runPage } from './run-page.ts';

describe('the worked case of docs/maps.md', () => {
  const folder = tempFolder();

  it('goes from a sample file to a released map that a partner uses', async function () {
    this.timeout(300_000);
    await runPage('docs/maps.md', folder(), '## From a sample file to a released map');
  });
});
