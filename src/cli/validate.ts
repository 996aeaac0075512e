import type { Command } from 'commander';
import { accepted, type Finding } from '../edi/finding.ts';
import { configurationOf } from './context.ts';
import { createTranslator } from './document-translator.ts';
import { type Done, EXIT } from './exit.ts';
import { findingLines } from './findings-table.ts';
import { printLine, say } from './output.ts';
import { readDocuments } from './read-documents.ts';

export function addValidate(program: Command, done: Done): void {
  program
    .command('validate')
    .summary('findings of a file')
    .description(
      'Every finding of a file: envelope, counts, structure, elements; with --partner also what its maps cannot read.',
    )
    .argument('<file>', 'file, or - for standard input')
    .option('--partner <id>', 'the partner whose agreements apply')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExit code 3 when a finding rejects.\nExample:\n  crossdock validate partners/demo-3pl/samples/945.edi --partner demo-3pl',
    )
    .action(async (file: string, options: { partner?: string; json?: boolean }, command: Command) => {
      const configuration = await configurationOf(command);
      const translator =
        options.partner === undefined ? null : createTranslator(configuration, { partner: options.partner });
      const read: Finding[] = [];
      const reading = await readDocuments(file, configuration.dictionaries, {
        document: async (document) => {
          if (translator !== null) read.push(...translator.translate(document, file).findings);
        },
      });
      const findings = [...reading.findings, ...read];
      const result = { accepted: accepted(findings), findings };
      if (options.json === true) await printLine(JSON.stringify(result));
      else {
        for (const finding of findings) await printLine(findingLines(finding));
        say(result.accepted ? `Accepted, ${findings.length} finding${findings.length === 1 ? '' : 's'}.` : 'Rejected.');
      }
      done(result.accepted ? EXIT.ok : EXIT.rejected);
    });
}
