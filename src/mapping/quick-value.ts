import { NumberTable } from '../edi/number-table.ts';
import type { Segments } from '../edi/segments.ts';
import { codeKey } from './match.ts';
import { tagNumber } from './tags.ts';

/**
 * Gives the value of an element from its bytes, without making text of them: most codes and quantities of most documents. Undefined
 * for whatever is less plain, which is then read from its text.
 */
export type QuickValue = (segments: Segments, segment: number, element: number) => string | number | undefined;

/** Codes that are the same as bytes and as text, with any delimiters. */
const PLAIN_CODE = /^[A-Za-z0-9]{1,4}$/;
const DIGIT_0 = 0x30;
/** So many digits are a small integer to the engine. */
const MOST_DIGITS = 9;

/** The meanings of codes; null where none of them is plain. */
export function quickMeanings(meanings: Iterable<readonly [code: string, meaning: string]>): QuickValue | null {
  const numbers = new NumberTable();
  const texts: string[] = [];
  for (const [code, meaning] of meanings) {
    if (PLAIN_CODE.test(code)) numbers.set(tagNumber(code), texts.push(meaning) - 1);
  }
  if (texts.length === 0) return null;
  return (segments, segment, element) => {
    const number = numbers.get(codeKey(segments, segment, element));
    return number < 0 ? undefined : texts[number];
  };
}

/** A number of a few digits and nothing else. */
export function quickNumber(segments: Segments, segment: number, element: number): number | undefined {
  if (element > segments.elementCount(segment)) return undefined;
  const { bytes } = segments;
  const [from, to] = [segments.partStart(segment, element), segments.partEnd(segment, element)];
  if (to === from || to - from > MOST_DIGITS) return undefined;
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - DIGIT_0;
    if (digit < 0 || digit > 9) return undefined;
    number = 10 * number + digit;
  }
  return number;
}
