import { isObject } from './json.ts';
import { zoneAt } from './moments.ts';
import { valueAt } from './pointer.ts';
import type { Shape } from './shape.ts';
import type { Json, JsonObject } from './types.ts';

const FIELDS = 'name code idQualifier gln street city state postalCode country latitude longitude'.split(' ');

/**
 * The derived view `where`: the place or party at those steps, with its zone where it settles one. Undefined when the data
 * names no place.
 */
export function whereOf(
  data: JsonObject,
  steps: readonly string[] | null,
  timezone: string | null,
): JsonObject | undefined {
  const place = steps === null ? undefined : valueAt(data, steps);
  if (!isObject(place)) return undefined;
  const where: Record<string, Json> = {};
  for (const field of FIELDS) {
    const value = place[field];
    if (value !== undefined) where[field] = value;
  }
  if (Object.keys(where).length === 0) return undefined;
  const zone = zoneAt(data, steps, timezone);
  if (zone.source === 'location') where.timezone = zone.name;
  return where;
}

/** True where all that a place of this shape says is what `where` may say. */
export function isPlaceShape(shape: Shape | undefined): boolean {
  if (shape?.kind !== 'object') return false;
  return FIELDS.every((name) => {
    const field = shape.fields.get(name)?.shape;
    const text = name === 'street' && field?.kind === 'list' ? field.items : field;
    return field === undefined || (text?.kind === 'text' && (name === 'street') === (field.kind === 'list'));
  });
}
