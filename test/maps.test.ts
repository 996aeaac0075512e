import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { mapNamed } from '../src/cli/map-named.ts';
import { runMapTrials, type TrialOutcome } from '../src/cli/map-trials.ts';
import { createDictionaries } from '../src/edi/dictionary/index.ts';
import { loadMaps, type MapLibrary } from '../src/mapping/library.ts';
import { readFolder } from '../src/util/read-folder.ts';
import { assertOutcome, UPDATE } from './support/golden.ts';

const files = globSync('maps/*/*/tests/*.{edi,document.json,document.xml,document.csv,write.json}').filter(
  (file) => !/\.write\.(?:edi|document\..*)$/.test(file),
);
const folders = Map.groupBy(files.sort(), (file) => dirname(dirname(file)));
const dictionaries = createDictionaries();

describe('maps', () => {
  let library: MapLibrary;

  before(async () => {
    library = loadMaps(await readFolder('maps', 'maps', ['.yaml', '.lock']), 'maps', dictionaries);
  });

  for (const [folder, documents] of folders) {
    const name = folder.slice('maps/'.length);
    describe(name, () => {
      let outcomes: ReadonlyMap<string, TrialOutcome>;

      before(() => {
        const run = runMapTrials(folder, mapNamed(library, name), { dictionaries, update: UPDATE });
        outcomes = new Map(run.map((outcome) => [outcome.file, outcome]));
      });

      for (const file of documents) {
        it(`${name}: ${basename(file).replace(/\..*$/, '').replaceAll('-', ' ')}`, () => {
          const outcome = outcomes.get(file);
          assert(outcome !== undefined, 'it was not run');
          assertOutcome(outcome);
        });
      }
    });
  }

  it('every map has documents to be tried with', () => {
    const names = new Set(library.maps.map((map) => `maps/${map.name}`));
    assert.deepEqual([...names].sort(), [...folders.keys()].sort());
  });
});
