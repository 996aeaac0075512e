import type { Command } from 'commander';
import { createInspector, type Inspection } from '../edi/inspect.ts';
import type { Segments } from '../edi/segments.ts';
import { HEAD_BYTES, identifyFormat } from '../formats/identify.ts';
import { loadSettings } from '../settings/settings.ts';
import { configFolder, dictionariesOf } from './context.ts';
import { type Done, EXIT } from './exit.ts';
import { findingLines } from './findings-table.ts';
import { peek, readInput } from './input.ts';
import { printFormat } from './inspect-format.ts';
import { printLine, visible } from './output.ts';
import { readDocumentChunks } from './read-documents.ts';

export function addInspect(program: Command, done: Done): void {
  program
    .command('inspect')
    .summary('what a file is')
    .description(
      'What a file is: interchanges, groups, documents, delimiters, with --segments every segment on a line of its own; of XML, JSON and CSV the root or the columns, and how many records.',
    )
    .argument('<file>', 'file, or - for standard input')
    .option('--json', 'one JSON object')
    .option('--segments', 'readable segments, one a line')
    .addHelpText('after', '\nExample:\n  crossdock inspect partners/demo-3pl/samples/945-short-shipped.edi')
    .action(async (file: string, options: { json?: boolean; segments?: boolean }, command: Command) => {
      const { head, chunks } = await peek(readInput(file), HEAD_BYTES);
      const format = identifyFormat(head);
      if (format === 'xml' || format === 'json' || format === 'csv') {
        done(await printFormat(format, chunks, options.json === true));
        return;
      }
      // Faulty settings are no reason to refuse a look at a file.
      const { settings } = loadSettings({ configFolder: configFolder(command), environment: process.env });
      const inspector = createInspector();
      const lines: string[] = [];
      const { findings } = await readDocumentChunks(chunks, dictionariesOf(settings.data), {
        item: (item) => {
          inspector.add(item);
          if (options.segments === true && item.kind === 'document')
            lines.push(...segmentLines(item.document.segments));
        },
      });
      const inspection = inspector.result(findings);
      if (options.json === true) await printLine(JSON.stringify(inspection));
      else for (const line of [...describe(inspection), ...lines, ...findings.map(findingLines)]) await printLine(line);
      done(inspection.interchanges.length === 0 ? EXIT.rejected : EXIT.ok);
    });
}

function describe({ interchanges }: Inspection): readonly string[] {
  if (interchanges.length === 0) return ['No interchange in this file.'];
  return interchanges.flatMap((interchange) => {
    const { standard, version, sender, receiver, controlNumber, test, delimiters, bytes, groups } = interchange;
    const shown = Object.entries(delimiters).map(
      ([name, text]) => `${name} ${text === null ? 'none' : JSON.stringify(text)}`,
    );
    return [
      `${standard} ${version} interchange ${visible(controlNumber)}${test ? ' (test)' : ''}: ${party(sender)} -> ${party(receiver)}, bytes ${bytes[0]}-${bytes[1]}`,
      `  delimiters: ${shown.join(', ')}`,
      ...groups.flatMap((group) => [
        group.implicit
          ? '  no group'
          : `  group ${visible(group.code)} ${visible(group.controlNumber)}, ${visible(group.version)}`,
        ...group.transactionSets.map(
          (set) =>
            `    ${visible(set.type)} ${visible(set.controlNumber)}: ${set.segments} segments, bytes ${set.bytes[0]}-${set.bytes[1]}`,
        ),
      ]),
    ];
  });
}

function party({ qualifier, id }: { readonly qualifier: string; readonly id: string }): string {
  return visible(`${qualifier}/${id}`);
}

function segmentLines(segments: Segments): readonly string[] {
  return Array.from({ length: segments.count }, (_, segment) => {
    const elements = Array.from({ length: segments.elementCount(segment) }, (__, index) =>
      segments.text(segment, index + 1),
    );
    return visible([`${String(segment + 1).padStart(6)}  ${segments.tag(segment)}`, ...elements].join(' | '));
  });
}
