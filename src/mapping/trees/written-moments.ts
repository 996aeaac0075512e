import { readDate } from '../moments.ts';

/** Forms of dates and times that documents without a standard have. */
export const ISO_DATE = 'YYYY-MM-DD';
export const ISO_DATE_TIME = 'YYYY-MM-DDThh:mm:ss';

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** A text of that form as a moment of events: a date, a local time, or a time with its offset. Undefined for what is none. */
export function readWritten(text: string, form: string): string | undefined {
  if (form !== ISO_DATE_TIME) return readDay(text, form);
  const [, day = '', clock, second = '00', offset = ''] = MOMENT.exec(text) ?? [];
  const date = readDate(day.replaceAll('-', ''));
  if (date === undefined || clock === undefined) return date;
  const [hour = '', minute = ''] = clock.split(':');
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return `${date}T${clock}:${second}${fullOffset(offset)}`;
}

/** The text of a moment in that form; undefined when the form has no room for it. */
export function writeWritten(value: string, form: string): string | undefined {
  if (form === ISO_DATE_TIME) return value;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return form.replace('YYYY', year).replace('MM', month).replace('DD', day);
}

/** A day in a form of digits and the marks between them, which must be there. */
function readDay(text: string, form: string): string | undefined {
  if (text.length !== form.length) return undefined;
  const fits = [...form].every((mark, index) => /[A-Z]/.test(mark) || text[index] === mark);
  const part = (name: string): string => text.slice(form.indexOf(name), form.indexOf(name) + name.length);
  return fits ? readDate(part('YYYY') + part('MM') + part('DD')) : undefined;
}

/** `+0100` and `+01` as `+01:00`. */
function fullOffset(offset: string): string {
  if (offset === '' || offset === 'Z') return offset;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  return `${offset[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
