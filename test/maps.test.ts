import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createDictionaries } from '../src/edi/dictionary/index.ts';
import { loadMaps } from '../src/mapping/library.ts';
import type { CompiledMap } from '../src/mapping/types.ts';
import { readFolder } from '../src/util/read-folder.ts';
import { assertGolden } from './support/golden.ts';
import { translateFile } from './support/translated-file.ts';

const files = globSync('maps/*/*/tests/*.edi').sort();
const folders = Map.groupBy(files, (file) => dirname(dirname(file)).slice('maps/'.length));
const dictionaries = createDictionaries();

describe('maps', () => {
  let maps: readonly CompiledMap[] = [];

  before(async () => {
    ({ maps } = loadMaps(await readFolder('maps', 'maps', ['.yaml', '.lock']), 'maps', dictionaries));
  });

  for (const [name, documents] of folders) {
    describe(name, () => {
      for (const file of documents) {
        it(`${name}: ${basename(file, '.edi').replaceAll('-', ' ')}`, () => {
          const map = newestOf(maps, name);
          const chosen = { map, partnerId: 'test-partner', timezone: null };
          const { standard, set } = map.document;
          const translated = translateFile(readFileSync(file), dictionaries, (document, interchange) =>
            interchange.standard === standard && document.type === set ? chosen : null,
          );
          assertGolden(file, translated);
        });
      }
    });
  }

  it('every map has documents to be tried with', () => {
    assert.deepEqual([...new Set(maps.map((map) => map.name))].sort(), [...folders.keys()].sort());
  });
});

/** The newest version; `next`, the one being worked on, is newer than all. */
function newestOf(maps: readonly CompiledMap[], name: string): CompiledMap {
  const newest = maps
    .filter((map) => map.name === name)
    .toSorted((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))
    .at(-1);
  assert.ok(newest, `no map ${name}`);
  return newest;
}
