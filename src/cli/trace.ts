import type { Command } from 'commander';
import type { Trace } from '../ledger/types.ts';
import type { Done } from './exit.ts';
import { EXIT } from './exit.ts';
import { withLedger } from './ledger-access.ts';
import { printLine, say, visible } from './output.ts';

export function addTrace(program: Command, done: Done): void {
  program
    .command('trace')
    .summary('everything that an id leads to')
    .description(
      'Files, documents and events that any id leads to: a control number, purchase order, bill of lading, PRO, file name, hash, or an id of ours.',
    )
    .argument('<id>', 'any id')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExit code 1 when nothing is found.\nExample:\n  crossdock trace PO-4711')
    .action(async (id: string, options: { json?: boolean }, command: Command) => {
      const trace = await withLedger(command, (ledger) => ledger.trace(id));
      if (options.json === true) await printLine(JSON.stringify(trace));
      else for (const line of traceLines(trace)) await printLine(line);
      const found = trace.files.length + trace.documents.length + trace.events.length;
      if (found === 0) say(`Nothing is known of "${id}".`);
      done(found === 0 ? EXIT.failure : EXIT.ok);
    });
}

function traceLines({ files, documents, events }: Trace): readonly string[] {
  const lines: string[] = [];
  for (const file of files) {
    lines.push(
      `file ${file.id} "${visible(file.name)}" ${file.state}${because(file.reason)}, ${file.size} bytes, ${new Date(file.receivedAt).toISOString()}, ${file.connection}`,
    );
    for (const document of documents.filter(({ fileId }) => fileId === file.id)) {
      lines.push(
        `  document ${document.id} ${document.type} ${visible(document.controlNumber)} ${document.state}${because(document.reason)}${document.mapPin === null ? '' : `, ${document.mapPin}`}`,
      );
      for (const { event } of events.filter(({ event }) => event.causationid === document.id)) {
        lines.push(`    event ${event.id} ${event.type} ${visible(event.subject)} ${event.time}`);
      }
    }
  }
  return lines;
}

function because(reason: { readonly code: string; readonly text: string } | null): string {
  return reason === null ? '' : ` (${reason.code}: ${visible(reason.text)})`;
}
