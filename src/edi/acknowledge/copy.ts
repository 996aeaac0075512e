import type { Delimiters } from '../delimiters.ts';
import { delimiterText } from '../delimiters.ts';

/** Takes texts of a received interchange over into one that is written with other delimiters. */
export interface Copy {
  /** A name or number without the characters that cannot be written. */
  text(received: string): string;
  /** A bad value as it was; undefined when it cannot be written unchanged. */
  value(received: string | undefined): string | undefined;
}

/** For writing with these delimiters: printable ASCII is taken over, which every encoding and partner can read. */
export function createCopy(delimiters: Delimiters): Copy {
  const { element, component, repetition, segment } = delimiters;
  const reserved = [element, component, repetition, segment].map(delimiterText);
  const text = (received: string): string =>
    [...received].filter((character) => /[ -~]/.test(character) && !reserved.includes(character)).join('');
  return {
    text,
    value: (received) => (received !== undefined && text(received) === received ? received : undefined),
  };
}
