import { join } from 'node:path';
import type { Command } from 'commander';
import { GatewayError } from '../errors.ts';
import type { TrialDifference } from '../mapping/trials/goldens.ts';
import type { DocumentReading } from '../mapping/trials/translated-file.ts';
import type { CompiledMap, ReadTally } from '../mapping/types.ts';
import { shownPath } from '../partners/configuration.ts';
import { configurationOf, settingsOf } from './context.ts';
import { type Done, EXIT } from './exit.ts';
import { mapNamed, newestMaps } from './map-named.ts';
import { runMapTrials, type TrialOutcome } from './map-trials.ts';
import { printLine, say, visible } from './output.ts';

const HELP = `
Without a name every map is tested; without a version the newest one, next.yaml before all others.
What no rule reads is listed for each document, and for each map which share of the elements its rules know.
UPDATE=1 or --update writes what is expected anew from what comes out: read the difference before you keep it.
Exit code 1 when a test fails, or when a map has none.
Example:
  crossdock map test x12/940`;

/** So many differences of one test are shown; the first is most often the cause of all. */
const MOST_SHOWN = 5;
const MOST_CHARACTERS = 200;

export function addMapTest(group: Command, done: Done): void {
  group
    .command('test')
    .summary('the tests beside a map')
    .description('Runs the tests of maps: the pairs of files in the folder tests/ beside each map.')
    .argument('[name...]', 'maps, as in x12/940 or x12/940@1.0.0')
    .option('--update', 'write what is expected anew')
    .option('--json', 'one JSON list')
    .addHelpText('after', HELP)
    .action(async (names: readonly string[], options: { update?: boolean; json?: boolean }, command: Command) => {
      const { maps, dictionaries } = await configurationOf(command);
      const folder = shownPath(settingsOf(command).maps);
      const wanted = names.length === 0 ? newestMaps(maps) : names.map((name) => mapNamed(maps, name));
      if (wanted.length === 0) throw new GatewayError('MAP_NOT_FOUND', `there is no map below ${folder}.`);
      const update = options.update === true || process.env.UPDATE === '1';
      const reports = wanted.map((map) => {
        const outcomes = runMapTrials(join(folder, map.name), map, { dictionaries, update });
        return { map, outcomes, tally: tallyOf(outcomes) };
      });
      if (options.json === true) await printLine(JSON.stringify(reports.map(reportJson)));
      else for (const report of reports) for (const line of reportLines(report)) await printLine(visible(line));
      const outcomes = reports.flatMap((report) => report.outcomes);
      const failed = outcomes.filter((outcome) => !isOk(outcome)).length;
      const untested = reports.filter((report) => report.outcomes.length === 0);
      for (const { map } of untested)
        say(`${map.pin} has no test. Put a document into ${join(folder, map.name)}/tests/.`);
      say(
        failed === 0
          ? `${counted(outcomes.length, 'test')} ok.`
          : `${failed} of ${counted(outcomes.length, 'test')} failed.`,
      );
      done(failed === 0 && untested.length === 0 ? EXIT.ok : EXIT.failure);
    });
}

interface Report {
  readonly map: CompiledMap;
  readonly outcomes: readonly TrialOutcome[];
  readonly tally: ReadTally;
}

/** True when nothing is wrong with the outcome of a test. */
export function isOk({ differences, faults }: TrialOutcome): boolean {
  return differences.length + faults.length === 0;
}

/** A failed test for people, indented under its name; no line of one that is ok. */
export function outcomeLines({ differences, faults }: TrialOutcome): readonly string[] {
  const hidden = differences.length - MOST_SHOWN;
  return [
    ...faults,
    ...differences.slice(0, MOST_SHOWN).map(differenceLine),
    ...(hidden > 0 ? [`and ${counted(hidden, 'more difference')}`] : []),
  ];
}

function differenceLine({ field, expected, got, rule }: TrialDifference): string {
  const where = rule === null ? '' : ` (${rule})`;
  return `${field}: expected ${shown(expected)}, got ${shown(got)}${where}`;
}

function shown(value: TrialDifference['got']): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function reportLines({ map, outcomes, tally }: Report): readonly string[] {
  const ok = outcomes.filter(isOk).length;
  const unread = outcomes.flatMap((outcome) =>
    readingsOf(outcome)
      .filter((reading) => reading.unread.length > 0)
      .map((reading) => `  no rule reads ${reading.unread.join(', ')} of ${reading.name} in "${outcome.name}"`),
  );
  return [
    map.pin,
    ...outcomes.flatMap((outcome) => [
      `  ${isOk(outcome) ? 'ok    ' : 'FAILED'} ${outcome.name}`,
      ...outcomeLines(outcome).map((line) => `         ${line}`),
      ...outcome.updated.map((file) => `         ${file} written anew`),
    ]),
    ...unread,
    `  ${ok} of ${counted(outcomes.length, 'test')} ok; its rules know ${tally.known} of ${tally.elements} elements${shareOf(tally)}`,
  ];
}

function reportJson({ map, outcomes, tally }: Report) {
  return {
    map: map.pin,
    tests: outcomes.map((outcome) => ({
      name: outcome.name,
      file: outcome.file,
      ok: isOk(outcome),
      differences: outcome.differences,
      faults: outcome.faults,
      unread: readingsOf(outcome).map(({ name, unread }) => ({ document: name, unread })),
      updated: outcome.updated,
    })),
    coverage: tally,
  };
}

/** The documents that were read to their end; the others say nothing of what a map knows. */
function readingsOf({ readings }: TrialOutcome): readonly DocumentReading[] {
  return readings.filter(({ events }) => events.length > 0);
}

function tallyOf(outcomes: readonly TrialOutcome[]): ReadTally {
  const tallies = outcomes.flatMap((outcome) => readingsOf(outcome).map((reading) => reading.tally()));
  return {
    elements: tallies.reduce((sum, { elements }) => sum + elements, 0),
    known: tallies.reduce((sum, { known }) => sum + known, 0),
  };
}

function shareOf({ elements, known }: ReadTally): string {
  return elements === 0 ? '' : ` (${(Math.floor((known / elements) * 1000) / 10).toFixed(1)} %)`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
