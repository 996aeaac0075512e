import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importUnDirectory } from '../../src/dictionaries/import-un.ts';
import { installedDictionaries } from '../../src/dictionaries/installed.ts';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { MADE_UP_TABLES, madeUpZip } from './un-directory.ts';

/** Every file below a folder with its text. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

describe('Importing a directory of the UN', () => {
  const folder = tempFolder();

  async function importMadeUp(change: Parameters<typeof madeUpZip>[0] = {}) {
    const zip = join(folder(), 'd99b.zip');
    await writeFile(zip, madeUpZip(change));
    return await importUnDirectory(zip, join(folder(), 'data'));
  }
  const installed = () => filesOf(join(folder(), 'data'));

  it('installs its tables in the notation, with whom the facts are from and that they stay here', async () => {
    const { release, counts, faults } = await importMadeUp();
    assert.deepEqual(faults, []);
    assert.deepEqual([release, counts.messages, counts.segmentRows, counts.codes], ['D99B', 1, 5, 2]);
    const files = installed();
    const at = 'dictionaries/edifact/D99B';
    assert.deepEqual(
      Object.keys(files),
      ['codes.txt', 'elements.txt', 'release.txt', 'segments.txt', 'sets/MADEUP.txt'].map((file) => `${at}/${file}`),
    );
    assert.equal(
      files[`${at}/sets/MADEUP.txt`],
      'MADEUP\n  UNH M 1\n  loop AAA C 10\n    loop BBB M 9999999\n      CCC C 5\n  UNT M 1\n',
    );
    assert.match(files[`${at}/segments.txt`] ?? '', /^AAA C001:M 1002\*2\n/);
    assert.match(files[`${at}/elements.txt`] ?? '', /^1001 ID 1 3\n1002 R 1 6\n3055 AN 1 3\n/);
    assert.match(files[`${at}/codes.txt`] ?? '', /^1001 1 ZZZ\n/);
    const release99 = files[`${at}/release.txt`] ?? '';
    assert.match(release99, /^# Contains facts from the UN\/EDIFACT directory D\.99B, .* \(UNTDID\),\n/);
    assert.match(release99, /Not endorsed by the UN\.\n.*\n.*do not pass these tables on\.\nedifact D99B\n$/);
  });

  it('makes the release known, read when it is first used', async () => {
    await importMadeUp();
    const found = createDictionaries(installedDictionaries(join(folder(), 'data'))).find('edifact', 'D99B');
    assert.equal(found?.exact, true);
    assert.deepEqual(found.dictionary.sets, ['MADEUP']);
    assert.equal(found.dictionary.set('MADEUP')?.root.children.length, 3);
    assert.equal(found.dictionary.set('OTHERS'), undefined);
    assert.equal(found.dictionary.segment('AAA')?.elements[0]?.components.length, 2);
    assert.deepEqual([...(found.dictionary.element('1001')?.codes ?? [])], ['1', 'ZZZ']);
  });

  it('gives the same files again, and leaves nothing beside them', async () => {
    await importMadeUp();
    const first = installed();
    await importMadeUp();
    assert.deepEqual(installed(), first);
    assert.deepEqual(readdirSync(join(folder(), 'data/dictionaries/edifact')), ['D99B']);
  });

  it('takes away what a later import of the release no longer has', async () => {
    await importMadeUp({ 'EDMD.ZIP!OTHERS_D.99B': MADE_UP_TABLES['EDMD.ZIP!MADEUP_D.99B'] ?? [] });
    assert.ok('dictionaries/edifact/D99B/sets/OTHERS.txt' in installed());
    await importMadeUp();
    assert.ok(!('dictionaries/edifact/D99B/sets/OTHERS.txt' in installed()));
  });

  const failing: readonly (readonly [string, Parameters<typeof madeUpZip>[0], string, RegExp])[] = [
    ['lacks a table', { 'EDCD.ZIP!EDCD.99B': null }, 'FILE_UNREADABLE', /holds no composites/],
    ['names what it does not describe', { 'EDED.ZIP!EDED.99B': [] }, 'CONFIG_INVALID', /Element 1001 is not described/],
  ];
  for (const [what, change, code, message] of failing) {
    it(`leaves the earlier tables where a directory ${what}`, async () => {
      await importMadeUp();
      const before = installed();
      await assert.rejects(importMadeUp(change), { code, message });
      assert.deepEqual(installed(), before);
      assert.deepEqual(readdirSync(join(folder(), 'data/dictionaries/edifact')), ['D99B']);
    });
  }

  it('says where nothing can be written', async () => {
    await importMadeUp();
    const data = join(folder(), 'blocked');
    await mkdir(data);
    await writeFile(join(data, 'dictionaries'), 'a file in the way');
    await assert.rejects(importUnDirectory(join(folder(), 'd99b.zip'), data), {
      code: 'DICTIONARY_UNWRITABLE',
      message: /blocked\/dictionaries\/edifact\/D99B/,
    });
  });

  it('reports faults of the directory and imports the rest', async () => {
    const table = MADE_UP_TABLES['EDMD.ZIP!MADEUP_D.99B'] ?? [];
    const open = table.map((line) => line.replace('┴┘', '┘│'));
    const { faults } = await importMadeUp({ 'EDMD.ZIP!MADEUP_D.99B': open });
    assert.deepEqual(
      faults.map(({ file, line, what }) => [file, line, what]),
      [['d99b/EDMD.ZIP!MADEUP_D.99B', 13, 'MADEUP: groups that are still open at UNT: 1.']],
    );
    assert.match(installed()['dictionaries/edifact/D99B/sets/MADEUP.txt'] ?? '', /^# In the directory the marks/);
  });
});
