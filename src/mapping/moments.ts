import { withOffset } from '../events/offsets.ts';
import { TIME_ZONE_CODES } from './time-zone-codes.ts';

/**
 * Dates and times of documents as moments of events: `2026-12-04`, `2026-12-04T10:30:00` (local: the document names no
 * zone) or `2026-12-04T10:30:00-08:00`. All answer undefined for what is no date or time.
 */
export function readDate(text: string): string | undefined {
  const full = text.length === 6 ? `${Number(text.slice(0, 2)) < 70 ? '20' : '19'}${text}` : text;
  if (!/^[0-9]{8}$/.test(full)) return undefined;
  const year = Number(full.slice(0, 4));
  const month = Number(full.slice(4, 6));
  const day = Number(full.slice(6, 8));
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}`;
}

/** CCYYMMDD, or YYMMDD where the element has room for six digits only. */
export function writeDate(value: string, max: number): string | undefined {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value);
  if (match === null) return undefined;
  const text = `${match[1]}${match[2]}${match[3]}`;
  return max >= 8 ? text : text.slice(2);
}

/** HHMM, HHMMSS or with decimal seconds, which are dropped. Hour 24 is the end of no day here. */
export function readTime(text: string): string | undefined {
  if (!/^[0-9]{4}(?:[0-9]{2,4})?$/.test(text)) return undefined;
  const [hour, minute, second] = [text.slice(0, 2), text.slice(2, 4), text.slice(4, 6) || '00'];
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 ? `${hour}:${minute}:${second}` : undefined;
}

/** A date alone stays a date. A zone code gives the offset; LT and none leave the time local. */
export function readDateTime(date: string, time: string, zone: string): string | undefined {
  const day = readDate(date);
  if (day === undefined || time === '') return day;
  const clock = readTime(time);
  if (clock === undefined) return undefined;
  const local = `${day}T${clock}`;
  const meaning = zone === '' ? 'local' : TIME_ZONE_CODES.get(zone);
  if (meaning === undefined) return undefined;
  if (meaning === 'local') return local;
  return meaning.includes('/') ? withOffset(local, meaning) : local + meaning;
}

/** Date, time and zone code; the zone is left out for a local time, and seconds where they are 00. */
export function writeDateTime(value: string): readonly string[] | undefined {
  const match = /^([0-9-]{10})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?)?$/.exec(value);
  const day = match?.[1] === undefined ? undefined : writeDate(match[1], 8);
  if (match === null || day === undefined) return undefined;
  const [, , hour, minute, second, offset] = match;
  if (hour === undefined) return [day];
  const clock = `${hour}${minute}${second === '00' ? '' : second}`;
  if (offset === undefined) return [day, clock];
  const meant = offset === 'Z' ? '+00:00' : offset;
  const code = [...TIME_ZONE_CODES].find(([, meaning]) => meaning === meant)?.[0];
  return code === undefined ? undefined : [day, clock, code];
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
