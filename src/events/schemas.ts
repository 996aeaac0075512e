import { BODIES, DERIVED, definition, neededDefinitions } from './bodies.ts';
import { type Body, EVENT_TYPES, type EventType, eventType } from './event-types.ts';
import { isList, isObject } from './json.ts';
import type { Json, JsonObject } from './types.ts';

/** The published schema of one event type's data. */
export interface EventSchema {
  readonly type: string;
  /** Full version; its major is the one in the type's name. */
  readonly version: string;
  /** JSON Schema 2020-12, complete in itself. */
  readonly schema: JsonObject;
}

const dataschemas = new Map<EventType, string>();

/** The name of a type's schema, as events carry it in `dataschema`. A name: nothing is fetched from there. */
export function dataschemaOf(entry: EventType): string {
  let name = dataschemas.get(entry);
  if (name === undefined) {
    name = `https://crossdock.dev/schemas/${entry.type}/${entry.version}`;
    dataschemas.set(entry, name);
  }
  return name;
}

/** The schema of a body with the derived views and every definition it needs inside. */
export function bodySchema(body: Body): JsonObject {
  const own = BODIES[body];
  const properties = { ...DERIVED, ...(isObject(own.properties) ? own.properties : {}) };
  const names = [...neededDefinitions(properties)].sort();
  const $defs = Object.fromEntries(names.map((name) => [name, withLocalRefs(definition(name))]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...own,
    properties: withLocalRefs(properties),
    $defs,
  };
}

/** Every event type with its schema, in the order of the register. */
export function eventSchemas(): readonly EventSchema[] {
  return EVENT_TYPES.map(published);
}

/** The schema of one event type, undefined when there is no such type. */
export function eventSchema(type: string): EventSchema | undefined {
  const entry = eventType(type);
  return entry === undefined ? undefined : published(entry);
}

function published(entry: EventType): EventSchema {
  const { $schema, description, ...rest } = bodySchema(entry.body);
  const head = { $schema: $schema ?? null, $id: dataschemaOf(entry), title: entry.title };
  const schema = { ...head, description: description ?? null, 'x-classifier': entry.classifier, ...rest };
  return { type: entry.type, version: entry.version, schema };
}

/** References to the common file become references into the schema itself. */
function withLocalRefs(schema: Json): Json {
  if (isList(schema)) return schema.map(withLocalRefs);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? value.replace('common.json#', '#') : withLocalRefs(value),
    ]),
  );
}
