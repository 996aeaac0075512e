import { readDate, readTime } from './moments.ts';

/**
 * Moments of EDIFACT: the text of element 2380 and the format of 2379 (UN code list 2379), as moments of events. Years of two
 * digits are those of 1970 to 2069. Formats that name a period, a week or a duration are no moment.
 */
export function readFormatted(text: string, format: string): string | undefined {
  const digits = /^[0-9]*/.exec(text)?.[0] ?? '';
  const zone = text.slice(digits.length);
  const form = FORMATS.get(format === '' ? (BY_LENGTH.get(digits.length) ?? '') : format);
  if (form === undefined || digits.length !== form.date + form.time) return undefined;
  const day = readDate(digits.slice(0, form.date));
  if (day === undefined) return undefined;
  if (form.time === 0) return zone === '' ? day : undefined;
  const clock = readTime(digits.slice(form.date));
  const offset = form.zone === 'none' ? (zone === '' ? '' : undefined) : offsetOf(zone, form.zone);
  return clock === undefined || offset === undefined ? undefined : `${day}T${clock}${offset}`;
}

/**
 * The ways to write a moment as text and format, best first: by the clock of its place, as partners do; then with its offset,
 * and in universal time.
 */
export function writeFormatted(
  value: string,
  local: (moment: string) => string | undefined,
): readonly (readonly string[])[] {
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return [[value.replaceAll('-', ''), '102']];
  const [, own, offset = ''] = /^([0-9-]{10}T[0-9:]{8})(Z|[+-][0-9]{2}:[0-9]{2})?$/.exec(value) ?? [];
  if (own === undefined) return [];
  const byPlace = offset === '' ? own : local(value);
  const ways = byPlace === undefined ? [] : [withSeconds(digitsOf(byPlace))];
  if (offset === '') return ways;
  const seconds = !own.endsWith(':00');
  const withOffset = seconds
    ? []
    : [[`${digitsOf(own).slice(0, 12)}${offset === 'Z' ? '+0000' : offset.replace(':', '')}`, '205']];
  const universal = digitsOf(new Date(Date.parse(value)).toISOString().slice(0, 19));
  return [...ways, ...withOffset, seconds ? [`${universal}UTC`, '304'] : [`${universal.slice(0, 12)}UTC`, '303']];
}

function digitsOf(local: string): string {
  return local.replace(/[-T:]/g, '');
}

function withSeconds(digits: string): readonly string[] {
  return digits.endsWith('00') ? [digits.slice(0, 12), '203'] : [digits, '204'];
}

interface Format {
  /** Digits of the date and of the time. */
  readonly date: 6 | 8;
  readonly time: 0 | 4 | 6;
  /** What follows: an offset `+HHMM`, or three letters. */
  readonly zone: 'none' | 'offset' | 'letters';
}

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['101', { date: 6, time: 0, zone: 'none' }],
  ['102', { date: 8, time: 0, zone: 'none' }],
  ['201', { date: 6, time: 4, zone: 'none' }],
  ['202', { date: 6, time: 6, zone: 'none' }],
  ['203', { date: 8, time: 4, zone: 'none' }],
  ['204', { date: 8, time: 6, zone: 'none' }],
  ['205', { date: 8, time: 4, zone: 'offset' }],
  ['301', { date: 6, time: 4, zone: 'letters' }],
  ['302', { date: 6, time: 6, zone: 'letters' }],
  ['303', { date: 8, time: 4, zone: 'letters' }],
  ['304', { date: 8, time: 6, zone: 'letters' }],
]);

/** Where the format is left out. */
const BY_LENGTH: ReadonlyMap<number, string> = new Map([
  [6, '101'],
  [8, '102'],
  [12, '203'],
  [14, '204'],
]);

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['UTC', '+00:00'],
  ['GMT', '+00:00'],
  ['WET', '+00:00'],
  ['CET', '+01:00'],
  ['EET', '+02:00'],
  ['EST', '-05:00'],
  ['EDT', '-04:00'],
  ['CST', '-06:00'],
  ['CDT', '-05:00'],
  ['MST', '-07:00'],
  ['MDT', '-06:00'],
  ['PST', '-08:00'],
  ['PDT', '-07:00'],
]);

function offsetOf(zone: string, form: 'offset' | 'letters'): string | undefined {
  if (form === 'letters') return LETTERS.get(zone.trim());
  const [, hours, minutes] = /^([+-][01][0-9])([0-5][0-9])$/.exec(zone) ?? [];
  return hours === undefined ? undefined : `${hours}:${minutes}`;
}
