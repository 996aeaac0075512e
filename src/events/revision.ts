import { hash } from 'node:crypto';
import { eventType } from './event-types.ts';
import { isObject } from './json.ts';
import { dataschemaOf } from './schemas.ts';
import type { CanonicalEvent, Json, JsonObject } from './types.ts';

/** Says that an event no longer holds. */
export const WITHDRAWN = 'logistics.exchange.event-withdrawn.v1';
/** Says that a document came in; whatever a map makes of it later, it did. */
export const DOCUMENT_RECEIVED = 'logistics.exchange.document-received.v1';

/** What an event tells consumers, without how it came to be told. */
export function newsOf({ type, subject, time, classifier, data }: CanonicalEvent): JsonObject {
  return { type, subject, time, classifier, data };
}

/** True when two events tell the same; neither ids, nor the map, nor the file they came in matter. */
export function tellSame(one: CanonicalEvent, other: CanonicalEvent): boolean {
  return inOrder(newsOf(one)) === inOrder(newsOf(other));
}

/**
 * The event that takes the place of one told before, when its document was read again with another result. Its id is made of
 * the first id, how often it was told anew, and what it says: the same correction gives the same id.
 */
export function revisedEvent(event: CanonicalEvent, before: CanonicalEvent, revision: number): CanonicalEvent {
  const originalid = before.originalid ?? before.id;
  const id = hash('sha256', JSON.stringify([originalid, revision, inOrder(newsOf(event))]), 'hex').slice(0, 32);
  return { ...event, id, originalid, supersedes: before.id };
}

/** What tells that an event no longer holds, to those who read its subject. `mapversion` is the map that no longer says it. */
export function withdrawalOf(event: CanonicalEvent, mapversion: string): Omit<CanonicalEvent, 'sequence'> {
  const entry = eventType(WITHDRAWN);
  if (entry === undefined) throw new Error(`There is no event type ${WITHDRAWN}.`);
  const { sequence: _sequence, ...rest } = event;
  const { refs, when } = event.data;
  const data = {
    eventId: event.id,
    eventType: event.type,
    ...(refs === undefined ? {} : { refs }),
    ...(when === undefined ? {} : { when }),
    classifier: event.classifier,
  };
  return { ...rest, type: WITHDRAWN, dataschema: dataschemaOf(entry), mapversion, data };
}

/** The value as text that does not depend on the order of its keys. */
function inOrder(value: Json): string {
  return JSON.stringify(value, (_key, part: Json) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
