import type { EventContext } from './context.ts';
import { isPublishedMoment, momentKind } from './moment.ts';
import { placedIn, type ZoneSource, zoneAt } from './moments.ts';
import { valueAt } from './pointer.ts';
import type { JsonObject } from './types.ts';

/** When an event happened: the derived view `when`. */
export type EventTime = {
  /** RFC 3339 with offset; of a date its midnight. */
  readonly eventTime: string;
  readonly precision: 'date' | 'minute' | 'second';
  readonly tzSource: 'given' | ZoneSource;
};

/** The time of an event, and whether events may publish such a moment (see `PlacedMoment`). */
export interface TimeFound {
  readonly when: EventTime;
  readonly published: boolean;
}

/** A field that may say the event's time, and the place whose clock it is told by. */
export interface TimeField {
  readonly steps: readonly string[];
  readonly place: readonly string[] | null;
}

/**
 * The event's time in the world: the first of the fields that has one, else the interchange's time, else the moment the
 * file came in. A date-only time is the midnight of its zone.
 */
export function eventTimeOf(data: JsonObject, fields: readonly TimeField[], context: EventContext): TimeFound {
  for (const { steps, place } of fields) {
    const value = valueAt(data, steps);
    const time = typeof value === 'string' ? placed(value, data, place, context.timezone) : undefined;
    if (time !== undefined) return time;
  }
  const { documentTime, receivedAt, timezone } = context;
  const told = documentTime === null ? undefined : placed(documentTime, data, null, timezone);
  if (told !== undefined) return told;
  const eventTime = new Date(receivedAt).toISOString();
  return { when: { eventTime, precision: 'second', tzSource: 'assumed-utc' }, published: isPublishedMoment(eventTime) };
}

function placed(
  text: string,
  data: JsonObject,
  place: readonly string[] | null,
  timezone: string | null,
): TimeFound | undefined {
  const kind = momentKind(text);
  if (kind === undefined) return undefined;
  const precision = kind === 'date' ? 'date' : text.slice(17, 19) === '00' ? 'minute' : 'second';
  if (kind === 'instant') return { when: { eventTime: text, precision, tzSource: 'given' }, published: true };
  const zone = zoneAt(data, place, timezone);
  const local = kind === 'date' ? `${text}T00:00:00` : text;
  const { text: eventTime, published } = placedIn(local, zone.name);
  return { when: { eventTime, precision, tzSource: zone.source }, published };
}
