import type { Command } from 'commander';
import type { ImportedDirectory } from '../dictionaries/import-un.ts';
import { GatewayError } from '../errors.ts';
import { problemLine } from '../util/problem.ts';
import { settingsOf } from './context.ts';
import { type Done, EXIT } from './exit.ts';
import { printLine, say, visible } from './output.ts';

export function addImportUn(dictionary: Command, done: Done): void {
  dictionary
    .command('import-un')
    .summary('directories of the UN')
    .description(
      'Turns zips of UN/EDIFACT directories, as the UN publishes them, into installed tables. Faults of a directory are told; what they concern is read as far as it can be understood.',
    )
    .argument('<file...>', 'zips of whole directories, such as d96a.zip')
    .option('--json', 'one JSON object for each file')
    .addHelpText(
      'after',
      '\nExit code 1 when a file is not imported.\nExample:\n  crossdock dictionary import-un d96a.zip',
    )
    .action(async (files: readonly string[], options: { json?: boolean }, command: Command) => {
      const { data } = settingsOf(command);
      let failed = false;
      for (const file of files) {
        say(`Reading ${file} …`);
        const imported = await importOne(file, data);
        if (imported === null) failed = true;
        else if (options.json === true) await printLine(JSON.stringify({ file, ...imported }));
        else await printLine(sentence(imported));
      }
      if (!failed) say('A running gateway takes imported tables at its next start.');
      done(failed ? EXIT.failure : EXIT.ok);
    });
}

/** Says what is wrong with a file, so that those after it have their turn. */
async function importOne(file: string, dataFolder: string): Promise<ImportedDirectory | null> {
  // Loaded here so that no other command waits for the parsers and the reader of zips.
  const { importUnDirectory } = await import('../dictionaries/import-un.ts');
  try {
    const imported = await importUnDirectory(file, dataFolder);
    for (const fault of imported.faults) say(visible(problemLine(fault)));
    return imported;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    for (const line of `crossdock: ${error.code} ${error.message}`.split('\n')) say(visible(line));
    return null;
  }
}

function sentence({ release, counts }: ImportedDirectory): string {
  const { messages, segments, composites, elements, codeLists, codes } = counts;
  return `${release}: ${messages} messages, ${segments} segments, ${composites} composites, ${elements} elements, ${codes} codes in ${codeLists} lists`;
}
