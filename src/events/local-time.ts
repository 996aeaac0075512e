import { Temporal } from 'temporal-polyfill';
import { zoneAt } from './moments.ts';
import { withoutOffset } from './offsets.ts';
import { placeOf } from './pointer.ts';
import type { JsonObject } from './types.ts';

/**
 * The inverse of giving local times their offset: a moment with an offset as the clock shows it at the place that the pointer
 * leads to, from the data or from the entry of the list that the moment is in (else in the partner's zone, else in UTC),
 * `2026-12-04T10:30:00`. Undefined where that clock shows this time twice and it would be read as the other one. Throws
 * RangeError when the partner's timezone does not exist.
 */
export function localTimeOf(
  moment: string,
  data: JsonObject,
  entry: JsonObject,
  place: string | null,
  timezone: string | null,
): string | undefined {
  const { steps, inEntry } = placeOf(place);
  const zone = zoneAt(inEntry ? entry : data, steps, timezone).name;
  return withoutOffset(Temporal.Instant.from(moment).epochMilliseconds, zone);
}
