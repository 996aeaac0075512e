import type { Command } from 'commander';
import { accepted, type Finding } from '../edi/finding.ts';
import { configurationOf } from './context.ts';
import { createTranslator } from './document-translator.ts';
import { type Done, EXIT } from './exit.ts';
import { findingLines } from './findings-table.ts';
import { printLine, say } from './output.ts';
import { readDocumentChunks } from './read-documents.ts';
import { openInput, type TranslatedTrees, translateTrees } from './tree-file.ts';

export function addTranslate(program: Command, done: Done): void {
  program
    .command('translate')
    .summary('document to canonical events')
    .description(
      'Documents to canonical events (CloudEvents), one JSON a line. Without a partner the newest released map of each set is used. What no rule read is said on stderr.',
    )
    .argument('<file>', 'file, or - for standard input')
    .option('--partner <id>', 'the partner whose agreements, overlays and time zone apply')
    .option('--map <name@version>', 'use this map')
    .addHelpText(
      'after',
      '\nExit code 3 when a document is rejected.\nExample:\n  crossdock translate partners/demo-3pl/samples/945-short-shipped.edi --partner demo-3pl',
    )
    .action(async (file: string, options: { partner?: string; map?: string }, command: Command) => {
      const configuration = await configurationOf(command);
      const translator = createTranslator(configuration, options);
      const { tree, chunks } = await openInput(file, configuration, options);
      if (tree !== null) {
        done(await printTrees(translateTrees(tree, file, configuration, options)));
        return;
      }
      const found: Finding[] = [];
      const reading = await readDocumentChunks(chunks, configuration.dictionaries, {
        charset: translator.charset,
        graded: translator.graded,
        document: (document) => {
          const { events, findings, unread } = translator.translate(document, file);
          const lines = events.map((event) => JSON.stringify(event));
          const map = translator.mapFor(document)?.pin ?? null;
          const name = `${document.document.type} ${document.document.controlNumber}`;
          return async () => {
            for (const line of lines) await printLine(line);
            found.push(...findings);
            if (unread.length > 0) say(`${name}: no rule of ${map} reads ${unread.join(', ')}.`);
            if (map === null) say(`${name}: no map reads it; told as document-received.`);
          };
        },
      });
      const findings = [...reading.findings, ...found];
      for (const finding of findings) say(findingLines(finding));
      done(accepted(findings) ? EXIT.ok : EXIT.rejected);
    });
}

async function printTrees({ map, documents, findings, received }: TranslatedTrees): Promise<number> {
  for (const event of [...documents.flatMap(({ events }) => events), ...received])
    await printLine(JSON.stringify(event));
  for (const { name, unread } of documents)
    if (unread.length > 0) say(`${name}: no rule of ${map?.pin} reads ${unread.join(', ')}.`);
  if (map === null) say('No map knows what the file holds; told as document-received.');
  for (const finding of findings) say(findingLines(finding));
  return accepted(findings) ? EXIT.ok : EXIT.rejected;
}
