import type { Command } from 'commander';
import { accepted, type Finding } from '../edi/finding.ts';
import { explain } from '../mapping/explain.ts';
import { configurationOf } from './context.ts';
import { createTranslator } from './document-translator.ts';
import { type Done, EXIT } from './exit.ts';
import { findingLines } from './findings-table.ts';
import { printLine, say } from './output.ts';
import { readDocumentChunks } from './read-documents.ts';
import { openInput, translateTrees } from './tree-file.ts';

export function addExplain(program: Command, done: Done): void {
  program
    .command('explain')
    .summary('every field with its map line and bytes')
    .description(
      'Every field of every event with the line of the map that read it and the bytes it stood in; one JSON a line.',
    )
    .argument('<file>', 'file, or - for standard input')
    .option('--partner <id>', 'the partner whose agreements, overlays and time zone apply')
    .option('--map <name@version>', 'use this map')
    .addHelpText(
      'after',
      '\nExample:\n  crossdock explain partners/demo-3pl/samples/945-short-shipped.edi --partner demo-3pl | head -3',
    )
    .action(async (file: string, options: { partner?: string; map?: string }, command: Command) => {
      const configuration = await configurationOf(command);
      const translator = createTranslator(configuration, options);
      const { tree, chunks } = await openInput(file, configuration, options);
      if (tree !== null) {
        const { map, documents, findings } = translateTrees(tree, file, configuration, options);
        for (const { read, events } of documents) {
          const lines = map === null ? [] : explain(map, read.structure, events);
          for (const line of lines) await printLine(JSON.stringify(line));
        }
        for (const finding of findings) say(findingLines(finding));
        done(accepted(findings) ? EXIT.ok : EXIT.rejected);
        return;
      }
      const found: Finding[] = [];
      const reading = await readDocumentChunks(chunks, configuration.dictionaries, {
        charset: translator.charset,
        graded: translator.graded,
        document: (document) => {
          const { events, findings } = translator.translate(document, file);
          const map = translator.mapFor(document);
          const { structure } = document;
          const lines = map === null || structure === null ? [] : [...explain(map, structure, events)];
          return async () => {
            found.push(...findings);
            for (const line of lines) await printLine(JSON.stringify(line));
          };
        },
      });
      const findings = [...reading.findings, ...found];
      for (const finding of findings) say(findingLines(finding));
      done(accepted(findings) ? EXIT.ok : EXIT.rejected);
    });
}
