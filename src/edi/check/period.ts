import { tagKey } from '../bytes.ts';
import { daysIn } from './value.ts';

/** Fields of two digits, a hyphen that may be left out, and three characters of a time zone. */
type Field = 'CC' | 'YY' | 'MM' | 'DD' | 'WW' | 'hh' | 'mm' | 'ss' | '-' | 'zzz';

/** How a date, time or period is written. */
export interface PeriodFormat {
  /** For people: `CCYYMMDDhhmm`. */
  readonly shape: string;
  readonly fields: readonly Field[];
}

const DAY = ['CC', 'YY', 'MM', 'DD'] as const;
const SHORT_DAY = ['YY', 'MM', 'DD'] as const;
const MINUTES = ['hh', 'mm'] as const;
const SECONDS = ['hh', 'mm', 'ss'] as const;

/** By DE 2379, those whose fields stand in one plain order. Of any other code the value is not looked at. */
const FORMATS: ReadonlyMap<number, PeriodFormat> = new Map(
  Object.entries<readonly Field[]>({
    101: SHORT_DAY,
    102: DAY,
    201: [...SHORT_DAY, ...MINUTES],
    202: [...SHORT_DAY, ...SECONDS],
    203: [...DAY, ...MINUTES],
    204: [...DAY, ...SECONDS],
    301: [...SHORT_DAY, ...MINUTES, 'zzz'],
    303: [...DAY, ...MINUTES, 'zzz'],
    304: [...DAY, ...SECONDS, 'zzz'],
    401: MINUTES,
    402: SECONDS,
    602: ['CC', 'YY'],
    609: ['YY', 'MM'],
    610: ['CC', 'YY', 'MM'],
    615: ['YY', 'WW'],
    616: ['CC', 'YY', 'WW'],
    718: [...DAY, '-', ...DAY],
    719: [...DAY, ...MINUTES, '-', ...DAY, ...MINUTES],
  }).map(([code, fields]) => [tagKey(Buffer.from(code, 'latin1'), 0, code.length), { shape: fields.join(''), fields }]),
);

/** The format of EDIFACT's composite of DE 2380 and 2379 by the bytes of its code; undefined when it is not clear. */
export function periodFormat(bytes: Buffer, from: number, to: number): PeriodFormat | undefined {
  return to - from === 3 ? FORMATS.get(tagKey(bytes, from, to)) : undefined;
}

/** True when the bytes are such a date, time or period, each on a calendar. Midnight may be hour 24. */
export function fitsPeriod(bytes: Buffer, from: number, to: number, { fields }: PeriodFormat): boolean {
  let at = from;
  // The century of a short date is not said; 2000 is a leap year, so that no 29 February is refused wrongly.
  let century = 20;
  let year = 0;
  let month = 0;
  let hour = 0;
  for (const field of fields) {
    if (field === '-' || field === 'zzz') {
      at += field === 'zzz' ? 3 : bytes[at] === HYPHEN ? 1 : 0;
      continue;
    }
    const number = twoDigits(bytes, at, to);
    at += 2;
    if (number === null) return false;
    if (field === 'CC') century = number;
    else if (field === 'YY') year = number;
    else if (field === 'MM') month = number;
    else if (field === 'hh') hour = number;
    if (!isInRange(field, number, { year: century * 100 + year, month, hour })) return false;
  }
  return at === to;
}

const HYPHEN = 0x2d;

function twoDigits(bytes: Buffer, at: number, to: number): number | null {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  const sound = at + 2 <= to && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
  return sound ? tens * 10 + ones : null;
}

interface Before {
  readonly year: number;
  readonly month: number;
  readonly hour: number;
}

function isInRange(field: Exclude<Field, '-' | 'zzz'>, number: number, { year, month, hour }: Before): boolean {
  switch (field) {
    case 'CC':
    case 'YY':
      return true;
    case 'MM':
      return number >= 1 && number <= 12;
    case 'DD':
      return number >= 1 && number <= daysIn(year, month);
    case 'WW':
      return number >= 1 && number <= 53;
    case 'hh':
      return number <= 24;
    case 'mm':
    case 'ss':
      return number <= (hour === 24 ? 0 : 59);
  }
}
