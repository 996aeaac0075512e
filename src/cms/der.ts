import { constructed, TAG } from './tags.ts';

/** Writers of DER (X.690): every function answers one whole element, lengths definite and shortest. */

/** Tag and length of an element whose content of that many bytes follows. */
export function header(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([tag, 0x80 | bytes.length, ...bytes]);
}

export function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(tag, length), ...content]);
}

export function sequence(...parts: readonly Buffer[]): Buffer {
  return element(TAG.sequence, ...parts);
}

/** A SET OF: its elements in the order of their bytes. */
export function setOf(parts: readonly Buffer[]): Buffer {
  return element(TAG.set, ...parts.toSorted(Buffer.compare));
}

/** `[number] EXPLICIT`. */
export function explicit(number: number, ...parts: readonly Buffer[]): Buffer {
  return element(constructed(number), ...parts);
}

/** The same element under another tag, as IMPLICIT tagging wants. */
export function retagged(tag: number, der: Buffer): Buffer {
  const copy = Buffer.from(der);
  copy[0] = tag;
  return copy;
}

/** A number from 0 to 2^31 - 1. */
export function small(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  return integer(bytes);
}

/** An unsigned number of any size, big-endian. */
export function integer(unsigned: Buffer): Buffer {
  let start = 0;
  while (start < unsigned.length - 1 && unsigned[start] === 0) start++;
  const bytes = unsigned.subarray(start);
  const negative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return element(TAG.integer, negative ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}

/** An object identifier from its dotted text. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(arc: number): readonly number[] {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 0x80);
  return bytes;
}

export function octetString(bytes: Buffer): Buffer {
  return element(TAG.octetString, bytes);
}

/** Whole bytes, no unused bits unless said. */
export function bitString(bytes: Buffer, unused = 0): Buffer {
  return element(TAG.bitString, Buffer.from([unused]), bytes);
}

export function utf8String(text: string): Buffer {
  return element(TAG.utf8String, Buffer.from(text));
}

export function boolean(value: boolean): Buffer {
  return element(TAG.boolean, Buffer.from([value ? 0xff : 0]));
}

export const NULL = element(TAG.null);

/** A moment in milliseconds since 1970: UTCTime until 2049, GeneralizedTime after (RFC 5280 4.1.2.5). */
export function time(milliseconds: number): Buffer {
  const text = `${new Date(milliseconds).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  return text < '2050'
    ? element(TAG.utcTime, Buffer.from(text.slice(2)))
    : element(TAG.generalizedTime, Buffer.from(text));
}

/** AlgorithmIdentifier: an OID and its parameters, none unless given. */
export function algorithm(dotted: string, parameters: Buffer = Buffer.alloc(0)): Buffer {
  return sequence(oid(dotted), parameters);
}

export function printableString(text: string): Buffer {
  return element(TAG.printableString, Buffer.from(text, 'latin1'));
}
