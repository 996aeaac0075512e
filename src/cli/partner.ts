import type { Command } from 'commander';
import { type ConnectionStep, checkConnections } from './check-connections.ts';
import { configurationOf, settingsOf } from './context.ts';
import { partnerNamed } from './document-translator.ts';
import { type Done, EXIT } from './exit.ts';
import { printLine, say, visible } from './output.ts';

const HELP = `
Each line is ok, or says what to fix and whose turn it is. Nothing is taken away; what is written is removed again.
A partner over AS2 gets one message with a line of text, which it answers with its MDN.
Exit code 1 when something is to be fixed.
Example:
  crossdock partner check acme-3pl --connect`;

export function addPartner(program: Command, done: Done): void {
  program
    .command('partner')
    .description('Trading partners.')
    .command('check')
    .description("Checks a partner's configuration, and with --connect its connections, step by step.")
    .argument('<id>', 'the partner')
    .option('--connect', 'try its connections: names, ports, keys, logins, folders; over AS2 a message')
    .option('--json', 'one JSON object a step')
    .addHelpText('after', HELP)
    .action(async (id: string, options: { connect?: boolean; json?: boolean }, command: Command) => {
      const partner = partnerNamed(await configurationOf(command), id);
      if (options.connect !== true) {
        say(`No problems in ${partner.id}. --connect tries its connections.`);
        return done(EXIT.ok);
      }
      let faults = 0;
      let steps = 0;
      for await (const step of checkConnections(partner, settingsOf(command))) {
        steps++;
        if (!step.ok) faults++;
        await printLine(options.json === true ? JSON.stringify(step) : lineOf(step));
      }
      if (steps === 0) say(`${partner.id} has no connections.`);
      else say(faults === 0 ? 'All is well.' : `${faults} to fix.`);
      done(faults === 0 ? EXIT.ok : EXIT.failure);
    });
}

function lineOf({ connection, step, ok, says, fix }: ConnectionStep): string {
  const line = `${connection}  ${ok ? 'ok ' : 'FIX'}  ${step}: ${says}`;
  return visible(
    fix === null ? line : `${line} [${fix.turn === 'ours' ? 'our turn' : "the partner's turn"}] ${fix.what}`,
  );
}
