/** A date, a date and time without offset, or a date and time with one. Only the last names an instant. */
export type MomentKind = 'date' | 'local' | 'instant';

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-](\d\d):(\d\d))?)?$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What kind of moment a text is; undefined when it is none, the 30th of February included. */
export function momentKind(text: string): MomentKind | undefined {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, offset, offsetHour = '0', offsetMinute = '0'] = match;
  if (Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) return undefined;
  if (hour === undefined) return 'date';
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (offset === undefined) return 'local';
  return Number(offsetHour) > 18 || Number(offsetMinute) > 59 ? undefined : 'instant';
}

/** True for a moment as events publish it: a date, or a date and time with offset. The `moment` format of the schemas. */
export function isPublishedMoment(text: string): boolean {
  const kind = momentKind(text);
  return kind === 'date' || kind === 'instant';
}

function daysIn(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}
