import { isList, isObject } from './json.ts';
import { momentKind } from './moment.ts';
import { withOffset } from './offsets.ts';
import { placeOf, valueAt } from './pointer.ts';
import type { Shape } from './shape.ts';
import type { Json, JsonObject } from './types.ts';
import { zoneOfPlace } from './zones.ts';

export type ZoneSource = 'location' | 'partner-default' | 'assumed-utc';

/** Which clock a local time was told by, and how we know. */
export interface Zone {
  readonly name: string;
  readonly source: ZoneSource;
}

/** The zone of the place at those steps; without one the partner's, without that UTC. */
export function zoneAt(data: JsonObject, place: readonly string[] | null, timezone: string | null): Zone {
  const found = place === null ? undefined : valueAt(data, place);
  const name = isObject(found) ? zoneOfPlace(found, timezone) : null;
  if (name !== null) return { name, source: 'location' };
  return timezone === null ? { name: 'UTC', source: 'assumed-utc' } : { name: timezone, source: 'partner-default' };
}

/**
 * Gives every local time in a value its offset; what has none to give comes back as it is, the same object. `entry` is the
 * entry of the innermost list around the value, or the data itself.
 */
export type ResolveMoments = (value: Json, data: JsonObject, entry: JsonObject, timezone: string | null) => Json;

/** Compiles the walk to the moments of a shape; null when the shape has none. */
export function compileMoments(shape: Shape): ResolveMoments | null {
  switch (shape.kind) {
    case 'moment':
      return momentResolver(shape.place);
    case 'list': {
      const entry = compileMoments(shape.items);
      return entry === null ? null : listResolver(entry);
    }
    case 'object': {
      const fields = [...shape.fields].flatMap(([name, field]) => {
        const resolve = compileMoments(field.shape);
        return resolve === null ? [] : [{ name, resolve }];
      });
      return fields.length === 0 ? null : objectResolver(fields);
    }
    case 'text':
    case 'number':
    case 'boolean':
    case 'enum':
      return null;
  }
}

function momentResolver(place: string | null): ResolveMoments {
  const { steps, inEntry } = placeOf(place);
  return (value, data, entry, timezone) =>
    typeof value === 'string' && momentKind(value) === 'local'
      ? withOffset(value, zoneAt(inEntry ? entry : data, steps, timezone).name)
      : value;
}

function listResolver(resolve: ResolveMoments): ResolveMoments {
  return (value, data, entry, timezone) => {
    if (!isList(value)) return value;
    let copy: Json[] | undefined;
    for (const [index, item] of value.entries()) {
      const resolved = resolve(item, data, isObject(item) ? item : entry, timezone);
      if (resolved === item) continue;
      copy ??= [...value];
      copy[index] = resolved;
    }
    return copy ?? value;
  };
}

interface FieldResolver {
  readonly name: string;
  readonly resolve: ResolveMoments;
}

function objectResolver(fields: readonly FieldResolver[]): ResolveMoments {
  return (value, data, entry, timezone) => {
    if (!isObject(value)) return value;
    let copy: Record<string, Json> | undefined;
    for (const { name, resolve } of fields) {
      const field = value[name];
      if (field === undefined) continue;
      const resolved = resolve(field, data, entry, timezone);
      if (resolved === field) continue;
      copy ??= { ...value };
      copy[name] = resolved;
    }
    return copy ?? value;
  };
}
