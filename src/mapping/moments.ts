import { daysIn } from '../edi/check/value.ts';
import { withOffset } from '../events/offsets.ts';
import { digitsAt, isDigits } from './numbers.ts';
import { TIME_ZONE_CODES } from './time-zone-codes.ts';

/** The documents of a day name few days, time and again: their texts by CCYYMMDD as a number. */
const days = new Map<number, string>();
const MOST_DAYS = 1000;

/**
 * Dates and times of documents as moments of events: `2026-12-04`, `2026-12-04T10:30:00` (local: the document names no
 * zone) or `2026-12-04T10:30:00-08:00`. All answer undefined for what is no date or time.
 */
export function readDate(text: string): string | undefined {
  const full = text.length === 6 ? `${text < '7' ? '20' : '19'}${text}` : text;
  if (full.length !== 8 || !isDigits(full)) return undefined;
  const number = digitsAt(full, 0, 8);
  const known = days.get(number);
  if (known !== undefined) return known;
  const day = digitsAt(full, 6, 2);
  if (day < 1 || day > daysIn(digitsAt(full, 0, 4), digitsAt(full, 4, 2))) return undefined;
  const date = `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6)}`;
  if (days.size === MOST_DAYS) days.clear();
  days.set(number, date);
  return date;
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
  const { length } = text;
  if (length < 4 || length === 5 || length > 8 || !isDigits(text)) return undefined;
  const sound = digitsAt(text, 0, 2) < 24 && digitsAt(text, 2, 2) < 60 && (length < 6 || digitsAt(text, 4, 2) < 60);
  return sound ? `${text.slice(0, 2)}:${text.slice(2, 4)}:${length < 6 ? '00' : text.slice(4, 6)}` : undefined;
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

/**
 * The ways to write a moment as date, time and zone code, best first: with the zone codes that have this offset, in universal
 * time, and by the clock of its place without a zone. Seconds of 00 are left out, or written where an element wants them. With one part only a date can
 * be written, with two only what `local` tells.
 */
export function writeDateTime(
  value: string,
  parts: number,
  local: (moment: string) => string | undefined,
): readonly (readonly string[])[] {
  const match = /^([0-9-]{10})(?:T([0-9:]{8})(Z|[+-][0-9]{2}:[0-9]{2})?)?$/.exec(value);
  const [, day = '', clock, offset] = match ?? [];
  if (clock === undefined) return dateAndClock(day, undefined, '');
  if (parts < 2) return [];
  const own = offset === undefined ? `${day}T${clock}` : local(value);
  const [ownDay = '', ownClock] = own?.split('T') ?? [];
  const marks = offset === undefined ? ['', 'LT'] : ['LT', ''];
  const byPlace = own === undefined ? [] : marks.flatMap((zone) => dateAndClock(ownDay, ownClock, zone));
  if (parts < 3 || offset === undefined) return byPlace.filter((texts) => parts > 2 || texts.length < 3);
  const meant = offset === 'Z' ? '+00:00' : offset;
  const codes = [...TIME_ZONE_CODES].filter(([, zone]) => isSoThere(`${day}T${clock}`, meant, zone));
  const [utcDay = '', utcClock] = universal(day, clock, meant).split('T');
  return [
    ...codes.flatMap(([code]) => dateAndClock(day, clock, code)),
    ...(meant === '+00:00' ? [] : dateAndClock(utcDay, utcClock, 'UT')),
    ...byPlace,
  ];
}

function dateAndClock(day: string, clock: string | undefined, zone: string): readonly (readonly string[])[] {
  const date = writeDate(day, 8);
  if (date === undefined) return [];
  if (clock === undefined) return [[date]];
  const whole = clock.replaceAll(':', '');
  const times = whole.endsWith('00') ? [whole.slice(0, 4), whole] : [whole];
  return times.map((time) => (zone === '' ? [date, time] : [date, time, zone]));
}

/** True where a zone code gives a local time that offset, and the clocks there do show that time: some are put forward past it. */
function isSoThere(local: string, offset: string, zone: string): boolean {
  if (zone === 'local') return false;
  return zone.includes('/') ? withOffset(local, zone) === `${local}${offset}` : zone === offset;
}

/** A local time with its offset, as universal time. */
function universal(day: string, clock: string, offset: string): string {
  const sign = offset.startsWith('-') ? -1 : 1;
  const minutes = sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  return new Date(Date.parse(`${day}T${clock}Z`) - minutes * 60_000).toISOString().slice(0, 19);
}
