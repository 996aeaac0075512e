import { parseArgs } from 'node:util';
import { shippedLibrary } from '../mapping/support/maps.ts';
import type { LawReport } from './check-law.ts';
import { checkLaws } from './check-laws.ts';

const USAGE = `npm run laws [-- --events N --seed N MAP…]
Writes N generated events (10,000) with each map of maps/ and reads them back, without the look back of the writer itself. Ends
with 1 when an event is not kept. --seed chooses the events: the same seed, the same events. MAP is x12/856 or x12/856@1.0.0;
without it every map is tried.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    help: { type: 'boolean', default: false },
  },
});
const [events = 0, seed = -1] = [values.events, values.seed].map(Number);
const known = shippedLibrary.maps.map(({ name, pin }) => ({ name, pin }));
const unknown = positionals.filter((wanted) => !known.some(({ name, pin }) => wanted === name || wanted === pin));
for (const wanted of unknown)
  say(`There is no map ${wanted}. The maps are ${known.map(({ name }) => name).join(', ')}.`);
if (values.help || unknown.length > 0 || !(Number.isSafeInteger(events) && events > 0 && Number.isSafeInteger(seed))) {
  say(USAGE);
  process.exit(values.help ? 0 : 2);
}
const chosen = known.filter(
  ({ name, pin }) => positionals.length === 0 || positionals.some((p) => p === name || p === pin),
);
process.exit(await tellLaws(chosen.map(({ pin }) => pin)));

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Tells each map as it is done. Gives the exit code. */
async function tellLaws(pins: readonly string[]): Promise<number> {
  const started = performance.now();
  const { threads, reports } = checkLaws(pins, events, seed);
  say(`Seed ${seed}: ${events} events for each of ${pins.length} maps, in ${threads} threads.`);
  let done = 0;
  let broken = 0;
  await Promise.all(
    reports.map(async ({ pin, report }) => {
      const { count, seconds, fault } = await report.catch(
        (error: unknown): Pick<LawReport, 'count' | 'seconds' | 'fault'> => ({
          count: { kept: 0, refused: 0, empty: 0 },
          seconds: 0,
          fault: `${pin}: ${error}`,
        }),
      );
      done++;
      if (fault !== null) broken++;
      const place = `${String(done).padStart(String(pins.length).length)}/${pins.length}`;
      const others =
        count.refused + count.empty === 0 ? '' : `, ${count.refused} refused, ${count.empty} of nothing to write`;
      say(
        `${place}  ${fault === null ? 'holds ' : 'BROKEN'}  ${pin}  ${count.kept} kept${others}  ${Math.round(seconds)} s`,
      );
      if (fault !== null) say(`${fault}\nAgain: npm run laws -- --seed ${seed} --events ${events} ${pin}`);
    }),
  );
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  say(`${pins.length - broken} of ${pins.length} maps keep the law, ${minutes} minutes, seed ${seed}.`);
  return broken === 0 ? 0 : 1;
}
