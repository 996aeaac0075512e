import type { Command } from 'commander';
import { importTables } from '../dictionaries/import-folder.ts';
import { installedDictionaries } from '../dictionaries/installed.ts';
import { builtInReleases, createDictionaries, releaseAge } from '../edi/dictionary/index.ts';
import type { SetDefinition } from '../edi/dictionary/types.ts';
import type { Standard } from '../edi/envelope.ts';
import { GatewayError } from '../errors.ts';
import { problemLine } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { dictionariesOf, settingsOf } from './context.ts';
import { addImportUn } from './dictionary-import-un.ts';
import { type Done, EXIT } from './exit.ts';
import { printLine, say, table, visible } from './output.ts';
import { setTree } from './set-tree.ts';

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

/** A release whose tables can be used. */
interface ListedRelease {
  readonly standard: Standard;
  readonly release: string;
  readonly sets: number;
  readonly from: 'built in' | 'imported';
}

function addList(dictionary: Command, done: Done): void {
  dictionary
    .command('list')
    .summary('releases that have tables')
    .description('Every release that has tables: those that come with the program, and those imported.')
    .option('--json', 'one JSON list')
    .addHelpText('after', '\nExample:\n  crossdock dictionary list')
    .action(async (options: { json?: boolean }, command: Command) => {
      const releases = listed(settingsOf(command).data);
      if (options.json === true) await printLine(JSON.stringify(releases));
      else {
        const rows = releases.map(({ standard, release, sets, from }) => [standard, release, String(sets), from]);
        await printLine(table([['standard', 'release', 'sets', 'from'], ...rows]));
      }
      done(EXIT.ok);
    });
}

function listed(dataFolder: string): readonly ListedRelease[] {
  const imported = installedDictionaries(dataFolder);
  const builtIn = createDictionaries();
  const all = [
    ...builtInReleases().flatMap(({ standard, release }): readonly ListedRelease[] => {
      if (imported.some((one) => one.standard === standard && one.release === release)) return [];
      const sets = builtIn.find(standard, release)?.dictionary.sets.length ?? 0;
      return [{ standard, release, sets, from: 'built in' }];
    }),
    ...imported.map(({ standard, release, sets }) => ({
      standard,
      release,
      sets: sets.length,
      from: 'imported' as const,
    })),
  ];
  return all.sort(
    (a, b) =>
      b.standard.localeCompare(a.standard) || releaseAge(a.standard, a.release) - releaseAge(b.standard, b.release),
  );
}

function addShow(dictionary: Command, done: Done): void {
  dictionary
    .command('show')
    .summary('the tree of a set')
    .description('The segments and loops of a set as a tree: how each is named, M mandatory or not, how often.')
    .argument('<standard>', 'x12 or edifact')
    .argument('<release>', 'such as 004010 or D96A')
    .argument('<type>', 'such as 856 or DESADV')
    .addHelpText('after', '\nExample:\n  crossdock dictionary show x12 004010 856')
    .action(async (standard: string, release: string, type: string, _options: unknown, command: Command) => {
      const definition = findSet(settingsOf(command).data, standard.toLowerCase(), releaseName(release), type);
      for (const line of setTree(definition)) await printLine(line);
      done(EXIT.ok);
    });
}

/** The UN writes `D.96A` where UNH says D and 96A. */
function releaseName(text: string): string {
  return text.toUpperCase().replace('.', '');
}

function findSet(dataFolder: string, standard: string, release: string, type: string): SetDefinition {
  if (standard !== 'x12' && standard !== 'edifact') {
    throw new GatewayError('NOT_FOUND', `"${standard}" is no standard. ${didYouMean(standard, ['x12', 'edifact'])}`);
  }
  const found = dictionariesOf(dataFolder).find(standard, release);
  if (found?.exact !== true) {
    const remedy = 'crossdock dictionary list names the releases; import-un and import add others.';
    throw new GatewayError('NOT_FOUND', `there are no tables of ${standard} ${release}. ${remedy}`);
  }
  const { dictionary } = found;
  const definition = dictionary.set(type.toUpperCase());
  if (definition !== undefined) return definition;
  throw new GatewayError(
    'NOT_FOUND',
    `${standard} ${release} has no table of "${type}". ${didYouMean(type, dictionary.sets)}`,
  );
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
