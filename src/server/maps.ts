import type { CompiledMap } from '../mapping/types.ts';
import { pageInMemory } from './cursors.ts';
import { component, listOf, oneOf, pageSchema, record, TEXT } from './json-schema.ts';
import { PAGE_DEFAULT, PAGING } from './parameters.ts';
import { json, type Route, route } from './route.ts';
import type { OperationsSources } from './sources.ts';

export const MAP_SCHEMAS = {
  Map: record('A map that is ready to read documents.', {
    pin: TEXT,
    name: TEXT,
    version: TEXT,
    document: record('What it reads.', {
      standard: oneOf(['x12', 'edifact', 'json', 'xml', 'csv']),
      set: TEXT,
      release: TEXT,
      group: TEXT,
    }),
    eventTypes: listOf(TEXT),
  }),
  MapPage: pageSchema('Map'),
} as const;

/** The maps of the configuration in use. */
export function mapRoutes({ maps }: OperationsSources): readonly Route[] {
  const list = route({
    path: '/v1/maps',
    operation: 'listMaps',
    summary: 'Maps, by pin.',
    parameters: PAGING,
    answer: json('Maps', component('MapPage')),
    handle: async ({ after, limit = PAGE_DEFAULT }, response) => {
      const { items, next } = pageInMemory(maps().maps, ({ pin }) => pin, after, limit);
      response.json({ items: items.map(mapView), next });
    },
  });
  return [list];
}

/** Without what only the program can use. */
function mapView({ pin, name, version, document: { standard, set, release, group }, eventTypes }: CompiledMap) {
  return { pin, name, version, document: { standard, set, release, group }, eventTypes };
}
