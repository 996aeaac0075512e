import type { JsonObject } from '../events/types.ts';
import type { AcceptedEvent } from '../outbound/accept.ts';
import { component, listOf, record, TEXT } from './json-schema.ts';
import { json, postRoute, type Route } from './route.ts';
import { sentDocumentDetail } from './sent-documents.ts';

/** An event of ten thousand lines fits; what is larger is no event. */
const LARGEST = 4 * 1024 * 1024;

const EVENT: JsonObject = {
  type: 'object',
  description: 'A CloudEvent 1.0 in structured JSON. Its data must fit the schema of its type, see /v1/schemas.',
  properties: {
    specversion: { const: '1.0' },
    id: { ...TEXT, description: 'The idempotency key: the same event may be sent any number of times.' },
    source: TEXT,
    type: { ...TEXT, description: 'Such as logistics.warehouse-order.released.v1.' },
    partnerid: { ...TEXT, description: 'Whom it is for; may be left out where only one partner is sent such events.' },
    data: { type: 'object' },
  },
};

export const OUTBOUND_SCHEMAS = {
  AcceptedEvent: record('An event that is durable, and the documents made of it.', {
    eventId: TEXT,
    partnerId: TEXT,
    documents: listOf(component('SentDocumentDetail')),
  }),
} as const;

/** Events for partners. Faults of an event are told by the road, by our codes; here it must be an object. */
export function outboundRoutes(send: (event: JsonObject) => Promise<AcceptedEvent>): readonly Route[] {
  const post = postRoute<Record<never, never>, JsonObject>({
    path: '/v1/outbound',
    operation: 'sendEvent',
    summary: 'Sends an event to a partner as the document that was agreed on.',
    parameters: {},
    body: EVENT,
    checked: { type: 'object' },
    largest: LARGEST,
    status: 202,
    answer: json('The event is durable and will be sent', component('AcceptedEvent')),
    handle: async (_input, event, response) => {
      const { documents, ...accepted } = await send(event);
      response.json({ ...accepted, documents: documents.map(sentDocumentDetail) });
    },
  });
  return [post];
}
