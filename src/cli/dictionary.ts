import type { Command } from 'commander';
import { importTables } from '../dictionaries/import-folder.ts';
import { problemLine } from '../util/problem.ts';
import { settingsOf } from './context.ts';
import { addImportUn } from './dictionary-import-un.ts';
import { listedReleases } from './dictionary-releases.ts';
import { addShow } from './dictionary-show.ts';
import { type Done, EXIT } from './exit.ts';
import { printLine, say, table, visible } from './output.ts';

export function addDictionary(program: Command, done: Done): void {
  const dictionary = program
    .command('dictionary')
    .description('The tables of sets, segments, elements and codes that documents are checked against.')
    .exitOverride();
  addList(dictionary, done);
  addShow(dictionary, done);
  addImportUn(dictionary, done);
  addImport(dictionary, done);
  for (const command of dictionary.commands) command.exitOverride();
}

function addList(dictionary: Command, done: Done): void {
  dictionary
    .command('list')
    .summary('releases that have tables')
    .description('Every release that has tables: those that come with the program, and those imported.')
    .option('--json', 'one JSON list')
    .addHelpText('after', '\nExample:\n  crossdock dictionary list')
    .action(async (options: { json?: boolean }, command: Command) => {
      const releases = listedReleases(settingsOf(command).data);
      if (options.json === true) await printLine(JSON.stringify(releases));
      else {
        const rows = releases.map(({ standard, release, sets, from }) => [standard, release, String(sets), from]);
        await printLine(table([['standard', 'release', 'sets', 'from'], ...rows]));
      }
      done(EXIT.ok);
    });
}

function addImport(dictionary: Command, done: Done): void {
  dictionary
    .command('import')
    .summary('tables of your own')
    .description(
      'Installs tables of your own, such as those of a licensed release, in place of earlier ones of that release. Tables with problems are not installed.',
    )
    .argument('<folder>', 'folder with release.txt, elements.txt, codes.txt, segments.txt and sets/*.txt')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExit code 1 when there is a problem.\nExample:\n  crossdock dictionary import our-x12-005010',
    )
    .action(async (folder: string, options: { json?: boolean }, command: Command) => {
      const { problems, installed } = await importTables(folder, settingsOf(command).data);
      const { standard = null, release = null, sets = [] } = installed ?? {};
      if (options.json === true) await printLine(JSON.stringify({ standard, release, sets, problems }));
      else for (const problem of problems) await printLine(visible(problemLine(problem)));
      if (installed === null)
        say(`Nothing was installed: ${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
      else
        say(
          `Installed ${standard} ${release}: ${sets.length} set${sets.length === 1 ? '' : 's'}. A running gateway takes it at its next start.`,
        );
      done(installed === null ? EXIT.failure : EXIT.ok);
    });
}
