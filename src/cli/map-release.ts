import { join } from 'node:path';
import type { Command } from 'commander';
import { GatewayError } from '../errors.ts';
import type { Json } from '../events/types.ts';
import { bumped, bumpOf } from '../mapping/bump.ts';
import type { MapLibrary } from '../mapping/library.ts';
import { mapDifference } from '../mapping/map-difference.ts';
import { groupedByCause } from '../mapping/trials/event-comparison.ts';
import { type FieldDifference, fieldDifferences } from '../mapping/trials/field-differences.ts';
import type { CompiledMap } from '../mapping/types.ts';
import { type Configuration, shownPath } from '../partners/configuration.ts';
import { configurationOf, settingsOf } from './context.ts';
import { type NamedBytes, namedFiles } from './edi-files.ts';
import { type Done, EXIT } from './exit.ts';
import { causeLines, compareOn, findingChangeLines, ruleDifferenceLines, translatedBy } from './map-comparison.ts';
import { newestRelease } from './map-named.ts';
import { isOk, outcomeLines } from './map-test.ts';
import { runMapTrials } from './map-trials.ts';
import { printLine, say, visible } from './output.ts';
import { compareOnSamples, partnersPinning } from './pinned-samples.ts';
import { prepareRelease } from './release-files.ts';

const HELP = `
Runs the tests of the map with next.yaml and reads the samples of every partner that pins it, shows what is different from the
newest release, and takes the smallest honest version: major when a field is gone or has another value, minor when something is
added, patch when fields and events are the same. Then next.yaml becomes <version>.yaml, with a line in maps.lock. Partners stay
on the version they pin.
Exit code 1, and nothing written, when a test fails or nothing is different.
Example:
  crossdock map release x12/940 --dry-run`;

export function addMapRelease(group: Command, done: Done): void {
  group
    .command('release')
    .summary('makes next.yaml a version')
    .description('Releases the next.yaml of a map under the smallest version that is honest.')
    .argument('<name>', 'the map, as in x12/940')
    .option('--dry-run', 'show what would be released, and write nothing')
    .addHelpText('after', HELP)
    .action(async (name: string, options: { dryRun?: boolean }, command: Command) => {
      const configuration = await configurationOf(command);
      const folder = shownPath(settingsOf(command).maps);
      const next = nextOf(configuration.maps, name, folder);
      refuseFailures(next, folder, configuration);
      const newest = newestRelease(configuration.maps, name);
      const version = newest === null ? '1.0.0' : await versionAfter(newest, next, configuration, folder);
      const release = await prepareRelease(folder, name, version, configuration.dictionaries);
      if (options.dryRun !== true) release.write();
      say(`${options.dryRun === true ? 'Would release' : 'Released'} ${name}@${version} as ${release.file}.`);
      for (const { partner, agreement } of partnersPinning(configuration, name))
        say(`${partner.id} stays on ${agreement.map}, until its partner.yaml pins ${name}@${version}.`);
      done(EXIT.ok);
    });
}

function nextOf(maps: MapLibrary, name: string, folder: string): CompiledMap {
  const next = maps.find(`${name}@next`);
  if (next !== undefined) return next;
  const file = join(folder, name, 'next.yaml');
  throw new GatewayError(
    'MAP_NOT_FOUND',
    `there is no ${file}. Copy the newest version to it, write "version: next" in it, and make your change there.`,
  );
}

function refuseFailures(next: CompiledMap, folder: string, { dictionaries }: Configuration): void {
  const outcomes = runMapTrials(join(folder, next.name), next, { dictionaries, update: false });
  const failed = outcomes.filter((outcome) => !isOk(outcome));
  if (outcomes.length === 0) throw new GatewayError('MAP_NOT_RELEASED', `${next.name} has no test. Write one first.`);
  if (failed.length === 0) return;
  const lines = failed.flatMap((outcome) => [outcome.name, ...outcomeLines(outcome).map((line) => `  ${line}`)]);
  throw new GatewayError(
    'MAP_NOT_RELEASED',
    `${failed.length} of ${outcomes.length} tests fail with ${next.pin}. Mend the map, or its tests if the change is meant:\n${visibleLines(lines)}`,
  );
}

/** Shows what is different, and says the version that follows from it. */
async function versionAfter(
  newest: CompiledMap,
  next: CompiledMap,
  configuration: Configuration,
  folder: string,
): Promise<string> {
  const documents = namedFiles([join(folder, next.name, 'tests')]);
  const files = [
    ...compareOn(documents, newest, next, configuration.dictionaries),
    ...partnersPinning(configuration, next.name).flatMap((pinning) =>
      compareOnSamples(configuration, pinning, newest, next),
    ),
  ];
  const rules = mapDifference(newest.source, next.source);
  const types = { before: newest.eventTypes, after: next.eventTypes };
  const written = writtenDifferences(documents, newest, next, configuration);
  const found = bumpOf({ rules, types, files, written });
  if (found === null) throw new GatewayError('MAP_NOT_RELEASED', `${next.pin} is not different from ${newest.pin}.`);
  const lines = [
    ...ruleDifferenceLines(rules),
    ...causeLines(groupedByCause(files, rules)),
    ...findingChangeLines(files),
  ];
  for (const line of lines) await printLine(visible(line));
  say(`${found.bump}: ${found.why}. ${files.length} documents were read with both.`);
  return bumped(newest.version, found.bump);
}

/** Where the documents differ that both write for the events that the newest release reads. */
function writtenDifferences(
  files: readonly NamedBytes[],
  newest: CompiledMap,
  next: CompiledMap,
  { dictionaries }: Configuration,
): readonly FieldDifference[] {
  return files.flatMap(({ bytes }) => {
    const { events } = translatedBy(newest, bytes, dictionaries);
    return events
      .filter(({ type }) => newest.writer.types.includes(type))
      .flatMap((event) => {
        const [before, after] = [newest, next].map(({ writer }) =>
          writer
            .write([event], { timezone: null })
            .documents.flatMap(({ segments }): readonly Json[] => JSON.parse(JSON.stringify(segments))),
        );
        return fieldDifferences(before, after);
      });
  });
}

function visibleLines(lines: readonly string[]): string {
  return lines.map(visible).join('\n');
}
