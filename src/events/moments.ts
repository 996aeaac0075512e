import { isObject } from './json.ts';
import { momentKind } from './moment.ts';
import { withOffset } from './offsets.ts';
import { valueAt } from './pointer.ts';
import type { JsonObject } from './types.ts';
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

/** A local time with the offset of the place at those steps; any other text as it is. */
export function momentAt(
  text: string,
  data: JsonObject,
  place: readonly string[] | null,
  timezone: string | null,
): string {
  return momentKind(text) === 'local' ? withOffset(text, zoneAt(data, place, timezone).name) : text;
}
