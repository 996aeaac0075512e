/** A date, a date and time without offset, or a date and time with one. Only the last names an instant. */
export type MomentKind = 'date' | 'local' | 'instant';

const DATE_LENGTH = 10;
const SECONDS_END = 19;
const OFFSET_LENGTH = 6;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DIGIT_0 = 0x30;
const COLON = 0x3a;
const HYPHEN = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/**
 * What kind of moment a text is; undefined when it is none, the 30th of February included. Every moment of every event passes
 * here several times, so it is looked at without a RegExp.
 */
export function momentKind(text: string): MomentKind | undefined {
  if (!isDate(text)) return undefined;
  if (text.length === DATE_LENGTH) return 'date';
  if (!isTime(text)) return undefined;
  const end = fractionEnd(text);
  if (end === text.length) return 'local';
  return isOffset(text, end) ? 'instant' : undefined;
}

/** True for a moment as events publish it: a date, or a date and time with offset. The `moment` format of the schemas. */
export function isPublishedMoment(text: string): boolean {
  const kind = momentKind(text);
  return kind === 'date' || kind === 'instant';
}

/** `2026-12-04` at the beginning. */
function isDate(text: string): boolean {
  const century = pairAt(text, 0);
  const yearOfCentury = pairAt(text, 2);
  const month = pairAt(text, 5);
  const day = pairAt(text, 8);
  if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) return false;
  if (text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return false;
  return day <= 28 || day <= daysIn(100 * century + yearOfCentury, month);
}

/** `T10:30:00` behind the date. */
function isTime(text: string): boolean {
  const parts = isUpTo(pairAt(text, 11), 23) && isUpTo(pairAt(text, 14), 59) && isUpTo(pairAt(text, 17), 59);
  return parts && text.charCodeAt(10) === LETTER_T && text.charCodeAt(13) === COLON && text.charCodeAt(16) === COLON;
}

/** Where the fraction of a second ends: behind the seconds where there is none. */
function fractionEnd(text: string): number {
  if (text.charCodeAt(SECONDS_END) !== POINT) return SECONDS_END;
  let end = SECONDS_END + 1;
  while (digitAt(text, end) >= 0) end++;
  return end === SECONDS_END + 1 ? SECONDS_END : end;
}

/** `Z` or `-08:00`, and nothing behind. */
function isOffset(text: string, from: number): boolean {
  const sign = text.charCodeAt(from);
  if (sign === LETTER_Z) return text.length === from + 1;
  if ((sign !== PLUS && sign !== HYPHEN) || text.length !== from + OFFSET_LENGTH) return false;
  return (
    isUpTo(pairAt(text, from + 1), 18) && text.charCodeAt(from + 3) === COLON && isUpTo(pairAt(text, from + 4), 59)
  );
}

function isUpTo(value: number, most: number): boolean {
  return value >= 0 && value <= most;
}

/** The number of two digits, -1 where they are none. */
function pairAt(text: string, at: number): number {
  const [tens, ones] = [digitAt(text, at), digitAt(text, at + 1)];
  return tens < 0 || ones < 0 ? -1 : 10 * tens + ones;
}

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - DIGIT_0;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function daysIn(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}
