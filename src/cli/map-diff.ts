import type { Command } from 'commander';
import { mapDifference } from '../mapping/map-difference.ts';
import { groupedByCause } from '../mapping/trials/event-comparison.ts';
import { configurationOf } from './context.ts';
import { namedFiles } from './edi-files.ts';
import { type Done, EXIT } from './exit.ts';
import { causeLines, compareOn, findingChangeLines, ruleDifferenceLines } from './map-comparison.ts';
import { mapNamed } from './map-named.ts';
import { printLine, say, visible } from './output.ts';

const HELP = `
Rules are compared by the field they fill, parts laid in: what was added, removed or changed, with both lines. With --on both
versions read the documents of these files or folders, and the fields that differ are told with the rule they come from.
Example:
  crossdock map diff x12/940@1.0.0 x12/945@1.0.0 --on partners/demo-3pl/samples`;

export function addMapDiff(group: Command, done: Done): void {
  group
    .command('diff')
    .summary('what is different between two versions')
    .description('The rules that two versions of a map do not have in common, and what that does to documents.')
    .argument('<before>', 'as in x12/940@1.0.0')
    .argument('<after>', 'as in x12/940@next')
    .option('--on <files...>', 'documents, or folders of them, to be read with both')
    .option('--json', 'one JSON object')
    .addHelpText('after', HELP)
    .action(
      async (first: string, second: string, options: { on?: readonly string[]; json?: boolean }, command: Command) => {
        const { maps, dictionaries } = await configurationOf(command);
        const [before, after] = [mapNamed(maps, first), mapNamed(maps, second)];
        const rules = mapDifference(before.source, after.source);
        const files = compareOn(namedFiles(options.on ?? []), before, after, dictionaries);
        const causes = groupedByCause(files, rules);
        if (options.json === true) {
          const changed = files.map(({ file, events, findings }) => ({ file, events, findings }));
          await printLine(JSON.stringify({ before: before.pin, after: after.pin, rules, files: changed, causes }));
        } else {
          const lines = [...ruleDifferenceLines(rules), ...causeLines(causes), ...findingChangeLines(files)];
          for (const line of lines) await printLine(visible(line));
        }
        say(`${before.pin} and ${after.pin} differ in ${rules.length} rule${rules.length === 1 ? '' : 's'}.`);
        done(EXIT.ok);
      },
    );
}
