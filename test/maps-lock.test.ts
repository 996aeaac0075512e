import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lockedName } from '../src/mapping/lock.ts';
import { readFolder } from '../src/util/read-folder.ts';

const MAPS = fileURLToPath(new URL('../maps', import.meta.url));

describe('the lock of the released maps', () => {
  it('names every released map and what they share, with their hashes (UPDATE=1 writes it)', async () => {
    const files = await readFolder(MAPS, 'maps', ['.yaml']);
    const lines = files.flatMap(({ path, text }) => {
      const name = lockedName(path.slice('maps/'.length));
      return name === null ? [] : [`${name} ${createHash('sha256').update(text, 'utf8').digest('hex')}`];
    });
    const lock = `# What released maps rest on. A locked map never changes: a change is a new version.\n${lines.sort().join('\n')}\n`;
    if (process.env.UPDATE === '1') await writeFile(`${MAPS}/maps.lock`, lock);
    assert.equal(await readFile(`${MAPS}/maps.lock`, 'utf8'), lock);
  });
});
