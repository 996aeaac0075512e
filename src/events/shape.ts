import { BODIES, resolved } from './bodies.ts';
import { type Body, eventType } from './event-types.ts';
import { entriesOf, isObject, textsOf } from './json.ts';
import type { JsonObject } from './types.ts';

/** What a field may hold, references resolved: what maps are checked against. Derived views are left out. */
export type Shape =
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, ShapeField> }
  | { readonly kind: 'list'; readonly items: Shape }
  | { readonly kind: 'text' }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  /** A date, or a date and time; `place` is the pointer to the place whose clock it is told by. */
  | { readonly kind: 'moment'; readonly place: string | null }
  | { readonly kind: 'enum'; readonly values: readonly string[] };

export interface ShapeField {
  readonly shape: Shape;
  readonly required: boolean;
}

const shapes = new Map<Body, Shape>();

/** The shape of an event type's data, undefined when there is no such type. Types of one body share one shape object. */
export function shapeOf(type: string): Shape | undefined {
  const entry = eventType(type);
  return entry === undefined ? undefined : shapeOfBody(entry.body);
}

/** The shape of a body. */
export function shapeOfBody(body: Body): Shape {
  const known = shapes.get(body);
  if (known !== undefined) return known;
  const shape = shapeOfSchema(BODIES[body]);
  shapes.set(body, shape);
  return shape;
}

function shapeOfSchema(reference: JsonObject): Shape {
  const schema = resolved(reference);
  if (schema.enum !== undefined) return { kind: 'enum', values: textsOf(schema.enum) };
  switch (schema.type) {
    case 'object': {
      const required = new Set(textsOf(schema.required));
      const fields = new Map<string, ShapeField>();
      for (const [name, field] of entriesOf(schema.properties)) {
        if (isObject(field)) fields.set(name, { shape: shapeOfSchema(field), required: required.has(name) });
      }
      return { kind: 'object', fields };
    }
    case 'array':
      return { kind: 'list', items: shapeOfSchema(isObject(schema.items) ? schema.items : {}) };
    case 'number':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    default: {
      if (schema.format !== 'moment') return { kind: 'text' };
      const place = schema['x-place'];
      return { kind: 'moment', place: typeof place === 'string' ? place : null };
    }
  }
}
