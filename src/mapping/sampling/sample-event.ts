import type { JsonObject } from '../../events/types.ts';
import { createRandom } from '../../util/random.ts';
import type { MapWriter } from '../writing/compile-writer.ts';
import { writeWhatFits } from '../writing/fitting.ts';
import type { EventToWrite } from '../writing/types.ts';
import { type FindFaults, mended, shrunk } from './fitting-data.ts';
import { sampleData } from './sample-data.ts';

/** How much a sample says: what must be there, a part of the rest, or all that goes together. */
export type SampleSize = 'minimal' | 'usual' | 'maximal';

/** Seeds tried after the one that was asked for: chance may choose codes that no document takes. */
const MOST_TRIES = 20;
const ANOTHER_SEED = 1_000_003;

/**
 * An event that a map writes without a fault, the same for the same seed. `findFaults` says what is wrong with the document
 * that an event becomes. Null when none was found.
 */
export function sampleEvent(
  writer: MapWriter,
  size: SampleSize,
  seed: number,
  findFaults: (event: EventToWrite) => ReturnType<FindFaults>,
): EventToWrite | null {
  const [first, ...others] = writer.codedTypes;
  if (first === undefined) return null;
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const random = createRandom(seed + attempt * ANOTHER_SEED);
    const type = random.pick([first, ...others]);
    const find = (data: JsonObject): ReturnType<FindFaults> => findFaults({ type, data });
    const written = writeWhatFits(writer, { type, data: sampleData(writer.domain, random) }, { timezone: null });
    const data = mended(written.event.data, find);
    if (data === null) continue;
    const keep = size === 'minimal' ? () => false : () => random.below(2) === 0;
    return { type, data: size === 'maximal' ? data : shrunk(writer.domain, data, keep, find) };
  }
  return null;
}
