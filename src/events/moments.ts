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

/** A moment with its offset. */
export interface PlacedMoment {
  /** A local time with the offset of its place; any other text as it is. */
  readonly text: string;
  /** Whether it is a date, or a date and time with offset, as events publish them. */
  readonly published: boolean;
}

/** How long an offset is: `-08:00`. That of a zone before it kept whole minutes is longer, and cannot be published. */
const OFFSET_LENGTH = 6;

/** A local time with the offset of a zone. */
export function placedIn(local: string, zone: string): PlacedMoment {
  const text = withOffset(local, zone);
  return { text, published: text.length === local.length + OFFSET_LENGTH };
}

/** Gives a local time the offset of the place at those steps. */
export function momentAt(
  text: string,
  data: JsonObject,
  place: readonly string[] | null,
  timezone: string | null,
): PlacedMoment {
  const kind = momentKind(text);
  if (kind === 'local') return placedIn(text, zoneAt(data, place, timezone).name);
  return { text, published: kind !== undefined };
}
