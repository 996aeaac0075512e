import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { eventType } from '../../src/events/event-types.ts';
import { planOf } from '../../src/events/plan.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { writeWhatFits } from '../../src/mapping/writing/fitting.ts';
import type { EventToWrite, WrittenDocument } from '../../src/mapping/writing/types.ts';
import { eventsOf } from './support/generated-events.ts';
import { shippedFiles, shippedLibrary } from './support/maps.ts';
import { unlike } from './support/sameness.ts';

/** `npm run laws` asks for more. */
const RUNS = Number(process.env.CROSSDOCK_LAWS ?? 1000);
/** Fewer of the generated events may be refused than this share: a map that refuses much is a poor map. */
const WRITTEN_AT_LEAST = 0.99;

/** So many events for a map; of one that is another's rules with the tables of another release a tenth, which shows the tables. */
function runsOf({ name, version }: CompiledMap): number {
  const text = shippedFiles.find(({ path }) => path === `maps/${name}/${version}.yaml`)?.text ?? '';
  const ownRules = !/^base: /m.test(text) || /^(?:data|write|event):/m.test(text);
  return ownRules ? RUNS : Math.ceil(RUNS / 10);
}

describe('The laws of maps', function () {
  this.timeout(RUNS * 100);

  for (const map of shippedLibrary.maps) {
    const runs = runsOf(map);
    it(`${map.pin}: what is written is read back as the same event, and written again as the same document, for ${runs} events`, () => {
      const refusals = new Set<string>();
      let written = 0;
      // Events of one field that no document has room for: when it is taken away, nothing is left to write.
      let empty = 0;
      fc.assert(
        fc.property(eventsOf(map.writer), (event) => {
          const writing = writeWhatFits(map.writer, event, CONTEXT);
          const [document] = writing.documents;
          if (document === undefined) {
            if (Object.keys(writing.event.data).length === 1) empty++;
            for (const { text } of writing.findings) refusals.add(text.replace(/".*?"|[0-9]+/g, '…'));
            assert.ok(writing.findings.some(({ severity }) => severity === 'rejected'));
            return;
          }
          written++;
          const read = readAgain(map, document);
          assert.deepEqual(
            [read.type, unlike(map.writer.domain, writing.event.data, read.data)],
            [writing.event.type, []],
          );
          const again = map.writer.write([read], CONTEXT, false);
          assert.deepEqual(again.documents[0]?.segments, document.segments);
        }),
        { numRuns: runs },
      );
      assert.ok(empty < runs / 10, `${empty} events said nothing that can be written`);
      assert.ok(
        written >= (runs - empty) * WRITTEN_AT_LEAST,
        `only ${written} of ${runs} were written: ${[...refusals].slice(0, 8).join('\n')}`,
      );
    });
  }

  for (const file of globSync('maps/*/*/tests/*.json', { exclude: ['**/*.document.json'] }).sort()) {
    const map = newestOf(file.split('/').slice(1, 3).join('/'));
    const told = existsSync(file.replace(/json$/, 'findings.txt'));
    it(`${file.slice('maps/'.length, -'.json'.length)}: what the document said is kept when it is written again`, () => {
      const golden: readonly EventToWrite[] = JSON.parse(readFileSync(file, 'utf8'));
      const events = golden.filter(({ type }) => map.writer.types.includes(type));
      const { documents, findings } = map.writer.write(events, CONTEXT);
      const refused = findings.filter(({ severity }) => severity === 'rejected').map(({ text }) => text);
      // A document with faults may say what the standard has no room for.
      if (!told) assert.deepEqual(refused, []);
      assert.ok(documents.length > 0 || refused.length > 0);
    });
  }
});

const CONTEXT = { timezone: null };

function newestOf(name: string): CompiledMap {
  const map = shippedLibrary.maps.findLast((each) => each.name === name);
  assert(map !== undefined, name);
  return map;
}

/** The one event that a written document is read as. */
function readAgain(map: CompiledMap, { segments }: WrittenDocument): EventToWrite {
  const structure = map.structureOf(segments);
  assert(!('why' in structure), 'why' in structure ? structure.why : '');
  const { events, findings } = map.read(structure);
  const [first, ...others] = events.filter(({ type }) => map.writer.types.includes(type));
  assert.deepEqual([findings.map(({ text }) => text), others], [[], []]);
  const body = eventType(first?.type ?? '')?.body;
  assert(first !== undefined && body !== undefined);
  return { type: first.type, data: planOf(body).walk(first.data, CONTEXT.timezone).data };
}
