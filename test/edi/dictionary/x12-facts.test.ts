import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { compareElements, compareSegments, compareSet } from './x12-facts.ts';
import { DIFFERENCES_004010 } from './x12-facts-differences-004010.ts';
import { DIFFERENCES_005010 } from './x12-facts-differences-005010.ts';

/** Facts of other projects about X12, when a folder of them is at hand. */
const folder = process.env.CROSSDOCK_X12_FACTS ?? new URL('../../../../shared/x12-facts', import.meta.url).pathname;

describe('X12 tables beside the facts of other projects', () => {
  if (!existsSync(folder)) {
    it('are not compared, because no facts are here (CROSSDOCK_X12_FACTS names their folder)', () => {
      console.log(`No X12 facts in ${folder}: nothing was compared.`);
    });
    return;
  }

  for (const [release, differences] of [
    ['004010', DIFFERENCES_004010],
    ['005010', DIFFERENCES_005010],
  ] as const) {
    it(`differ in ${release} only where a reason is written down`, () => {
      const dictionary = createDictionaries().find('x12', release)?.dictionary;
      assert.ok(dictionary);
      const found = ['stupidedi', 'x12-types'].flatMap((source) => [
        ...dictionary.sets.flatMap((set) => compareSet(folder, dictionary, set, source)),
        ...compareSegments(folder, dictionary, source),
        ...compareElements(folder, dictionary, source),
      ]);
      const known = differences.flatMap(({ lines }) => lines);
      const explains = (line: string, difference: string) =>
        line.endsWith(':') ? difference.startsWith(line) : difference === line;
      const unexplained = found.filter((difference) => !known.some((line) => explains(line, difference)));
      const stale = known.filter((line) => !found.some((difference) => explains(line, difference)));
      assert.deepEqual({ unexplained, stale }, { unexplained: [], stale: [] });
    });
  }
});
