import type { FeedEvent } from '../ledger/types.ts';
import type { Explanation } from '../mapping/explain.ts';
import { feedCursor, feedPosition } from './cursors.ts';
import type { EventStreams } from './event-stream.ts';
import { COUNT, component, listOf, oneOf, orNull, pageSchema, record, TEXT, TIME } from './json-schema.ts';
import { flag, inPath, PAGE_DEFAULT, pageLimit, text } from './parameters.ts';
import { notFound } from './problem-responses.ts';
import { json, type Route, route } from './route.ts';
import type { OperationsSources } from './sources.ts';

export const EVENT_SCHEMAS = {
  Event: record(
    'A CloudEvent 1.0. Its `data` has the schema named like its type.',
    {
      specversion: { const: '1.0' },
      id: TEXT,
      source: TEXT,
      type: TEXT,
      subject: TEXT,
      time: { ...TEXT, description: 'When it happened in the world, with offset.' },
      datacontenttype: { const: 'application/json' },
      dataschema: TEXT,
      partnerid: TEXT,
      correlationid: { ...TEXT, description: 'Id of the file.' },
      causationid: { ...TEXT, description: 'Id of the document.' },
      classifier: oneOf(['planned', 'estimated', 'actual', 'requested']),
      receivedtime: TIME,
      mapversion: TEXT,
      sequence: { ...TEXT, description: 'Counted for each subject.' },
      data: { type: 'object', additionalProperties: true },
    },
    {
      supersedes: { ...TEXT, description: 'Id of the event told before whose place it takes.' },
      originalid: { ...TEXT, description: 'Id under which it was told first.' },
    },
  ),
  EventFeed: record('Events in the order of recording; `next` goes on after them, also when there are none yet.', {
    items: listOf(component('Event')),
    next: TEXT,
  }),
  Explanation: record('Where the value of a field stood.', {
    event: TEXT,
    field: { ...TEXT, description: 'JSON Pointer into data.' },
    value: { type: ['string', 'number'] },
    raw: TEXT,
    map: record('The rule.', { file: TEXT, line: COUNT }),
    overlay: orNull(TEXT),
    segment: { ...TEXT, description: 'Tag of the segment.' },
    position: { ...COUNT, description: 'Of the segment in its document, ST or UNH being 1.' },
    element: COUNT,
    component: orNull(COUNT),
    bytes: { ...listOf(COUNT), description: 'From and to in the file, end exclusive.' },
  }),
  ExplanationPage: pageSchema('Explanation'),
} as const;

const FILTERS = {
  type: text('An event type; a trailing * matches any ending.', 'logistics.transport.*', { pattern: '^[^*]*\\*?$' }),
  subject: text('What the events are about.', 'shipment/SHP-1001'),
  partner: text('Id of a partner.', 'acme-3pl'),
  document: text('Id of the document that the events came from.', 'doc_01'),
  test: flag('True gives the events of test interchanges only; otherwise they are left out.'),
} as const;

const AFTER = text(
  'The "next" of a page, or the id of a streamed event; without it from the beginning.',
  'ZXZlbnRzOjA',
);

const EVENT_ID = inPath('Id of the event.', 'c5f00cd906ead901f01a2d35e923ac2d');

/** The feed, the stream, and single events. */
export function eventRoutes(sources: OperationsSources, streams: EventStreams): readonly Route[] {
  const { ledger, lineage } = sources;

  async function eventOf(id: string) {
    const found = await ledger.event(id);
    if (found === null) throw notFound(`event "${id}"`);
    return found;
  }

  const feed = route({
    path: '/v1/events',
    operation: 'readEvents',
    summary: 'The event feed, oldest first, from a cursor on.',
    parameters: { after: AFTER, limit: pageLimit(1000), ...FILTERS },
    answer: json('Events', component('EventFeed')),
    handle: async ({ after, limit = PAGE_DEFAULT, ...filter }, response) => {
      const start = after === undefined ? 0 : feedPosition(after);
      const found = await ledger.events(filter, start, limit);
      const next = JSON.stringify(feedCursor(found.at(-1)?.position ?? start));
      response.type('json').send(`{"items":[${found.map(({ json }) => json).join()}],"next":${next}}`);
    },
  });

  const stream = route({
    path: '/v1/events/stream',
    operation: 'streamEvents',
    summary: 'The event feed as server-sent events; the header Last-Event-ID goes on after an event.',
    parameters: { after: AFTER, ...FILTERS },
    answer: {
      description: 'Each id is a cursor, each data an Event as JSON. A comment every 15 seconds when nothing happens.',
      mediaType: 'text/event-stream',
      schema: TEXT,
    },
    handle: async ({ after, ...filter }, response, request) => {
      const cursor = request.get('last-event-id') || after;
      const start = cursor === undefined ? 0 : feedPosition(cursor);
      if (request.method === 'HEAD') response.type('text/event-stream').end();
      else await streams.send(filter, start, response);
    },
  });

  const single = route({
    path: '/v1/events/{id}',
    operation: 'getEvent',
    summary: 'One event.',
    parameters: { id: EVENT_ID },
    answer: json('The event', component('Event')),
    handle: async ({ id }, response) => {
      response.type('json').send((await eventOf(id)).json);
    },
  });

  return [feed, stream, single, ...(lineage === undefined ? [] : [lineageRoute(lineage, eventOf)])];
}

function lineageRoute(
  lineage: (eventId: string) => Promise<readonly Explanation[]>,
  eventOf: (id: string) => Promise<FeedEvent>,
): Route {
  return route({
    path: '/v1/events/{id}/lineage',
    operation: 'explainEvent',
    summary: 'For each field of an event its map line and its bytes in the stored file.',
    parameters: { id: EVENT_ID },
    answer: json('The fields', component('ExplanationPage')),
    handle: async ({ id }, response) => {
      const { event } = await eventOf(id);
      const fields = await lineage(event.id);
      response.json({ items: fields, next: null });
    },
  });
}
