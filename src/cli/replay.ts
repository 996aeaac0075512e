import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { GatewayError } from '../errors.ts';
import { replayNext } from '../inbound/replay.ts';
import {
  MOST_RATE,
  type ReplayRequest,
  type ReplayView,
  replayView,
  requestReplay,
  USUAL_RATE,
} from '../inbound/replay-request.ts';
import type { DocumentState, Ledger } from '../ledger/types.ts';
import { systemClock as clock } from '../util/clock.ts';
import { actorName } from './actor.ts';
import { archiveOf } from './archive-access.ts';
import { configurationOf } from './context.ts';
import { type Done, EXIT } from './exit.ts';
import { withLedger } from './ledger-access.ts';
import { changeLedger } from './ledger-change.ts';
import { momentOption } from './moment.ts';
import type { OperationsClient } from './operations-client.ts';
import { printLine, say } from './output.ts';
import { replayLine, replayLines } from './replay-text.ts';

const STATES: readonly DocumentState[] = ['received', 'processed', 'rejected', 'quarantined', 'duplicate'];
/** Milliseconds between two looks at how far it has come. */
const LOOK_EVERY = 300;
const PAGE = 100;

const HELP = `
Same bytes and same map tell nothing new. What changed is told as events that supersede the ones before; docs/events.md has them.
An id is that of a document (doc_…) or file (fil_…), or any reference. What is asked for goes on when this command ends.
Examples:
  crossdock replay --partner acme-3pl --type 945 --from 2026-11-01 --dry-run
  crossdock replay --partner acme-3pl --state quarantined --map x12/945@1.1.0
  crossdock replay doc_01m8g81crk0000c39rwyqe --because "wrong unit"
  crossdock replay list`;

interface ReplayOptions {
  readonly partner?: string;
  readonly type?: string;
  readonly state?: DocumentState;
  readonly ref?: string;
  readonly from?: number;
  readonly to?: number;
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly rate: number;
  readonly because: string;
  readonly detach?: boolean;
  readonly json?: boolean;
}

export function addReplay(program: Command, done: Done): void {
  const replay = program
    .command('replay')
    .summary('reads stored documents again')
    .description(
      'Reads stored documents again, with the map that is agreed on now or a chosen version, and tells what changed.',
    )
    .argument('[id]', 'one document, the documents of a file, or those with a reference')
    .option('--partner <id>', 'documents of this partner')
    .option('--type <type>', 'set or message type, such as 945')
    .addOption(new Option('--state <state>', 'documents in this state').choices(STATES))
    .option('--ref <reference>', 'a business reference or control number')
    .option('--from <moment>', 'received at or after this date, or date and time with offset', moment)
    .option('--to <moment>', 'received before it', moment)
    .option('--map <pin>', 'read them with this version, such as x12/945@1.1.0')
    .option('--dry-run', 'compare only, and change nothing')
    .option('--rate <n/s>', `documents a second at most, 1/s to ${MOST_RATE}/s`, rate, USUAL_RATE)
    .option('--because <text>', 'why, for the audit log', '')
    .option('--detach', 'do not wait for its end')
    .option('--json', 'one JSON object')
    .addHelpText('after', HELP)
    .exitOverride()
    .action(async (id: string | undefined, options: ReplayOptions, command: Command) => {
      const request = requestOf(id, options);
      const ended = await changeLedger(
        command,
        (ledger, ids) => replayHere(command, { ledger, ids }, request, options.detach === true),
        (gateway) => askFor(gateway, request, options.detach === true),
      );
      await print(ended, options.json);
      done(ended.state === 'cancelled' ? EXIT.failure : EXIT.ok);
    });
  addQueries(replay, done);
}

