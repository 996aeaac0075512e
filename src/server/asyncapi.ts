import { eventSchemas } from '../events/schemas.ts';
import type { JsonObject } from '../events/types.ts';
import { component } from './json-schema.ts';

/** JSON Schema 2020-12, which AsyncAPI's own schema dialect is not. */
const SCHEMA_FORMAT = 'application/schema+json;version=draft-2020-12';

/** The schema of each event type's data, by type: components of both descriptions. */
export function eventDataSchemas(): Readonly<Record<string, JsonObject>> {
  return Object.fromEntries(eventSchemas().map(({ type, schema }) => [type, schema]));
}

/** The AsyncAPI 3.0 document of the event stream: one message for each event type. */
export function asyncApiDocument(envelope: JsonObject, version: string): JsonObject {
  const data = eventDataSchemas();
  const types = Object.keys(data);
  const channel = { $ref: '#/channels/events' };
  return {
    asyncapi: '3.0.0',
    info: { title: 'Crossdock events', version },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      events: {
        address: '/v1/events/stream',
        description: 'Server-sent events; each id is a cursor, each data one CloudEvent.',
        messages: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
      },
    },
    operations: { sendEvents: { action: 'send', channel, summary: 'Every event, in the order of recording.' } },
    components: {
      messages: Object.fromEntries(types.map((type) => [type, messageOf(type, data[type]?.title ?? type)])),
      schemas: { Event: envelope, ...data },
    },
  };
}

function messageOf(type: string, summary: JsonObject[string]): JsonObject {
  const schema = {
    allOf: [component('Event'), { properties: { type: { const: type }, data: component(type) } }],
  };
  return { name: type, summary, payload: { schemaFormat: SCHEMA_FORMAT, schema } };
}
