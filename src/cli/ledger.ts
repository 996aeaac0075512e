import type { Command } from 'commander';
import { type Books, checkBooks } from '../inbound/books.ts';
import { archiveOf } from './archive-access.ts';
import type { Done } from './exit.ts';
import { EXIT } from './exit.ts';
import { withLedger } from './ledger-access.ts';
import { addLedgerPurge } from './ledger-purge.ts';
import { printLine, say, visible } from './output.ts';

export function addLedger(program: Command, done: Done): void {
  const ledger = program.command('ledger').description('The ledger, which holds every state.').exitOverride();
  addLedgerPurge(ledger, done);
  ledger
    .command('check')
    .summary('does everything add up')
    .description(
      'Proves that nothing is lost and nothing counts twice: received = processed + rejected + quarantined + duplicate + in flight, per file, in documents and bytes; and that the audit log is as it was written.',
    )
    .option('--bytes', 'read everything that is stored again and compare it with its hash')
    .option('--json', 'one JSON object')
    .exitOverride()
    .addHelpText('after', '\nExit code 4 when something does not balance.\nExample:\n  crossdock ledger check')
    .action(async ({ json, bytes = false }: { json?: boolean; bytes?: boolean }, command: Command) => {
      const archive = bytes ? await archiveOf(command) : NO_ARCHIVE;
      const progress = (read: number): void => say(`${read} files and documents read`);
      const { counts, imbalances } = await withLedger(command, async (opened) => ({
        counts: await opened.counts(),
        imbalances: await checkBooks({ ledger: opened, archive }, { bytes, progress }),
      }));
      const balanced = imbalances.length === 0;
      if (json === true)
        await printLine(
          JSON.stringify({
            balanced,
            files: counts.files,
            documents: counts.documents,
            events: counts.events,
            imbalances,
          }),
        );
      else {
        await printLine(`files      ${sentence(counts.files)}`);
        await printLine(`documents  ${sentence(counts.documents)}`);
        await printLine(`events     ${counts.events}`);
        for (const { equation, subject, text } of imbalances)
          await printLine(`${equation} ${subject} ${visible(text)}`);
        say(balanced ? 'The ledger balances.' : `The ledger does not balance: ${imbalances.length} rows.`);
      }
      done(balanced ? EXIT.ok : EXIT.unbalanced);
    });
}

/** Nobody asks it. */
const NO_ARCHIVE: Books['archive'] = { verify: async () => true };

/** `12 received = 9 processed + 1 rejected + …`. */
function sentence(states: Readonly<Record<string, number>>): string {
  const { received = 0, processed = 0, rejected = 0, quarantined = 0, duplicate = 0 } = states;
  const total = received + processed + rejected + quarantined + duplicate;
  return `${total} received = ${processed} processed + ${rejected} rejected + ${quarantined} quarantined + ${duplicate} duplicate + ${received} in flight`;
}
