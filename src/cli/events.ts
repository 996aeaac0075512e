import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { EventFilter } from '../ledger/types.ts';
import type { Done } from './exit.ts';
import { EXIT } from './exit.ts';
import { withLedger } from './ledger-access.ts';
import { printLine } from './output.ts';

const PAGE = 500;
const LOOK_EVERY = 500;

interface EventsOptions {
  readonly follow?: boolean;
  readonly after: number;
  readonly limit?: number;
  readonly type?: string;
  readonly subject?: string;
  readonly partner?: string;
  readonly test?: boolean;
}

export function addEvents(program: Command, done: Done): void {
  program
    .command('events')
    .summary('the event feed')
    .description('Events of the feed, oldest first, one JSON a line.')
    .option('--follow', 'go on as events come')
    .option('--after <position>', 'begin after this position of the feed', wholeNumber, 0)
    .option('--limit <count>', 'at most so many', wholeNumber)
    .option('--type <type>', 'only this type; a trailing * matches any ending')
    .option('--subject <subject>', 'only this subject')
    .option('--partner <id>', 'only from this partner')
    .option('--test', 'events of test interchanges instead, which the feed leaves out')
    .addHelpText('after', "\nExample:\n  crossdock events --type 'logistics.transport.*' --follow")
    .action(async (options: EventsOptions, command: Command) => {
      await withLedger(command, async (ledger) => {
        const { follow, after, limit = Number.POSITIVE_INFINITY, ...filter } = options;
        const wanted: EventFilter = filter;
        let position = after;
        for (let count = 0; count < limit; ) {
          const page = await ledger.events(wanted, position, Math.min(PAGE, limit - count));
          for (const { json } of page) await printLine(json);
          count += page.length;
          position = page.at(-1)?.position ?? position;
          if (page.length > 0) continue;
          if (follow !== true) break;
          await wait(LOOK_EVERY);
        }
      });
      done(EXIT.ok);
    });
}

function wholeNumber(text: string): number {
  if (!/^[0-9]{1,15}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}
