import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readUnDirectory } from '../../../src/dictionaries/import-un.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { segmentTagsOf } from '../../../src/edi/dictionary/segment-tags.ts';
import { createLazyDictionary } from '../../../src/edi/dictionary/table-source.ts';
import type { Dictionary } from '../../../src/edi/dictionary/types.ts';
import { tablesOf } from '../../../src/edi/dictionary/untdid/write-tables.ts';
import { DIRECTORIES_VARIABLE, directoriesFolder, expectedTrees } from '../../dictionaries/published-directories.ts';
import { outlineOf, segmentText } from './edifact-facts.ts';

const RELEASES = ['D96A', 'D01B'] as const;
/** CONTRL has no directory; its trees are named by the version of the syntax. */
const CONTRL_RELEASES: Readonly<Record<string, readonly string[]>> = { V3: ['21', '22', 'D3'], V4: ['41'] };

const dictionaries = createDictionaries();

function builtIn(release: string): Dictionary {
  const found = dictionaries.find('edifact', release);
  assert.ok(found?.exact, `${release} is built in`);
  return found.dictionary;
}

describe('The built-in EDIFACT tables', () => {
  it('are ready within a second, on a slow machine too', () => {
    for (const release of RELEASES) {
      const begun = performance.now();
      createDictionaries().find('edifact', release)?.dictionary.set('DESADV');
      assert.ok(performance.now() - begun < 1000, release);
    }
  });

  it('give way to an imported directory of the same release', () => {
    const ours = builtIn('D96A');
    const only = (type: string) => (type === 'ONLYME' ? ours.set('DESADV') : undefined);
    const imported: Dictionary = { ...ours, sets: ['ONLYME'], set: only };
    const both = createDictionaries([imported]);
    assert.deepEqual(both.find('edifact', 'D96A'), { dictionary: imported, exact: true });
    assert.deepEqual(both.find('edifact', 'D96A', 'ONLYME'), { dictionary: imported, exact: true });
    const lacking = both.find('edifact', 'D96A', 'DESADV');
    assert.equal(lacking?.exact, true);
    assert.ok(lacking.dictionary !== imported && lacking.dictionary.set('DESADV') !== undefined);
  });

  it('stand in for directories alone, and not for what has no age', () => {
    const nearest = (release: string) => dictionaries.find('edifact', release)?.dictionary.release;
    assert.deepEqual(['D97A', 'D99B', 'D21B', 'S93A', '42', ''].map(nearest), [
      'D96A',
      'D01B',
      'D01B',
      ...['D96A', 'D96A', 'D96A'],
    ]);
  });

  const folder = directoriesFolder();
  if (folder === null) {
    it(`were not compared with directories: ${DIRECTORIES_VARIABLE} names no folder of them`, () => {
      process.stderr.write(`UN directories: none found; set ${DIRECTORIES_VARIABLE} to a folder of their zips.\n`);
    });
    return;
  }

  for (const { message, release, lines } of expectedTrees(folder)) {
    for (const name of CONTRL_RELEASES[release] ?? [release]) {
      const dictionary = dictionaries.find('edifact', name);
      if (dictionary?.exact !== true) continue;
      it(`have ${message} of ${name} as its tree was drawn by others`, () => {
        assert.deepEqual(outlineOf(dictionary.dictionary, message), lines);
      });
    }
  }

  for (const release of RELEASES) {
    it(`agree with the directory ${release} in every message, segment and element they have`, async () => {
      const { directory } = await readUnDirectory(join(folder, `${release.toLowerCase()}.zip`));
      const published = createLazyDictionary(tablesOf(directory).source);
      const ours = builtIn(release);
      for (const message of ours.sets) assert.deepEqual(outlineOf(ours, message), outlineOf(published, message));
      const texts = (dictionary: Dictionary) => segmentTagsOf(ours).map((tag) => segmentText(dictionary, tag));
      assert.deepEqual(texts(ours), texts(published));
    });
  }
});
