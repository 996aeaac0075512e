import type { JsonObject } from '../events/types.ts';
import { MOST_RATE, type ReplayRequest, replayView, USUAL_RATE } from '../inbound/replay-request.ts';
import type { ReplayRow } from '../ledger/replay-types.ts';
import type { DocumentState } from '../ledger/types.ts';
import { OPERATOR } from './authorize.ts';
import { STATES } from './common-schemas.ts';
import { COUNT, component, FLAG, listOf, oneOf, orNull, pageSchema, record, TEXT, TIME } from './json-schema.ts';
import { inPath, PAGE_DEFAULT, PAGING } from './parameters.ts';
import { notFound } from './problem-responses.ts';
import { json, postRoute, type Route, route } from './route.ts';
import type { OperationsSources } from './sources.ts';

const ANYTHING: JsonObject = { description: 'Any value.' };
const FILLED = { type: 'string', minLength: 1 } as const;
const MOMENT = { type: 'string', format: 'moment' } as const;

const FILTER_FIELDS = {
  document: { ...FILLED, description: 'Id of one document.' },
  partner: FILLED,
  type: { ...FILLED, description: 'Set or message type, such as 945.' },
  state: oneOf(STATES),
  ref: { ...FILLED, description: 'A business reference or control number.' },
  file: { ...FILLED, description: 'Id of a file.' },
  from: { ...MOMENT, description: 'Received at or after this date or time.' },
  to: { ...MOMENT, description: 'Received before it.' },
};

/** What `POST /v1/replays` takes. */
interface RequestBody {
  readonly document?: string;
  readonly partner?: string;
  readonly type?: string;
  readonly state?: DocumentState;
  readonly ref?: string;
  readonly file?: string;
  readonly from?: string;
  readonly to?: string;
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly rate?: number;
  readonly because?: string;
}

const REQUEST: JsonObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...FILTER_FIELDS,
    map: { ...FILLED, description: 'Version to read them with; without it what the agreements pin.' },
    dryRun: { ...FLAG, description: 'Compares only, and changes nothing.' },
    rate: { type: 'integer', minimum: 1, maximum: MOST_RATE, default: USUAL_RATE, description: 'Documents a second.' },
    because: { type: 'string', maxLength: 500, description: 'Why, for the audit log.' },
  },
};

export const REPLAY_SCHEMAS = {
  Replay: record('A request to read stored documents again, and how far it has come.', {
    id: TEXT,
    state: oneOf(['waiting', 'running', 'done', 'cancelled']),
    actor: TEXT,
    because: TEXT,
    filter: record('Which documents.', {}, { ...FILTER_FIELDS, from: TIME, to: TIME }),
    map: orNull(TEXT),
    dryRun: FLAG,
    rate: COUNT,
    total: { ...COUNT, description: 'Documents when it was asked for; 100,000 stands for more.' },
    done: COUNT,
    createdAt: TIME,
    endedAt: orNull(TIME),
    report: component('ReplayReport'),
  }),
  ReplayPage: pageSchema('Replay'),
  ReplayReport: record('What reading again came to.', {
    documents: record('Documents.', { unchanged: COUNT, changed: COUNT, refused: COUNT, passedOver: COUNT }),
    events: record('Events.', { same: COUNT, changed: COUNT, new: COUNT, withdrawn: COUNT }),
    groups: listOf(
      record('What happened to many in the same way.', {
        what: oneOf(['changed', 'new', 'withdrawn', 'refused', 'passed-over', 'settled']),
        name: { ...TEXT, description: 'An event type; of documents the reason or the state.' },
        field: { ...TEXT, description: 'The field that changed, * for any entry; empty for the whole.' },
        count: COUNT,
        examples: listOf(record('One.', { document: TEXT, before: ANYTHING, after: ANYTHING, text: TEXT })),
      }),
    ),
    ungrouped: { ...COUNT, description: 'What fell into no group, as there are too many.' },
  }),
} as const;

const REPLAY_ID = inPath('Id of the replay.', 'rpl_01');
const ONE = json('The replay', component('Replay'));

/** Reading stored documents again. */
export function replayRoutes(
  { ledger, clock }: Pick<OperationsSources, 'ledger' | 'clock'>,
  request: (request: ReplayRequest) => Promise<ReplayRow>,
): readonly Route[] {
  const list = route({
    path: '/v1/replays',
    operation: 'listReplays',
    summary: 'Replays, newest first.',
    parameters: PAGING,
    answer: json('Replays', component('ReplayPage')),
    handle: async ({ after = null, limit = PAGE_DEFAULT }, response) => {
      const { items, next } = await ledger.replays(after, limit);
      response.json({ items: items.map(replayView), next });
    },
  });

  const start = postRoute<Record<never, never>, RequestBody>({
    path: '/v1/replays',
    operation: 'requestReplay',
    summary: 'Reads stored documents again, or compares what they would give.',
    parameters: {},
    body: REQUEST,
    status: 202,
    answer: ONE,
    handle: async (_input, body, response) => {
      const { document, from, to, map = null, dryRun = false, rate = USUAL_RATE, because = '', ...rest } = body;
      const filter = {
        ...rest,
        ...(document === undefined ? {} : { id: document }),
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      };
      const row = await request({ filter, map, dryRun, rate, because, actor: OPERATOR });
      response.set('location', `/v1/replays/${encodeURIComponent(row.id)}`).json(replayView(row));
    },
  });

  const single = route({
    path: '/v1/replays/{id}',
    operation: 'getReplay',
    summary: 'One replay: how far it has come, and what it found.',
    parameters: { id: REPLAY_ID },
    answer: ONE,
    handle: async ({ id }, response) => {
      const row = await ledger.replay(id);
      if (row === null) throw notFound(`replay "${id}"`);
      response.json(replayView(row));
    },
  });

  const cancel = postRoute<{ readonly id: typeof REPLAY_ID }, Record<never, never>>({
    path: '/v1/replays/{id}/cancel',
    operation: 'cancelReplay',
    summary: 'Ends a replay where it is; what was done stays.',
    parameters: { id: REPLAY_ID },
    body: { type: 'object', additionalProperties: false },
    answer: ONE,
    handle: async ({ id }, _body, response) => {
      const row = await ledger.cancelReplay(id, OPERATOR, clock.now());
      if (row === null) throw notFound(`replay "${id}"`);
      response.json(replayView(row));
    },
  });
  return [list, start, single, cancel];
}