function addQueries(replay: Command, done: Done): void {
  replay
    .command('list')
    .description('Replays, newest first.')
    .option('--json', 'one JSON object a line')
    .exitOverride()
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      await withLedger(command, async (ledger) => {
        for (let after: string | null = null; ; ) {
          const { items, next }: Awaited<ReturnType<Ledger['replays']>> = await ledger.replays(after, PAGE);
          for (const row of items.map(replayView))
            await printLine(json === true ? JSON.stringify(row) : replayLine(row));
          if (next === null) return;
          after = next;
        }
      });
      done(EXIT.ok);
    });
  replay
    .command('show')
    .description('One replay: how far it has come, and what it found.')
    .argument('<id>', 'id of the replay')
    .option('--json', 'one JSON object')
    .exitOverride()
    .action(async (id: string, { json }: { json?: boolean }, command: Command) => {
      const row = await withLedger(command, (ledger) => ledger.replay(id));
      if (row === null) throw missing(id);
      await print(replayView(row), json);
      done(EXIT.ok);
    });
  replay
    .command('cancel')
    .description('Ends a replay where it is; what was done stays.')
    .argument('<id>', 'id of the replay')
    .exitOverride()
    .action(async (id: string, _options: unknown, command: Command) => {
      const row = await changeLedger(
        command,
        async (ledger) => {
          const cancelled = await ledger.cancelReplay(id, actorName(), clock.now());
          return cancelled === null ? null : replayView(cancelled);
        },
        (gateway) => gateway.post<ReplayView>(`/v1/replays/${encodeURIComponent(id)}/cancel`, {}),
      );
      if (row === null) throw missing(id);
      await printLine(replayLine(row));
      done(EXIT.ok);
    });
}

function requestOf(id: string | undefined, options: ReplayOptions): ReplayRequest {
  const { partner, type, state, from, to, map = null, dryRun = false, rate: perSecond, because } = options;
  const ref = options.ref ?? (id === undefined || /^(doc|fil)_/.test(id) ? undefined : id);
  const filter = {
    ...(id?.startsWith('doc_') ? { id } : {}),
    ...(id?.startsWith('fil_') ? { file: id } : {}),
    ...(partner === undefined ? {} : { partner }),
    ...(type === undefined ? {} : { type }),
    ...(state === undefined ? {} : { state }),
    ...(ref === undefined ? {} : { ref }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  return { filter, map, dryRun, rate: perSecond, because, actor: actorName() };
}

/** Records the request and works on it; other processes on the same ledger may help. */
async function replayHere(
  command: Command,
  { ledger, ids }: Pick<Parameters<typeof requestReplay>[0], 'ledger' | 'ids'>,
  request: ReplayRequest,
  detach: boolean,
): Promise<ReplayView> {
  const configuration = await configurationOf(command);
  const archive = await archiveOf(command);
  const parts = { ledger, ids, archive, clock, configuration: () => configuration, published: () => {} };
  const { id } = await requestReplay(parts, request);
  for (;;) {
    const row = await ledger.replay(id);
    if (row === null) throw missing(id);
    if (row.endedAt !== null || detach) return replayView(row);
    if (!(await replayNext(parts))) await wait(LOOK_EVERY);
  }
}

async function askFor(gateway: OperationsClient, request: ReplayRequest, detach: boolean): Promise<ReplayView> {
  const { filter, actor: _actor, map, ...rest } = request;
  const { id: document, from, to, ...others } = filter;
  const requested = await gateway.post<ReplayView>('/v1/replays', {
    ...rest,
    ...others,
    ...(document === undefined ? {} : { document }),
    ...(map === null ? {} : { map }),
    ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
    ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
  });
  let told = requested.done;
  for (let view = requested; ; ) {
    if (view.endedAt !== null || detach) return view;
    if (view.done !== told) say(`${view.done} of ${view.total} documents`);
    told = view.done;
    await wait(LOOK_EVERY);
    view = await gateway.get<ReplayView>(`/v1/replays/${encodeURIComponent(requested.id)}`);
  }
}

async function print(view: ReplayView, json: boolean | undefined): Promise<void> {
  if (json === true) await printLine(JSON.stringify(view));
  else for (const line of replayLines(view)) await printLine(line);
}

function missing(id: string): GatewayError {
  return new GatewayError('NOT_FOUND', `There is no replay "${id}". crossdock replay list shows them.`);
}

function moment(text: string): number {
  return Date.parse(momentOption(text));
}

function rate(text: string): number {
  const [, digits] = /^([1-9][0-9]{0,4})(?:\/s)?$/.exec(text) ?? [];
  const value = Number(digits);
  if (digits === undefined || value > MOST_RATE) throw new InvalidArgumentError(`Write 1/s to ${MOST_RATE}/s.`);
  return value;
}
