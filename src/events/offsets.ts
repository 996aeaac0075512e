import { Temporal } from 'temporal-polyfill';

/** So many hours of each of so many zones are remembered. */
const HOURS_KEPT = 10_000;
const ZONES_KEPT = 64;
/** By zone the offsets of hours; null for an hour in which the clock is put forward or back. */
const zones = new Map<string, Map<string, string | null>>();

/**
 * A local time with the offset its zone has then. A time that a clock put forward skips moves on by what was skipped; of a
 * time that occurs twice the first is meant. Looking a zone up costs far more than the rest of an event, so hours are
 * remembered. Throws RangeError when there is no such zone.
 */
export function withOffset(local: string, zone: string): string {
  const hour = local.slice(0, 13);
  let offsets = zones.get(zone);
  if (offsets === undefined) {
    if (zones.size >= ZONES_KEPT) zones.clear();
    offsets = new Map();
    zones.set(zone, offsets);
  }
  let offset = offsets.get(hour);
  if (offset === undefined) {
    if (offsets.size >= HOURS_KEPT) offsets.clear();
    offset = offsetOfHour(hour, zone);
    offsets.set(hour, offset);
  }
  return offset === null ? lookUp(local, zone).text : local + offset;
}

function offsetOfHour(hour: string, zone: string): string | null {
  const first = lookUp(`${hour}:00:00`, zone);
  const last = lookUp(`${hour}:59:59`, zone);
  const steady =
    first.offset === last.offset && first.text.startsWith(`${hour}:00:00`) && last.text.startsWith(`${hour}:59:59`);
  return steady ? first.offset : null;
}

function lookUp(local: string, zone: string): { readonly text: string; readonly offset: string } {
  const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' });
  return { text: zoned.toPlainDateTime().toString() + zoned.offset, offset: zoned.offset };
}
