import fc from 'fast-check';
import type { CompiledMap } from '../../src/mapping/types.ts';
import type { EventToWrite, WriteContext } from '../../src/mapping/writing/types.ts';
import { contexts, eventsOf } from '../mapping/support/generated-events.ts';
import { assertKept, type Outcome } from '../mapping/support/law.ts';

/** What the law says of a map. */
export interface LawReport {
  readonly events: number;
  /** Events by what became of them, as far as they were tried. */
  readonly count: Readonly<Record<Outcome['kind'], number>>;
  readonly seconds: number;
  /** For people: the smallest event found that is not kept, and the rules whose fault it is; null when all is well. */
  readonly fault: string | null;
}

/** Fewer of the generated events may be refused than this share: a map that refuses much is a poor map. */
const REFUSED_AT_MOST = 0.01;
/** Events may be of nothing that can be written, where fields were alone that cannot be. */
const EMPTY_AT_MOST = 0.1;
/** Reasons for refusals that are told. */
const MOST_REASONS = 8;

/** Writes generated events with a map and reads them again. The same seed makes the same events. */
export function checkLaw(map: CompiledMap, events: number, seed: number): LawReport {
  const started = performance.now();
  const count = { kept: 0, refused: 0, empty: 0 };
  const reasons = new Set<string>();
  const law = fc.property(eventsOf(map), contexts, (event, context) => {
    const outcome = assertKept(map, event, context);
    count[outcome.kind]++;
    if (outcome.kind === 'refused') for (const why of outcome.why) reasons.add(why.replaceAll(/".*?"|[0-9]+/g, '…'));
  });
  const { failed, counterexample, errorInstance, numRuns, numShrinks } = fc.check(law, { numRuns: events, seed });
  const seconds = (performance.now() - started) / 1000;
  const report = (fault: string | null): LawReport => ({ events, count, seconds, fault });
  if (failed) {
    const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    return report(
      `${map.pin} does not keep an event: the ${numRuns}. of seed ${seed}, made smaller ${numShrinks} times.\n${why}\n${example(counterexample)}`,
    );
  }
  if (count.empty >= events * EMPTY_AT_MOST)
    return report(`${map.pin}: ${count.empty} of ${events} events said nothing that can be written.`);
  if (count.refused > (events - count.empty) * REFUSED_AT_MOST)
    return report(
      `${map.pin}: ${count.refused} of ${events} events were refused:\n${[...reasons].slice(0, MOST_REASONS).join('\n')}`,
    );
  return report(null);
}

function example(said: readonly [EventToWrite, WriteContext] | null): string {
  if (said === null) return '';
  const [event, { timezone }] = said;
  return `Event: ${JSON.stringify(event)}\nTime zone of the partner: ${timezone ?? 'none'}`;
}
