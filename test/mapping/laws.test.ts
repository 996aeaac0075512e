import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import type { CompiledMap } from '../../src/mapping/types.ts';
import type { EventToWrite } from '../../src/mapping/writing/types.ts';
import { checkLaws, type LawsAsked } from '../laws/check-laws.ts';
import { shippedLibrary } from './support/maps.ts';

/** Events for each map, the same each time; `npm run laws` tries others, and more. */
const EVENTS = 1000;
const SEED = 1;

describe('The laws of maps', function () {
  this.timeout(600_000);

  let asked: LawsAsked;
  before(() => {
    const pins = shippedLibrary.maps.map(({ pin }) => pin);
    asked = checkLaws(pins, EVENTS, SEED);
  });
  after(() => asked.end());

  for (const { pin } of shippedLibrary.maps) {
    it(`${pin}: what is written is read back as the same event, and written again as the same document, for ${EVENTS} events`, async () => {
      const report = await asked.reports.find((each) => each.pin === pin)?.report;
      assert.equal(
        report?.fault,
        null,
        `${report?.fault}\nAgain: npm run laws -- --seed ${SEED} --events ${EVENTS} ${pin}`,
      );
    });
  }

  for (const file of globSync('maps/*/*/tests/*.json', { exclude: ['**/*.document.json'] }).sort()) {
    const map = newestOf(file.split('/').slice(1, 3).join('/'));
    const told = existsSync(file.replace(/json$/, 'findings.txt'));
    it(`${file.slice('maps/'.length, -'.json'.length)}: what the document said is kept when it is written again`, () => {
      const golden: readonly EventToWrite[] = JSON.parse(readFileSync(file, 'utf8'));
      const events = golden.filter(({ type }) => map.writer.types.includes(type));
      const { documents, findings } = map.writer.write(events, { timezone: null });
      const refused = findings.filter(({ severity }) => severity === 'rejected').map(({ text }) => text);
      // A document with faults may say what the standard has no room for.
      if (!told) assert.deepEqual(refused, []);
      assert.ok(documents.length > 0 || refused.length > 0);
    });
  }
});

function newestOf(name: string): CompiledMap {
  const map = shippedLibrary.maps.findLast((each) => each.name === name);
  assert(map !== undefined, name);
  return map;
}
