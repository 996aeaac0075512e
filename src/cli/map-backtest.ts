import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { GatewayError } from '../errors.ts';
import { mapDifference } from '../mapping/map-difference.ts';
import { type FileComparison, groupedByCause, isSame } from '../mapping/trials/event-comparison.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { Configuration } from '../partners/configuration.ts';
import { configurationOf } from './context.ts';
import { partnerNamed } from './document-translator.ts';
import { namedFiles, SAMPLES } from './edi-files.ts';
import { type Done, EXIT } from './exit.ts';
import { causeLines, compareOn, findingChangeLines } from './map-comparison.ts';
import { mapNamed, newestRelease } from './map-named.ts';
import { printLine, say, visible } from './output.ts';
import { overlaidFor, partnersPinning } from './pinned-samples.ts';

interface BacktestOptions {
  readonly on?: readonly string[];
  readonly partner?: string;
  readonly against?: string;
  readonly json?: boolean;
}

interface Backtest {
  readonly before: CompiledMap;
  readonly after: CompiledMap;
  readonly files: readonly FileComparison[];
}

const HELP = `
Files that came before are read with the version that is pinned and with the one named: how many give the same events, and what
is different in the others. With --partner the version is the one that partner pins, with its overlay and time zone, and the
files are its samples unless --on names others. Without a partner --against names the version; else it is the newest release.
Exit code 3 when a file gives something else.
Example:
  crossdock map backtest x12/945@1.0.0 --partner demo-3pl`;

export function addMapBacktest(group: Command, done: Done): void {
  group
    .command('backtest')
    .summary('a version on files that came before')
    .description('Reads files with a version of a map and with the pinned one, and tells where the events differ.')
    .argument('<name>', 'the version to be tried, as in x12/945@next')
    .option('--on <files...>', 'files, or folders of them')
    .option('--partner <id>', 'the partner that pins the other version')
    .option('--against <name@version>', 'the other version')
    .option('--json', 'one JSON object')
    .addHelpText('after', HELP)
    .action(async (name: string, options: BacktestOptions, command: Command) => {
      const configuration = await configurationOf(command);
      const test = backtest(mapNamed(configuration.maps, name), options, configuration);
      const rules = mapDifference(test.before.source, test.after.source);
      const causes = groupedByCause(test.files, rules);
      const different = test.files.filter((file) => !isSame(file));
      const counts = { files: test.files.length, same: test.files.length - different.length };
      const pins = { before: test.before.pin, after: test.after.pin };
      if (options.json === true) {
        const files = different.map(({ file, events, findings }) => ({ file, events, findings }));
        await printLine(JSON.stringify({ ...pins, ...counts, different: files, causes }));
      } else {
        for (const line of [...causeLines(causes), ...findingChangeLines(test.files)]) await printLine(visible(line));
      }
      say(`${pins.after} against ${pins.before}: ${counts.same} of ${counts.files} files give the same.`);
      done(different.length === 0 ? EXIT.ok : EXIT.rejected);
    });
}

function backtest(after: CompiledMap, options: BacktestOptions, configuration: Configuration): Backtest {
  const { maps, dictionaries } = configuration;
  if (options.partner === undefined) {
    if (options.on === undefined) throw new GatewayError('REQUEST_INVALID', 'Name files with --on, or a partner.');
    const before = options.against === undefined ? newestOther(configuration, after) : mapNamed(maps, options.against);
    return { before, after, files: compareOn(namedFiles(options.on), before, after, dictionaries) };
  }
  const partner = partnerNamed(configuration, options.partner);
  const pinning = partnersPinning(configuration, after.name).find((found) => found.partner === partner);
  if (pinning === undefined) {
    const what = `${partner.id} pins no version of ${after.name}.`;
    throw new GatewayError('AGREEMENT_NOT_FOUND', `${what} Name files with --on instead of the partner.`);
  }
  const pinned = mapNamed(maps, options.against ?? pinning.agreement.map);
  const [left, right] = [overlaidFor(configuration, pinning, pinned), overlaidFor(configuration, pinning, after)];
  const paths = options.on ?? globSync(join(partner.folder, 'samples', SAMPLES)).sort();
  const reader = { partnerId: partner.id, timezone: partner.timezone };
  return { before: left, after: right, files: compareOn(namedFiles(paths), left, right, dictionaries, reader) };
}

function newestOther({ maps }: Configuration, { name, document }: CompiledMap): CompiledMap {
  const newest = newestRelease(maps, name) ?? maps.newest(document.standard, document.set, document.release);
  if (newest !== undefined) return newest;
  throw new GatewayError('MAP_NOT_FOUND', `${name} has no release to be compared with. Name one with --against.`);
}
