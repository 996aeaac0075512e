import type { Delimiters } from '../delimiters.ts';
import type { ElementDefinition } from '../dictionary/types.ts';
import type { FindingCode } from '../finding-codes.ts';
import { decode } from '../segments.ts';

/** The classes of bytes, so that a value is checked without making text of it. */
const PRINTABLE = 1;
const DIGIT = 2;
/** A byte that may not count as a character of its own: above ASCII, or the release character. */
const HIGH = 4;
/** A separator inside elements (component, repetition) or the release character. */
const SEPARATOR = 8;
/** ASCII that is one character of text whatever stands around it. */
const PLAIN = 16;

/** Class bits by byte value. */
export interface ByteClasses {
  /** Separators inside elements are SEPARATOR, so that a plain value with one is not taken for text. */
  readonly strict: Uint8Array;
  /** For a piece that was cut at its separators: what is left of them was released and is text. */
  readonly cut: Uint8Array;
  /** 1 for ASCII that is one character of text whatever stands around it, and for what separates elements. */
  readonly plain: Uint8Array;
  /** The same for a piece that was cut. */
  readonly cutPlain: Uint8Array;
}

const tables = new WeakMap<Delimiters, ByteClasses>();

/** The byte classes of an interchange with these delimiters. */
export function byteClasses(delimiters: Delimiters): ByteClasses {
  const known = tables.get(delimiters);
  if (known !== undefined) return known;
  const cut = new Uint8Array(256);
  for (let byte = 0x20; byte < 256; byte++) cut[byte] = byte > 0x7f ? PRINTABLE | HIGH : PRINTABLE | PLAIN;
  cut[0x7f] = 0;
  for (let byte = 0x30; byte <= 0x39; byte++) cut[byte] = PRINTABLE | PLAIN | DIGIT;
  const strict = Uint8Array.from(cut);
  for (const byte of [delimiters.component, delimiters.repetition, delimiters.release]) {
    if (byte === null) continue;
    strict[byte] = SEPARATOR;
    if (byte === delimiters.release) cut[byte] = PRINTABLE | HIGH;
  }
  const isPlain = (bits: number): number => ((bits & PLAIN) === 0 ? 0 : 1);
  const plain = strict.map(isPlain);
  plain[delimiters.element] = 1;
  const classes = { strict, cut, plain, cutPlain: cut.map(isPlain) };
  tables.set(delimiters, classes);
  return classes;
}

/** What a value is checked against beside its element. */
export interface ValueRules {
  readonly classes: Uint8Array;
  /** EDIFACT's release character, whose bytes do not count. */
  readonly release: number | null;
  /** True where an eight-digit date may be six digits: releases before 004010 wrote YYMMDD. */
  readonly shortDates: boolean;
}

/** The fault of one value (not empty, no separators inside), or null. Length is counted in characters. */
export function valueFault(
  bytes: Buffer,
  from: number,
  to: number,
  element: ElementDefinition,
  rules: ValueRules,
): FindingCode | null {
  switch (element.type) {
    case 'A':
      return anyDigit(bytes, from, to, rules.classes)
        ? 'ELEMENT_CHARACTER'
        : textFault(bytes, from, to, element, rules);
    case 'AN':
      return textFault(bytes, from, to, element, rules);
    case 'ID':
      return textFault(bytes, from, to, element, rules) ?? codeFault(bytes, from, to, element);
    case 'N':
    case 'R':
      return numberFault(bytes, from, to, element, rules);
    case 'DT':
      return dateFault(bytes, from, to, element, rules);
    case 'TM':
      return timeFault(bytes, from, to, element, rules);
    case 'B':
      return null;
  }
}

function textFault(
  bytes: Buffer,
  from: number,
  to: number,
  element: ElementDefinition,
  { classes, release }: ValueRules,
): FindingCode | null {
  let all = PRINTABLE;
  let any = 0;
  for (let at = from; at < to; at++) {
    const bits = classes[bytes[at] ?? 0] ?? 0;
    all &= bits;
    any |= bits;
  }
  if (all === 0) return 'ELEMENT_CHARACTER';
  let length = to - from;
  if ((any & (HIGH | SEPARATOR)) !== 0) length = characters(bytes, from, to, release);
  return lengthFault(length, element);
}

