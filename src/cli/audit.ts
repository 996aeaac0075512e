import type { Command } from 'commander';
import { type Done, EXIT } from './exit.ts';
import { withLedger } from './ledger-access.ts';
import { printLine, say, visible } from './output.ts';

const HASH = /^[0-9a-f]{64}$/;
const PAGE = 500;

const HELP = `
Each row holds the hash of the one before, so that a changed, missing or added row shows. Rows cut off at the end show when you
kept the head, the hash of the last row, elsewhere: give it with --head.
Exit code 4 when the log is not as it was written.
Examples:
  crossdock audit verify
  crossdock audit verify --head 5f0c… && crossdock audit verify --json | tee head.json`;

export function addAudit(program: Command, done: Done): void {
  const audit = program
    .command('audit')
    .description('What people and configuration changed, in a log that shows when it was changed.');
  audit
    .command('verify')
    .description('Proves that no row was changed, removed or put in between.')
    .option('--head <hash>', 'the head of an earlier time, which must still be among the rows')
    .option('--json', 'one JSON object')
    .addHelpText('after', HELP)
    .action(async ({ head, json }: { head?: string; json?: boolean }, command: Command) => {
      if (head !== undefined && !HASH.test(head)) command.error('error: --head takes the 64 digits of a hash');
      const verdict = await withLedger(command, (ledger) => ledger.verifyAudit(head ?? null));
      if (json === true) await printLine(JSON.stringify(verdict));
      else if (verdict.intact) await printLine(`${verdict.rows} rows, head ${verdict.head}`);
      say(verdict.intact ? 'The audit log is as it was written.' : `The audit log is broken. ${verdict.text}`);
      done(verdict.intact ? EXIT.ok : EXIT.unbalanced);
    });
  audit
    .command('list')
    .description('The rows, oldest first.')
    .option('--json', 'one JSON object a line')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      await withLedger(command, async (ledger) => {
        for (let after = 0; ; ) {
          const rows = await ledger.auditTrail(after, PAGE);
          for (const row of rows) {
            const { at, actor, action, target, details } = row;
            const text = Object.entries(details).map(([name, value]) => `${name}=${value}`);
            const line = [new Date(at).toISOString(), actor, action, target, ...text].join(' ');
            await printLine(json === true ? JSON.stringify({ ...row, at: new Date(at).toISOString() }) : visible(line));
          }
          const last = rows.at(-1);
          if (last === undefined) return;
          after = last.seq;
        }
      });
      done(EXIT.ok);
    });
}
