import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { Fault } from './reading.ts';

/** Encodings of one byte a character, each byte one: ASCII below 128. ISO 8859-1 is read as windows-1252, as senders mean it. */
export type ByteEncoding =
  | 'windows-1250'
  | 'windows-1251'
  | 'windows-1252'
  | 'windows-1254'
  | 'iso-8859-2'
  | 'iso-8859-5'
  | 'iso-8859-15';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | ByteEncoding;

/**
 * The bytes of a file as a reader scans them. Every character of `text` stands for one unit of the encoding (a byte, or two
 * of UTF-16), so that a place in the text is a place in the file: all marks of the formats are ASCII. What lies between
 * marks is decoded when it is asked for.
 */
export interface Source {
  readonly encoding: Encoding;
  readonly text: string;
  /** Bytes of a character of `text`. */
  readonly unit: 1 | 2;
  /** Where the text begins, behind a byte order mark. */
  readonly begin: number;
  /** A piece of the text, decoded; it may be asked for beyond the end. */
  slice(from: number, to: number): string;
}

/** What the byte order mark says, or the zero bytes of a `<` in UTF-16; null when nothing does. */
export function markedEncoding(bytes: Buffer): Encoding | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  return null;
}

/** The bytes in an encoding; a fault where they are not of it. */
export function openSource(bytes: Buffer, encoding: Encoding, path: string): Source | Fault {
  switch (encoding) {
    case 'utf-8':
      if (!isUtf8(bytes)) {
        const byte = firstInvalid(bytes);
        const value = bytes.subarray(byte, byte + 1).toString('hex');
        return { code: 'FORMAT_ENCODING', byte, path, value, text: `Byte ${value} is no UTF-8 here.` };
      }
      return singleBytes(bytes, encoding, (from, to) => bytes.utf8Slice(from, Math.min(to, bytes.length)));
    case 'utf-16le':
    case 'utf-16be':
      return doubleBytes(bytes, encoding, path);
    default: {
      const decoder = new TextDecoder(encoding);
      return singleBytes(bytes, encoding, (from, to) => {
        const piece = bytes.subarray(from, to);
        return isAscii(piece) ? piece.latin1Slice(0, piece.length) : decoder.decode(piece);
      });
    }
  }
}

function singleBytes(bytes: Buffer, encoding: Encoding, slice: Source['slice']): Source {
  const begin = markedEncoding(bytes) === 'utf-8' ? 3 : 0;
  return { encoding, text: bytes.latin1Slice(0, bytes.length), unit: 1, begin, slice };
}

function doubleBytes(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be', path: string): Source | Fault {
  if (bytes.length % 2 === 1) {
    return {
      code: 'FORMAT_TRUNCATED',
      byte: bytes.length - 1,
      path,
      text: 'The last character of UTF-16 is half there.',
    };
  }
  const text = (encoding === 'utf-16be' ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
  if (!text.isWellFormed()) {
    const byte = 2 * lonelySurrogate(text);
    return { code: 'FORMAT_ENCODING', byte, path, text: 'Half a surrogate pair of UTF-16 stands alone.' };
  }
  return {
    encoding,
    text,
    unit: 2,
    begin: text.startsWith('\ufeff') ? 1 : 0,
    slice: (from, to) => text.slice(from, to),
  };
}

function lonelySurrogate(text: string): number {
  return text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
}

/** The first byte that begins no valid UTF-8, found by halving: a prefix cut at a character is valid when all in it is. */
function firstInvalid(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 8) {
    const middle = characterStart(bytes, (valid + invalid) >> 1);
    if (middle <= valid || middle >= invalid) break;
    if (isUtf8(bytes.subarray(valid, middle))) valid = middle;
    else invalid = middle;
  }
  for (let at = valid; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((count) => isUtf8(bytes.subarray(at, at + count)) && at + count <= bytes.length);
    if (length === undefined) return at;
    at += length;
  }
  return valid;
}

function characterStart(bytes: Buffer, from: number): number {
  let at = from;
  while (at > from - 4 && at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}
