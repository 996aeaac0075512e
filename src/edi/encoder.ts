import { TextDecoder } from 'node:util';
import type { Charset } from './delimiters.ts';

/** What text is written in: the two levels of ISO 646 that UNOA and UNOB name, or a charset. */
export type WriteCharset = 'level-a' | 'level-b' | 'iso-8859-1' | 'utf-8' | Charset;

/** Makes bytes of text. */
export interface Encoder {
  /** True when the charset has the character of this code point. */
  has(code: number): boolean;
  /** For texts of characters that it has. */
  encode(text: string): Buffer;
}

/** ISO 9735, level A: capitals, digits and these. */
const LEVEL_A = /[A-Z0-9 .,\-()/='+:?!"%&*;<>]/;

const encoders = new Map<WriteCharset, Encoder>();

/** The encoder of a charset. */
export function encoderOf(charset: WriteCharset): Encoder {
  const encoder = encoders.get(charset) ?? createEncoder(charset);
  encoders.set(charset, encoder);
  return encoder;
}

function createEncoder(charset: WriteCharset): Encoder {
  if (charset === 'utf-8') return { has: () => true, encode: (text) => Buffer.from(text, 'utf8') };
  const upper = upperHalf(charset);
  const levelA = charset === 'level-a';
  return {
    has: (code) => (code < 0x80 ? !levelA || LEVEL_A.test(String.fromCharCode(code)) : upper.has(code)),
    encode(text) {
      const byteOf = (character: string): string => {
        const code = character.codePointAt(0) ?? 0;
        return String.fromCharCode(upper.get(code) ?? code);
      };
      return Buffer.from(text.replace(/[\u{80}-\u{10ffff}]/gu, byteOf), 'latin1');
    },
  };
}

/** The bytes above 127 by the characters that they are. Controls are none; those of ISO 8859 lie below 160. */
function upperHalf(charset: Exclude<WriteCharset, 'utf-8'>): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  if (charset === 'level-a' || charset === 'level-b') return found;
  const decoder = charset === 'iso-8859-1' ? null : new TextDecoder(charset);
  for (let byte = charset === 'windows-1252' ? 0x80 : 0xa0; byte < 0x100; byte++) {
    const code = decoder === null ? byte : (decoder.decode(Uint8Array.of(byte)).codePointAt(0) ?? 0);
    if (code >= 0xa0 && code !== 0xfffd) found.set(code, byte);
  }
  return found;
}
