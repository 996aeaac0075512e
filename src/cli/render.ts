import type { Command } from 'commander';
import { accepted } from '../edi/finding.ts';
import { GatewayError } from '../errors.ts';
import { render } from '../outbound/render.ts';
import { configurationOf } from './context.ts';
import { partnerNamed } from './document-translator.ts';
import { readEvents } from './event-file.ts';
import { type Done, EXIT } from './exit.ts';
import { findingLines } from './findings-table.ts';
import { printBytes, say } from './output.ts';
import { createRenderer } from './renderer.ts';

export function addRender(program: Command, done: Done): void {
  program
    .command('render')
    .summary('canonical events to a document')
    .description(
      'Events to documents with their envelope, on standard output. What is written is read back and checked before it is shown. Without a partner the newest released map that writes the event is used, and the envelope names nobody.',
    )
    .argument('<file>', 'events as JSON, or one a line; - for standard input')
    .option('--partner <id>', 'the partner whose agreements, overlays, style and time zone apply')
    .option('--map <name@version>', 'use this map')
    .addHelpText(
      'after',
      `
Events with equal headers go into one document, documents of one type into one interchange. Control numbers count from 1; real
ones are taken when a document is sent. Date and time of the envelope are now, UTC.
Exit code 3 when an event cannot be written; then nothing is shown for it.
Example:
  crossdock translate partners/demo-3pl/samples/940-order.edi --partner demo-3pl | crossdock render - --partner demo-3pl`,
    )
    .action(async (file: string, options: { partner?: string; map?: string }, command: Command) => {
      const configuration = await configurationOf(command);
      const partner = options.partner === undefined ? null : partnerNamed(configuration, options.partner);
      const renderer = createRenderer(configuration, partner, options.map ?? null, new Date());
      const events = await readEvents(file);
      if (events.length === 0) throw new GatewayError('EVENT_INVALID', `${file} holds no event.`);
      let ok = true;
      for (const batch of renderer.batches(events)) {
        const { bytes, findings } = render(batch.events, batch.context);
        for (const finding of findings) say(findingLines(finding));
        if (bytes !== null) await printBytes(bytes);
        ok &&= accepted(findings);
      }
      done(ok ? EXIT.ok : EXIT.rejected);
    });
}
