import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Ledger, Trace } from '../ledger/types.ts';
import type { Done } from './exit.ts';
import { EXIT } from './exit.ts';
import { withLedger } from './ledger-access.ts';
import { printLine, say, visible } from './output.ts';

/** Milliseconds between two looks of --wait. */
const LOOK_EVERY = 200;

export function addTrace(program: Command, done: Done): void {
  program
    .command('trace')
    .summary('everything that an id leads to')
    .description(
      'Files, documents and events that any id leads to: a control number, purchase order, bill of lading, PRO, file name, hash, or an id of ours.',
    )
    .argument('<id>', 'any id')
    .option('--json', 'one JSON object')
    .option(
      '--wait <seconds>',
      'wait so long at the most until something is known and nothing of it is in flight',
      seconds,
      0,
    )
    .addHelpText('after', '\nExit code 1 when nothing is found.\nExample:\n  crossdock trace PO-4711 --wait 10')
    .action(async (id: string, options: { json?: boolean; wait: number }, command: Command) => {
      const trace = await withLedger(command, (ledger) => traceSettled(ledger, id, options.wait * 1000));
      if (options.json === true) await printLine(traceJson(trace));
      else for (const line of traceLines(trace)) await printLine(line);
      const found = trace.files.length + trace.documents.length + trace.events.length + trace.sent.length;
      if (found === 0) say(`Nothing is known of "${id}".`);
      done(found === 0 ? EXIT.failure : EXIT.ok);
    });
}

/** Looks again until something is known and all of it is settled, for so many milliseconds. */
async function traceSettled(ledger: Ledger, id: string, patience: number): Promise<Trace> {
  const deadline = Date.now() + patience;
  for (;;) {
    const trace = await ledger.trace(id);
    const { files, sent } = trace;
    const inFlight = files.some(({ state }) => state === 'received') || sent.some(({ state }) => state === 'queued');
    const settled = files.length + sent.length > 0 && !inFlight;
    if (settled || Date.now() >= deadline) return trace;
    await wait(LOOK_EVERY);
  }
}

function seconds(text: string): number {
  if (!/^[0-9]{1,4}$/.test(text)) throw new InvalidArgumentError('Write a whole number of seconds.');
  return Number(text);
}

function traceJson({ events, ...trace }: Trace): string {
  return JSON.stringify({ ...trace, events: events.map(({ position, event }) => ({ position, event })) });
}

function traceLines({ files, documents, events, sent }: Trace): readonly string[] {
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
  for (const document of sent) {
    const { id, type, controlNumber, state, reason, partnerId, connection, name, mapPin } = document;
    lines.push(
      `sent ${id} ${type} ${visible(controlNumber)} ${state}${because(reason)}, ${mapPin}, ${partnerId}/${connection} "${name}"`,
    );
  }
  return lines;
}

function because(reason: { readonly code: string; readonly text: string } | null): string {
  return reason === null ? '' : ` (${reason.code}: ${visible(reason.text)})`;
}
