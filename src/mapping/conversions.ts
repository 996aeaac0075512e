import type { ElementDefinition } from '../edi/dictionary/types.ts';
import { readFormatted, writeFormatted } from './edifact-moments.ts';
import { joinTexts, splitText } from './joined-texts.ts';
import { readDate, readDateTime, writeDate, writeDateTime } from './moments.ts';
import { isDigits, readNumber, writeNumber } from './numbers.ts';
import { type QuickValue, quickNumber } from './quick-value.ts';
import { readWritten, writeWritten } from './trees/written-moments.ts';

/**
 * A named pair of functions between the texts of a document and a value of an event. Pure, and inverse to each other:
 * `read(write(value))` is `value`. Each answers undefined for what it cannot say.
 */
export interface Conversion {
  /** What the value is in the event's schema. */
  readonly shape: 'number' | 'moment' | 'text';
  /** How many parts it takes at the most. */
  readonly maxParts: number;
  /** What a text must look like, for findings. */
  readonly expected: string;
  read(parts: readonly string[], element: ElementDefinition): string | number | undefined;
  /** The same for the bytes of one part; null where only its text tells the value. */
  quick?(element: ElementDefinition): QuickValue | null;
  /** The texts that `read` would take for the value, best first; none when it cannot be said. */
  write(value: string | number, element: ElementDefinition, room: Room): readonly (readonly string[])[];
}

/** What a value is written into, beside its first element. */
export interface Room {
  /** How many elements there are for it. */
  readonly parts: number;
  /** The moment by the clock of its place, without an offset; undefined when that clock cannot tell it. */
  readonly local: (moment: string) => string | undefined;
}

/** The element that EDIFACT writes every date and time in; its format stands behind it. */
const EDIFACT_MOMENT = '2380';

/** Direction of a movement of stock (DE 4501 of EDIFACT). */
const TAKEN_AWAY = '1';
const ADDED = '2';

/** Marks and numbers of X12: there an SSCC has its application identifier 00 before it. */
const X12_MARKS = '87';
const SSCC = /^[0-9]{18}$/;

/** Degrees, minutes and seconds of a longitude or latitude, and which side of the meridian or equator where that is said. */
const COORDINATE = /^([0-9]{7})([EWNS])?$/;

export const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  number: {
    shape: 'number',
    maxParts: 1,
    expected: 'a plain number',
    read: ([text = ''], element) => readNumber(text, element.decimals),
    quick: ({ decimals }) => (decimals === 0 ? quickNumber : null),
    write: (value, element) => oneWay(typeof value === 'number' ? writeNumber(value, element.decimals) : undefined),
  },
  signed: {
    shape: 'number',
    maxParts: 2,
    expected: 'a plain number, and 1 behind it where it is taken away',
    read: ([text = '', direction = ''], element) => {
      const number = readNumber(text, element.decimals);
      return number !== undefined && direction === TAKEN_AWAY && number > 0 ? -number : number;
    },
    write: (value, element) => {
      const text = typeof value === 'number' ? writeNumber(Math.abs(value), element.decimals) : undefined;
      return text === undefined ? [] : [[text, Number(value) < 0 ? TAKEN_AWAY : ADDED]];
    },
  },
  date: {
    shape: 'moment',
    maxParts: 1,
    expected: 'a date CCYYMMDD',
    read: ([text = ''], { form }) => (form === undefined ? readDate(text) : readWritten(text, form)),
    write: (value, { form, max }) => {
      if (typeof value !== 'string') return [];
      return oneWay(form === undefined ? writeDate(value, max) : writeWritten(value, form));
    },
  },
  datetime: {
    shape: 'moment',
    maxParts: 3,
    expected: 'a date, a time and a zone: CCYYMMDD, HHMM and a code of X12, or a text and a format of EDIFACT',
    read: ([date = '', time = '', zone = ''], { number, form }) => {
      if (form !== undefined) return readWritten(date, form);
      return number === EDIFACT_MOMENT ? readFormatted(date, time) : readDateTime(date, time, zone);
    },
    write: (value, element, room) => {
      if (typeof value !== 'string') return [];
      if (element.form !== undefined) return oneWay(writeWritten(value, element.form));
      return element.number === EDIFACT_MOMENT
        ? writeFormatted(value, room.local)
        : writeDateTime(value, room.parts, room.local);
    },
  },
  coordinate: {
    shape: 'text',
    maxParts: 2,
    expected: 'degrees, minutes and seconds as DDDMMSS, then E, W, N or S',
    read: ([angle = '', direction = '']) => {
      const text = angle + direction;
      return COORDINATE.test(text) ? text : undefined;
    },
    write: (value) => {
      const [, angle, direction] = (typeof value === 'string' ? COORDINATE.exec(value) : null) ?? [];
      return angle === undefined ? [] : [direction === undefined ? [angle] : [angle, direction]];
    },
  },
  sscc: {
    shape: 'text',
    maxParts: 1,
    expected: 'a Serial Shipping Container Code, or another number of a package',
    read: ([text = '']) => (withIdentifier(text) ? text.slice(2) : text),
    write: (value, element) => {
      if (typeof value !== 'string' || withIdentifier(value)) return [];
      const isX12 = element.number === X12_MARKS && SSCC.test(value);
      return isX12 ? [[`00${value}`], [value]] : [[value]];
    },
  },
  joined: {
    shape: 'text',
    maxParts: 5,
    expected: 'a text',
    read: (texts, { max }) => joinTexts(texts, max),
    write: (value, { max }, { parts }) => {
      const texts = typeof value === 'string' ? splitText(value, max, parts) : undefined;
      return texts === undefined ? [] : [texts];
    },
  },
  gtin8: digits(8),
  gtin12: digits(12),
  gtin13: digits(13),
  gtin14: digits(14),
};

/** True for an SSCC behind its application identifier. */
function withIdentifier(text: string): boolean {
  return text.length === 20 && text.startsWith('00') && isDigits(text);
}

/** Text of exactly so many digits: tells product numbers apart that share an element. */
function digits(length: number): Conversion {
  const form = (text: string): string | undefined => (text.length === length && isDigits(text) ? text : undefined);
  return {
    shape: 'text',
    maxParts: 1,
    expected: `${length} digits`,
    read: ([text = '']) => form(text),
    write: (value) => oneWay(typeof value === 'string' ? form(value) : undefined),
  };
}

function oneWay(text: string | undefined): readonly (readonly string[])[] {
  return text === undefined ? [] : [[text]];
}
