import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eventType } from '../../src/events/event-types.ts';
import { planOf } from '../../src/events/plan.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { writeWhatFits } from '../../src/mapping/writing/fitting.ts';
import { structureOfSegments } from '../../src/mapping/writing/read-back.ts';
import type { EventToWrite, WrittenDocument } from '../../src/mapping/writing/types.ts';
import { eventsOf } from './support/generated-events.ts';
import { dictionaries, shippedLibrary } from './support/maps.ts';
import { unlike } from './support/sameness.ts';

/** `npm run laws` asks for more. */
const RUNS = Number(process.env.CROSSDOCK_LAWS ?? 1000);
/** Fewer of the generated events may be refused than this share: a map that refuses much is a poor map. */
const WRITTEN_AT_LEAST = 0.9;

describe('The laws of maps', function () {
  this.timeout(RUNS * 100);

  for (const map of shippedLibrary.maps) {
    it(`${map.pin}: what is written is read back as the same event, for ${RUNS} events`, () => {
      const refusals = new Map<string, number>();
      let written = 0;
      fc.assert(
        fc.property(eventsOf(map.writer), (event) => {
          const writing = writeWhatFits(map.writer, event, { timezone: null });
          const [document] = writing.documents;
          if (document === undefined) {
            for (const { text } of writing.findings) refusals.set(text.replace(/".*?"|[0-9]+/g, '…'), 1);
            assert.ok(writing.findings.some(({ severity }) => severity === 'rejected'));
            return;
          }
          written++;
          assert.deepEqual(readAgain(map, document, writing.event), []);
        }),
        { numRuns: RUNS },
      );
      assert.ok(
        written >= RUNS * WRITTEN_AT_LEAST,
        `only ${written} of ${RUNS} were written: ${[...refusals.keys()].slice(0, 8).join('\n')}`,
      );
    });
  }
});

/** How the event that a document is read as differs from the one it was written for. */
function readAgain(map: CompiledMap, { segments }: WrittenDocument, event: EventToWrite): readonly string[] {
  const { standard, set, release } = map.document;
  const definition = dictionaries.find(standard, release)?.dictionary.set(set);
  const entry = eventType(event.type);
  assert(definition !== undefined && entry !== undefined);
  const structure = structureOfSegments(definition, segments);
  if ('why' in structure) return [structure.why];
  const { events, findings } = map.read(structure);
  const read = events.filter(({ type }) => map.writer.types.includes(type));
  const [first] = read;
  if (first === undefined || read.length > 1) return [`${read.length} events`, ...findings.map(({ text }) => text)];
  const data = planOf(entry.body).withOffsets(first.data, null);
  return [
    ...(first.type === event.type ? [] : [`type ${event.type}, got ${first.type}`]),
    ...unlike(map.writer.domain, event.data, data),
  ];
}
