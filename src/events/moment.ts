/** A date, a date and time without offset, or a date and time with one. Only the last names an instant. */
export type MomentKind = 'date' | 'local' | 'instant';

const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?`;
const OFFSET = String.raw`(?:Z|[+-](?:0\d|1[0-8]):[0-5]\d)`;
const MOMENT = new RegExp(`^${DATE}(?:T${TIME}${OFFSET}?)?$`);
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What kind of moment a text is; undefined when it is none, the 30th of February included. */
export function momentKind(text: string): MomentKind | undefined {
  // Every moment of every event passes here several times: capturing groups would cost more than the rest.
  if (!MOMENT.test(text)) return undefined;
  const day = Number(text.slice(8, 10));
  if (day > 28 && day > daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)))) return undefined;
  if (text.length === 10) return 'date';
  const sign = text.charAt(text.length - 6);
  return text.endsWith('Z') || sign === '+' || sign === '-' ? 'instant' : 'local';
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
