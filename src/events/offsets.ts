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

/**
 * The inverse: an instant, in milliseconds, as the clock of a zone shows it, to the second. Undefined where that would be read
 * as another instant: a clock that is put back shows an hour twice. Throws RangeError when there is no such zone.
 */
export function withoutOffset(instant: number, zone: string): string | undefined {
  const isReadSo = (local: string): boolean => {
    const read = withOffset(local, zone);
    return read.startsWith(local) && Date.parse(read) === instant;
  };
  // The offset of the same figures in universal time is that of the instant, but near a change of the clock.
  const near = textOf(2 * instant - Date.parse(withOffset(textOf(instant), zone)));
  if (isReadSo(near)) return near;
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const local = zoned.toPlainDateTime().toString({ smallestUnit: 'second' });
  return isReadSo(local) ? local : undefined;
}

function textOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
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
