import type { Json, JsonObject } from '../events/types.ts';

/** Short ways to write the JSON Schemas of what the server answers. */

export const TEXT = { type: 'string' } as const;
export const COUNT = { type: 'integer', minimum: 0 } as const;
export const FLAG = { type: 'boolean' } as const;
/** RFC 3339 in UTC with milliseconds. */
export const TIME = { type: 'string', format: 'date-time' } as const;

/** An object whose listed fields are all there; `optional` ones may be missing. */
export function record(
  description: string,
  fields: Readonly<Record<string, JsonObject>>,
  optional: Readonly<Record<string, JsonObject>> = {},
): JsonObject {
  return { type: 'object', description, properties: { ...fields, ...optional }, required: Object.keys(fields) };
}

/** The same, or null. */
export function orNull(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

export function listOf(items: JsonObject): JsonObject {
  return { type: 'array', items };
}

export function oneOf(values: readonly Json[]): JsonObject {
  return { enum: values };
}

/** A schema among the components of the document. */
export function component(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** A page of a list of that component. */
export function pageSchema(name: string): JsonObject {
  return pageOfItems(component(name));
}

/** A page of a list of anything. */
export function pageOfItems(item: JsonObject): JsonObject {
  return record('A page; `next` is the cursor of the next one, null at the end.', {
    items: listOf(item),
    next: orNull(TEXT),
  });
}
