import { type Command, Option } from 'commander';
import { OWNERS, type Owner } from '../exceptions/causes.ts';
import type { ExceptionFilter, ExceptionState } from '../ledger/exception-types.ts';
import type { Ledger } from '../ledger/types.ts';
import { systemClock as clock } from '../util/clock.ts';
import {
  assignOpen,
  type ExceptionView,
  exceptionOf,
  exceptionView,
  resolveOpen,
  retryOpen,
} from '../work/exceptions.ts';
import { actorName } from './actor.ts';
import { exceptionLines, exceptionTable } from './exceptions-text.ts';
import { type Done, EXIT } from './exit.ts';
import { withLedger } from './ledger-access.ts';
import { changeLedger } from './ledger-change.ts';
import { printLine, say, visible } from './output.ts';

const PAGE = 200;

const HELP = `
What ends badly or waits for a person is one exception for each cause, partner and place. docs/operations.md says what each cause means,
whose turn it is and what to do. One is resolved by itself when what it is about goes well.
Examples:
  crossdock exceptions list --owner onboarding
  crossdock exceptions show exc_01m8g81crk0000c39rwyqe
  crossdock exceptions retry exc_01m8g81crk0000c39rwyqe
  crossdock exceptions resolve exc_01m8g81crk0000c39rwyqe --because "a test of theirs"
  crossdock exceptions assign exc_01m8g81crk0000c39rwyqe --to ann`;

interface ListOptions {
  readonly state: ExceptionState | 'all';
  readonly cause?: string;
  readonly partner?: string;
  readonly owner?: Owner;
  readonly json?: boolean;
}

interface AssignOptions {
  readonly to?: string;
  readonly nobody?: boolean;
  readonly json?: boolean;
}

export function addExceptions(program: Command, done: Done): void {
  const exceptions = program
    .command('exceptions')
    .summary('what waits for a person')
    .description('Open problems that somebody must see: what, why, whose turn it is and what to do.')
    .addHelpText('after', HELP)
    .exitOverride();
  addList(exceptions, done);
  addShow(exceptions, done);
  addRetry(exceptions, done);
  exceptions
    .command('resolve')
    .description('Closes one for a reason; what it is about stays as it is.')
    .argument('<id>', 'id of the exception')
    .requiredOption('--because <text>', 'why nothing is left to do')
    .option('--json', 'one JSON object')
    .exitOverride()
    .action(async (id: string, { because, json }: { because: string; json?: boolean }, command: Command) => {
      if (because.trim() === '') command.error('error: --because takes a reason');
      const view = await changeLedger(
        command,
        (ledger) => resolveOpen(ledger, id, because, now()),
        (gateway) => gateway.post<ExceptionView>(path(id, 'resolve'), { because }),
      );
      await print(view, json);
      done(EXIT.ok);
    });
  exceptions
    .command('assign')
    .description('Gives one to somebody, or to nobody.')
    .argument('<id>', 'id of the exception')
    .option('--to <name>', 'who looks after it')
    .option('--nobody', 'takes it back')
    .option('--json', 'one JSON object')
    .exitOverride()
    .action(async (id: string, { to, nobody = false, json }: AssignOptions, command: Command) => {
      if ((to === undefined) !== nobody || to === '') command.error('error: say --to NAME, or --nobody');
      const assignee = to ?? null;
      const view = await changeLedger(
        command,
        (ledger) => assignOpen(ledger, id, assignee, now()),
        (gateway) => gateway.post<ExceptionView>(path(id, 'assign'), { to: assignee }),
      );
      await print(view, json);
      done(EXIT.ok);
    });
}

function addList(exceptions: Command, done: Done): void {
  exceptions
    .command('list')
    .description('Exceptions, newest first; those that are open unless told otherwise.')
    .addOption(new Option('--state <state>', 'in this state').choices(['open', 'resolved', 'all']).default('open'))
    .option('--cause <code>', 'of this cause, such as NO_AGREEMENT')
    .option('--partner <id>', 'of this partner')
    .addOption(new Option('--owner <owner>', 'whose turn it is').choices(OWNERS))
    .option('--json', 'one JSON object a line')
    .exitOverride()
    .action(async ({ state, cause, partner, owner, json }: ListOptions, command: Command) => {
      const filter: ExceptionFilter = {
        ...(state === 'all' ? {} : { state }),
        ...(cause === undefined ? {} : { code: cause }),
        ...(partner === undefined ? {} : { partner }),
        ...(owner === undefined ? {} : { owner }),
      };
      const views: ExceptionView[] = [];
      await withLedger(command, async (ledger) => {
        for (let after: string | null = null; ; ) {
          const { items, next }: Awaited<ReturnType<Ledger['exceptions']>> = await ledger.exceptions(
            filter,
            after,
            PAGE,
          );
          for (const view of items.map(exceptionView)) {
            if (json === true) await printLine(JSON.stringify(view));
            else views.push(view);
          }
          if (next === null) return;
          after = next;
        }
      });
      if (views.length > 0) await printLine(exceptionTable(views));
      else if (json !== true) say(state === 'open' ? 'Nothing waits for anybody.' : 'There are none.');
      done(EXIT.ok);
    });
}

function addShow(exceptions: Command, done: Done): void {
  exceptions
    .command('show')
    .description('One exception: why, whose turn it is, what to do, and what it is about.')
    .argument('<id>', 'id of the exception')
    .option('--json', 'one JSON object')
    .exitOverride()
    .action(async (id: string, { json }: { json?: boolean }, command: Command) => {
      await withLedger(command, async (ledger) => {
        const view = exceptionView(await exceptionOf(ledger, id));
        const subjects = await ledger.subjectsOf(id, null, PAGE);
        if (json === true) return printLine(JSON.stringify({ ...view, subjects }));
        await print(view, false);
        for (const { kind, id: subject, fileId } of subjects.items) {
          const within = fileId === null || fileId === subject ? '' : ` of ${fileId}`;
          await printLine(visible(`  ${kind} ${subject}${within}`));
        }
        if (subjects.next !== null) say(`Those were the first ${PAGE}; GET /v1/exceptions/{id} has all of them.`);
      });
      done(EXIT.ok);
    });
}

function addRetry(exceptions: Command, done: Done): void {
  exceptions
    .command('retry')
    .description('Tries again what one is about. It is resolved with the last that goes well.')
    .argument('<id>', 'id of the exception')
    .option('--json', 'one JSON object')
    .exitOverride()
    .action(async (id: string, { json }: { json?: boolean }, command: Command) => {
      let waits = '';
      const view = await changeLedger(
        command,
        (ledger) => {
          waits = ' A gateway does it when it runs.';
          return retryOpen(ledger, id, now());
        },
        (gateway) => gateway.post<ExceptionView & { readonly retried: number }>(path(id, 'retry'), {}),
      );
      await print(view, json);
      const { retried } = view;
      say(retried === 0 ? 'Nothing of it can be tried again, or all of it is due.' : `${retried} due again.${waits}`);
      done(EXIT.ok);
    });
}

function now(): { readonly actor: string; readonly at: number } {
  return { actor: actorName(), at: clock.now() };
}

function path(id: string, act: string): string {
  return `/v1/exceptions/${encodeURIComponent(id)}/${act}`;
}

async function print(view: ExceptionView, json: boolean | undefined): Promise<void> {
  if (json === true) await printLine(JSON.stringify(view));
  else for (const line of exceptionLines(view)) await printLine(line);
}
