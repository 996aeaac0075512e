import { type Command, InvalidArgumentError } from 'commander';
import { type PurgeReport, purge } from '../inbound/purge.ts';
import { PURGEABLE, type Purgeable } from '../ledger/purge-types.ts';
import { systemClock as clock } from '../util/clock.ts';
import { actorName } from './actor.ts';
import { archiveOf } from './archive-access.ts';
import { type Done, EXIT } from './exit.ts';
import { changeLedger } from './ledger-change.ts';
import { momentOption } from './moment.ts';
import { printLine, say } from './output.ts';

const HELP = `
Counts, sizes, hashes and the ids of events stay: the ledger balances as before, and what comes again is known. What is in flight or
waits for a person is never purged. Retention of each night is the setting "retention".
Examples:
  crossdock ledger purge --before 2025-01-01 --dry-run
  crossdock ledger purge --before 2025-01-01 --only bytes --because "contract ended"`;

interface PurgeOptions {
  readonly before: string;
  readonly only: readonly Purgeable[];
  readonly dryRun?: boolean;
  readonly because: string;
  readonly json?: boolean;
}

export function addLedgerPurge(ledger: Command, done: Done): void {
  ledger
    .command('purge')
    .summary('remove what is old')
    .description('Removes the bytes, documents and events of files that came in before a date.')
    .requiredOption(
      '--before <moment>',
      'of files received before this date, or date and time with offset',
      momentOption,
    )
    .option('--only <parts>', `of ${PURGEABLE.join(', ')}, with commas`, parts, PURGEABLE)
    .option('--dry-run', 'count only, and change nothing')
    .option('--because <text>', 'why, for the audit log', '')
    .option('--json', 'one JSON object')
    .exitOverride()
    .addHelpText('after', HELP)
    .action(async ({ before, only, dryRun = false, because, json }: PurgeOptions, command: Command) => {
      const plan = Object.fromEntries(only.map((what) => [what, Date.parse(before)]));
      const report = await changeLedger(
        command,
        async (opened) => {
          const archive = await archiveOf(command);
          return purge({ ledger: opened, archive, clock }, plan, { dryRun, because, actor: actorName() });
        },
        (gateway) => gateway.post<PurgeReport>('/v1/purges', { before, only, dryRun, because }),
      );
      if (json === true) await printLine(JSON.stringify(report));
      else for (const line of lines(report, only)) await printLine(line);
      say(dryRun ? 'Nothing was changed.' : 'Purged. crossdock ledger check proves that the books still balance.');
      done(EXIT.ok);
    });
}

function lines(report: PurgeReport, only: readonly Purgeable[]): readonly string[] {
  const figures = {
    events: `events     ${report.events.events} of ${report.events.files} files`,
    documents: `documents  ${report.documents.documents} of ${report.documents.files} files`,
    bytes: `bytes      ${report.bytes.bytes} of ${report.bytes.files} files, ${report.removed} blobs removed`,
  };
  return PURGEABLE.filter((what) => only.includes(what)).map((what) => figures[what]);
}

function parts(text: string): readonly Purgeable[] {
  return text.split(',').map((name) => {
    const part = PURGEABLE.find((known) => known === name.trim());
    if (part !== undefined) return part;
    throw new InvalidArgumentError(`"${name}" is none of ${PURGEABLE.join(', ')}.`);
  });
}