function characters(bytes: Buffer, from: number, to: number, release: number | null): number {
  const text = decode(bytes, from, to);
  let count = 0;
  let released = false;
  for (const character of text) {
    released = !released && release !== null && character.charCodeAt(0) === release;
    if (!released) count++;
  }
  return count;
}

function lengthFault(length: number, element: ElementDefinition): FindingCode | null {
  if (length < element.min) return 'ELEMENT_TOO_SHORT';
  return length > element.max ? 'ELEMENT_TOO_LONG' : null;
}

function codeFault(bytes: Buffer, from: number, to: number, element: ElementDefinition): FindingCode | null {
  return element.codes === undefined || element.codes.has(decode(bytes, from, to)) ? null : 'ELEMENT_CODE';
}

const MINUS = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;

/**
 * Digits with a leading minus at most, and in R one decimal point (EDIFACT: or comma, between two digits); only digits count
 * for length.
 */
function numberFault(
  bytes: Buffer,
  from: number,
  to: number,
  element: ElementDefinition,
  { classes, release }: ValueRules,
): FindingCode | null {
  const start = bytes[from] === MINUS ? from + 1 : from;
  let digits = 0;
  let points = element.type === 'R' ? 0 : 1;
  let mark = -1;
  for (let at = start; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (((classes[byte] ?? 0) & DIGIT) !== 0) digits++;
    else if (points === 0 && (byte === POINT || (byte === COMMA && release !== null))) {
      points = 1;
      mark = at;
    } else return 'ELEMENT_CHARACTER';
  }
  if (digits === 0) return 'ELEMENT_CHARACTER';
  const bare = release !== null && mark >= 0 && (mark === start || mark === to - 1);
  return lengthFault(digits, element) ?? (bare ? 'ELEMENT_DECIMAL' : null);
}

function dateFault(
  bytes: Buffer,
  from: number,
  to: number,
  element: ElementDefinition,
  { classes, shortDates }: ValueRules,
): FindingCode | null {
  const length = to - from;
  const six = length === 6 && (element.min <= 6 || shortDates);
  const wrongLength = six ? null : lengthFault(length, element);
  if (wrongLength !== null) return wrongLength;
  if ((length !== 6 && length !== 8) || !allDigits(bytes, from, to, classes)) return 'ELEMENT_DATE';
  const month = two(bytes, to - 4);
  const day = two(bytes, to - 2);
  // The century of a short date is not said; 2000 is a leap year, so no 29 February of any century is refused wrongly.
  const year = length === 8 ? two(bytes, from) * 100 + two(bytes, from + 2) : 2000 + two(bytes, from);
  return day >= 1 && day <= daysIn(year, month) ? null : 'ELEMENT_DATE';
}

/** Days of a month, from 1; none of what is no month. */
export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month >= 1 && month <= 12 ? 31 : 0;
}

/** HHMM, HHMMSS, and up to two decimals of a second. */
function timeFault(
  bytes: Buffer,
  from: number,
  to: number,
  element: ElementDefinition,
  { classes }: ValueRules,
): FindingCode | null {
  const length = to - from;
  const wrongLength = lengthFault(length, element);
  if (wrongLength !== null) return wrongLength;
  if (length < 4 || length === 5 || !allDigits(bytes, from, to, classes)) return 'ELEMENT_TIME';
  return isClock(bytes, from, length) ? null : 'ELEMENT_TIME';
}

/** True for digits that are hours, minutes and, where there are so many, seconds. */
export function isClock(bytes: Uint8Array, from: number, length: number): boolean {
  return two(bytes, from) <= 23 && two(bytes, from + 2) <= 59 && (length < 6 || two(bytes, from + 4) <= 59);
}

/** True where the classes say of every byte that it is a digit. */
export function allDigits(bytes: Uint8Array, from: number, to: number, classes: Uint8Array): boolean {
  for (let at = from; at < to; at++) if (((classes[bytes[at] ?? 0] ?? 0) & DIGIT) === 0) return false;
  return true;
}

function anyDigit(bytes: Buffer, from: number, to: number, classes: Uint8Array): boolean {
  for (let at = from; at < to; at++) if (((classes[bytes[at] ?? 0] ?? 0) & DIGIT) !== 0) return true;
  return false;
}

/** The number that two digits write. */
export function two(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) - 0x30) * 10 + (bytes[at + 1] ?? 0) - 0x30;
}
