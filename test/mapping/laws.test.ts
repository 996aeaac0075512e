import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { CompiledMap } from '../../src/mapping/types.ts';
import type { EventToWrite } from '../../src/mapping/writing/types.ts';
import { contexts, eventsOf } from './support/generated-events.ts';
import { assertKept } from './support/law.ts';
import { shippedLibrary } from './support/maps.ts';

/** Events for each map. `npm run laws` asks for more. */
const RUNS = Number(process.env.CROSSDOCK_LAWS ?? 1000);
/** Fewer of the generated events may be refused than this share: a map that refuses much is a poor map. */
const WRITTEN_AT_LEAST = 0.99;

describe('The laws of maps', function () {
  this.timeout(RUNS * 100);

  for (const map of shippedLibrary.maps) {
    it(`${map.pin}: what is written is read back as the same event, and written again as the same document, for ${RUNS} events`, () => {
      const refusals = new Set<string>();
      const count = { kept: 0, refused: 0, empty: 0 };
      fc.assert(
        fc.property(eventsOf(map), contexts, (event, context) => {
          const outcome = assertKept(map, event, context);
          count[outcome.kind]++;
          if (outcome.kind === 'refused')
            for (const text of outcome.why) refusals.add(text.replace(/".*?"|[0-9]+/g, '…'));
        }),
        { numRuns: RUNS },
      );
      assert.ok(count.empty < RUNS / 10, `${count.empty} events said nothing that can be written`);
      assert.ok(
        count.kept >= (count.kept + count.refused) * WRITTEN_AT_LEAST,
        `${count.refused} of ${RUNS} were refused: ${[...refusals].slice(0, 8).join('\n')}`,
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
