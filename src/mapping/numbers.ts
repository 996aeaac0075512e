const PLAIN = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/;
const MAX_DIGITS = 15;
const DIGIT_0 = 0x30;

/**
 * A number element as a number: R with a written point (EDIFACT: or comma), N with implied `decimals`. Undefined for exponents, more than 15
 * significant digits (they would not survive as a number) and anything else that is no plain number.
 */
export function readNumber(text: string, decimals: number): number | undefined {
  // Most numbers are a few digits.
  if (decimals === 0 && text.length < 10 && isDigits(text)) return digitsAt(text, 0, text.length);
  const pointed = text.replace(',', '.');
  if (!PLAIN.test(pointed)) return undefined;
  const shifted = decimals === 0 || pointed.includes('.') ? pointed : shiftPoint(pointed, decimals);
  if (shifted.length > MAX_DIGITS && significantDigits(shifted) > MAX_DIGITS) return undefined;
  const value = Number(shifted);
  return Object.is(value, -0) ? 0 : value;
}

/** True for a text of digits alone, one at least. */
export function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < DIGIT_0 || code > DIGIT_0 + 9) return false;
  }
  return text !== '';
}

/** The number that so many digits of a text write. */
export function digitsAt(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) number = 10 * number + text.charCodeAt(at) - DIGIT_0;
  return number;
}

/** The shortest plain decimal; undefined where only an exponent or more than 15 digits could say it. */
export function writeNumber(value: number, decimals: number): string | undefined {
  if (!Number.isFinite(value) || Object.is(value, -0)) return undefined;
  const text = String(value);
  if (text.includes('e') || significantDigits(text) > MAX_DIGITS) return undefined;
  if (decimals === 0) return text;
  const [whole = '0', fraction = ''] = text.split('.');
  if (fraction.length > decimals) return undefined;
  return `${whole}${fraction.padEnd(decimals, '0')}`.replace(/^(-?)0+(?=[0-9])/, '$1');
}

function significantDigits(text: string): number {
  return text.replace(/^[+-]?[0.]*|[.]/g, '').length;
}

function shiftPoint(text: string, decimals: number): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const digits = text.slice(sign.length).padStart(decimals + 1, '0');
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
