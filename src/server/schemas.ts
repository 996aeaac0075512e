import { GatewayError } from '../errors.ts';
import { eventSchema, eventSchemas } from '../events/schemas.ts';
import { didYouMean } from '../util/suggest.ts';
import { pageInMemory } from './cursors.ts';
import { component, pageSchema, record, TEXT } from './json-schema.ts';
import { inPath, PAGE_DEFAULT, PAGING } from './parameters.ts';
import { type Answer, json, type Route, route } from './route.ts';

export const SCHEMA_SCHEMAS = {
  SchemaEntry: record('A published event schema.', {
    type: TEXT,
    version: TEXT,
    link: { ...TEXT, description: 'Where the schema is served.' },
  }),
  SchemaEntryPage: pageSchema('SchemaEntry'),
} as const;

const SCHEMA: Answer = {
  description: 'JSON Schema 2020-12 of the data of events of this type.',
  mediaType: 'application/schema+json',
  schema: { type: 'object', additionalProperties: true },
};

/** The published schemas of the event types. */
export function schemaRoutes(): readonly Route[] {
  const entries = eventSchemas().map(({ type, version }) => ({ type, version, link: `/v1/schemas/${type}` }));

  const list = route({
    path: '/v1/schemas',
    operation: 'listSchemas',
    summary: 'Event types with the version of their schema.',
    parameters: PAGING,
    answer: json('Schemas', component('SchemaEntryPage')),
    handle: async ({ after, limit = PAGE_DEFAULT }, response) => {
      response.json(pageInMemory(entries, ({ type }) => type, after, limit));
    },
  });

  const single = route({
    path: '/v1/schemas/{type}',
    operation: 'getSchema',
    summary: 'The schema of one event type.',
    parameters: { type: inPath('The event type.', 'logistics.shipment.advised.v1') },
    answer: SCHEMA,
    handle: async ({ type }, response) => {
      const found = eventSchema(type);
      if (found === undefined) {
        const known = entries.map((entry) => entry.type);
        throw new GatewayError('NOT_FOUND', `There is no event type "${type}". ${didYouMean(type, known)}`);
      }
      response.type(SCHEMA.mediaType).send(JSON.stringify(found.schema));
    },
  });

  return [list, single];
}
