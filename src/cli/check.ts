import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { GatewayError } from '../errors.ts';
import { loadConfiguration } from '../partners/configuration.ts';
import { loadSettings } from '../settings/settings.ts';
import { problemLine } from '../util/problem.ts';
import { configFolder, dictionariesOf, holdsConfiguration } from './context.ts';
import { type Done, EXIT } from './exit.ts';
import { printLine, say } from './output.ts';

export function addCheck(program: Command, done: Done): void {
  program
    .command('check')
    .summary('all configuration, all problems at once')
    .description(
      'Checks settings, maps, code tables, partners and overlays: every problem as "file:line:column CODE what. What to do."',
    )
    .argument('[path...]', 'only problems of these files or folders; or a folder that holds maps/ and partners/')
    .option('--json', 'problems as a JSON list')
    .addHelpText('after', '\nExit code 1 when there is a problem.\nExample:\n  crossdock check partners/demo-3pl')
    .action(async (paths: readonly string[], options: { json?: boolean }, command: Command) => {
      const absent = paths.find((path) => !existsSync(path));
      if (absent !== undefined)
        throw new GatewayError('FILE_UNREADABLE', `${absent}: there is no such file or folder.`);
      const whole = paths.find((path) => holdsConfiguration(path));
      const folder = whole === undefined ? configFolder(command) : resolve(whole);
      const { settings, problems: faults } = loadSettings({ configFolder: folder, environment: process.env });
      const configuration = await loadConfiguration(settings, dictionariesOf(settings.data));
      const wanted = paths.filter((path) => path !== whole).map((path) => resolve(path));
      const problems = [...faults, ...configuration.problems].filter(({ file }) => concerns(resolve(file), wanted));
      if (options.json === true) await printLine(JSON.stringify(problems));
      else for (const problem of problems) await printLine(problemLine(problem));
      const { maps, partners } = configuration;
      say(
        problems.length === 0
          ? `No problems: ${maps.pins.length} maps, ${partners.length} partners.`
          : `${problems.length} problem${problems.length === 1 ? '' : 's'}.`,
      );
      done(problems.length === 0 ? EXIT.ok : EXIT.failure);
    });
}

function concerns(file: string, paths: readonly string[]): boolean {
  return paths.length === 0 || paths.some((path) => file === path || file.startsWith(path + sep));
}
