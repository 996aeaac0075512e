import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { importTables } from '../../src/dictionaries/import-folder.ts';
import { installedDictionaries } from '../../src/dictionaries/installed.ts';
import { problemLine } from '../../src/util/problem.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const OWN = {
  'release.txt': '# ours\nx12 006020\n',
  'elements.txt': '143 ID 3 3\n329 AN 4 9\n96 N0 1 10\n558 ID 1 1\n',
  'codes.txt': '558 A D\n',
  'segments.txt': 'ST 143:M 329:M\nSE 96:M 329:M\nB1 558:M\n',
  'sets/990.txt': '990 GF\n  ST M 1\n  B1 M 1\n  SE M 1\n',
};

describe('Importing tables of one’s own', () => {
  const folder = tempFolder();

  async function importFolder(change: Readonly<Record<string, string>> = {}) {
    await writeFiles(join(folder(), 'ours'), { ...OWN, ...change });
    return await importTables(join(folder(), 'ours'), join(folder(), 'data'));
  }
  const installed = () => installedDictionaries(join(folder(), 'data'));

  it('installs them for the release that release.txt names', async () => {
    const { problems } = await importFolder();
    assert.deepEqual(problems, []);
    const [dictionary, ...others] = installed();
    assert.deepEqual([dictionary?.standard, dictionary?.release, others.length], ['x12', '006020', 0]);
    assert.deepEqual(dictionary?.set('990')?.group, 'GF');
    assert.deepEqual([...(dictionary?.element('558')?.codes ?? [])], ['A', 'D']);
  });

  it('needs no codes and no sets', async () => {
    await writeFiles(join(folder(), 'ours'), { 'release.txt': 'edifact D01B\n', 'elements.txt': '1001 A 1 3\n' });
    const { problems } = await importTables(join(folder(), 'ours'), join(folder(), 'data'));
    assert.deepEqual([problems, installed()[0]?.element('1001')?.type], [[], 'A']);
  });

  const deep = Array.from({ length: 70 }, (_, depth) => `${'  '.repeat(depth + 2)}loop B1 O 1\n`).join('');
  const faults: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    [
      'an element nobody described',
      { 'segments.txt': 'ST 143:M 1:M\n' },
      'segments.txt:1:10 DICTIONARY_TABLE Element 1 is',
    ],
    [
      'a set that is named otherwise',
      { 'sets/204.txt': OWN['sets/990.txt'] },
      'sets/204.txt:1:1 DICTIONARY_TABLE The file',
    ],
    [
      'two sets in a file',
      { 'sets/990.txt': `${OWN['sets/990.txt']}204 SM\n  ST M 1\n` },
      'sets/990.txt:1:1 DICTIONARY_TABLE The',
    ],
    ['a set of a name that is none', { 'sets/a b.txt': '' }, 'sets/a b.txt:1:1 DICTIONARY_TABLE "a b" is no type'],
    [
      'a release that is none',
      { 'release.txt': 'x12 ../up\n' },
      'release.txt:1:5 DICTIONARY_TABLE "../up" is no release',
    ],
    ['no standard', { 'release.txt': '# none\n' }, 'release.txt:1:1 DICTIONARY_TABLE "" is no standard'],
    [
      'loops without end',
      { 'sets/990.txt': `990 GF\n  ST M 1\n  loop B1 O 1\n${deep}` },
      'sets/990.txt:67:131 DICTIONARY_TABLE Loops',
    ],
  ];
  for (const [what, change, expected] of faults) {
    it(`names the line of ${what}, and leaves what is installed as it is`, async () => {
      await importFolder({ 'codes.txt': '558 A\n' });
      const { problems, installed: nothing } = await importFolder(change);
      assert.equal(nothing, null);
      const lines = problems.map(problemLine);
      const place = `${join(folder(), 'ours')}/${expected}`;
      assert.ok(
        lines.some((line) => line.startsWith(place)),
        lines.join('\n'),
      );
      assert.equal(installed()[0]?.element('558')?.codes?.size, 1);
    });
  }

  describe('where the program ended in the middle of it', () => {
    const releases = () => join(folder(), 'data/dictionaries/x12');
    const codes = () => [...(installed()[0]?.element('558')?.codes ?? [])];

    beforeEach(async () => {
      await importFolder({ 'codes.txt': '558 A\n' });
    });

    it('reads the earlier tables when they stood aside and the new ones had not come', async () => {
      await rename(join(releases(), '006020'), join(releases(), '.006020-earlier'));
      assert.deepEqual(codes(), ['A']);
    });

    it('reads the new tables when the earlier ones were not yet removed', async () => {
      await cp(join(releases(), '006020'), join(releases(), '.006020-earlier'), { recursive: true });
      await writeFiles(join(releases(), '006020'), { 'codes.txt': '558 D\n' });
      assert.deepEqual([codes(), installed().length], [['D'], 1]);
    });

    it('passes over tables that were not written whole', async () => {
      await writeFiles(join(releases(), '.006020-aBcDeF'), { 'release.txt': 'x12 006020\n' });
      assert.deepEqual([codes(), installed().length], [['A'], 1]);
    });

    it('installs again, and clears away what was left', async () => {
      await rename(join(releases(), '006020'), join(releases(), '.006020-earlier'));
      await writeFiles(join(releases(), '.006020-aBcDeF'), { 'release.txt': 'x12 006020\n' });
      await importFolder();
      assert.deepEqual([codes(), readdirSync(releases())], [['A', 'D'], ['006020']]);
    });
  });

  it('refuses a folder that holds no tables', async () => {
    await assert.rejects(importTables(join(folder(), 'absent'), folder()), {
      code: 'FILE_UNREADABLE',
      message: /absent: there is no release\.txt in it\. Give a folder of tables/,
    });
  });

  it('says so when installed tables were damaged later', async () => {
    await importFolder();
    await writeFiles(join(folder(), 'data/dictionaries/x12/006020'), { 'segments.txt': 'ST 1:M\n' });
    assert.throws(() => installed()[0]?.set('990'), {
      code: 'CONFIG_INVALID',
      message: /segments\.txt:1:4 DICTIONARY_TABLE/,
    });
  });
});
