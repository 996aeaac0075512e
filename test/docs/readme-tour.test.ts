import { tempFolder } from '../support/temp-folder.ts';
import { runPage } from './run-page.ts';

describe('the pages that a newcomer types along with', () => {
  const folder = tempFolder();

  for (const page of ['README.md', 'docs/ten-minutes.md']) {
    it(`${page} does what it says`, async function () {
      this.timeout(120_000);
      await runPage(page, folder());
    });
  }
});
