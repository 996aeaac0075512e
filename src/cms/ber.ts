import * as der from './der.ts';
import { CmsFault } from './fault.ts';
import { isConstructed, TAG } from './tags.ts';

/** An element of BER in memory. The bytes are slices of what was read. */
export interface BerNode {
  readonly tag: number;
  /** Tag, length, content and, of an indefinite length, the end marker. */
  readonly whole: Buffer;
  readonly content: Buffer;
  /** Of a constructed element. */
  readonly children: readonly BerNode[];
}

/** Limits of a structure in memory: what real messages stay far below. */
export const BER_LIMITS = { depth: 32, elements: 20_000 } as const;

/** Tag and length at a position; `length` is null when it is indefinite. */
export interface BerHeader {
  readonly tag: number;
  readonly size: number;
  readonly length: number | null;
}

/** Longest header there can be: one tag, one length of length, six of length. */
export const LONGEST_HEADER = 8;

/** Reads tag and length. Malformed when they are cut off, of a high tag number, or longer than 2^48. */
export function readHeader(bytes: Buffer, at: number): BerHeader {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined)
    throw new CmsFault('malformed', 'The structure ends within an element.');
  if ((tag & 0x1f) === 0x1f) throw new CmsFault('malformed', 'A tag number above 30 stands where none is known.');
  if (first < 0x80) return { tag, size: 2, length: first };
  if (first === 0x80) {
    if (!isConstructed(tag)) throw new CmsFault('malformed', 'A primitive element has an indefinite length.');
    return { tag, size: 2, length: null };
  }
  const count = first & 0x7f;
  if (count > 6) throw new CmsFault('malformed', 'The length of an element is written with more than six bytes.');
  if (at + 2 + count > bytes.length) throw new CmsFault('malformed', 'The structure ends within a length.');
  return { tag, size: 2 + count, length: bytes.readUIntBE(at + 2, count) };
}

interface Open {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  /** Null while the length is indefinite. */
  readonly end: number | null;
  readonly children: BerNode[];
}

/** Reads the element that begins at `at`; what follows it is left alone. Never deeper or more than the limits. */
export function parseBer(bytes: Buffer, at = 0): BerNode {
  const open: Open[] = [];
  let position = at;
  let elements = 0;
  for (;;) {
    const around = open.at(-1);
    let done: BerNode | null = null;
    if (around !== undefined && around.end === null && bytes[position] === 0 && bytes[position + 1] === 0) {
      done = close(bytes, around, position, position + 2);
      position += 2;
      open.pop();
    } else if (around !== undefined && around.end === position) {
      done = close(bytes, around, position, position);
      open.pop();
    } else {
      if (++elements > BER_LIMITS.elements) throw new CmsFault('too-large', 'The structure has too many elements.');
      const { tag, size, length } = readHeader(bytes, position);
      const contentStart = position + size;
      const end = length === null ? null : contentStart + length;
      const limit = around?.end ?? bytes.length;
      if (end !== null && end > limit) throw new CmsFault('malformed', 'An element is longer than what it lies in.');
      if (isConstructed(tag)) {
        if (open.length >= BER_LIMITS.depth) throw new CmsFault('too-large', 'The structure is nested too deeply.');
        open.push({ tag, start: position, contentStart, end, children: [] });
        position = contentStart;
        continue;
      }
      const last = end ?? contentStart;
      done = {
        tag,
        whole: bytes.subarray(position, last),
        content: bytes.subarray(contentStart, last),
        children: [],
      };
      position = last;
    }
    const parent = open.at(-1);
    if (parent === undefined) return done;
    parent.children.push(done);
  }
}

function close(bytes: Buffer, { tag, start, contentStart, children }: Open, contentEnd: number, end: number): BerNode {
  return { tag, whole: bytes.subarray(start, end), content: bytes.subarray(contentStart, contentEnd), children };
}

/** The child at an index; malformed when there is none, or it has another tag than wanted. */
export function child(node: BerNode, index: number, tag?: number): BerNode {
  const found = node.children[index];
  if (found === undefined) throw new CmsFault('malformed', 'An element is missing.');
  if (tag !== undefined && found.tag !== tag) {
    throw new CmsFault('malformed', `An element has the tag 0x${found.tag.toString(16)}, not 0x${tag.toString(16)}.`);
  }
  return found;
}

/** The dotted text of an object identifier. */
export function oidOf(node: BerNode): string {
  if (node.tag !== TAG.oid || node.content.length === 0 || node.content.length > 64) {
    throw new CmsFault('malformed', 'An object identifier is missing.');
  }
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of node.content) {
    arc = arc * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    if (arcs.length > 0) arcs.push(arc);
    else arcs.push(Math.min(Math.floor(arc / 40), 2), arc - Math.min(Math.floor(arc / 40), 2) * 40);
    arc = 0;
  }
  return arcs.join('.');
}

/** The bytes of an octet string, also of one in pieces, whatever its tag. */
export function octetsOf(node: BerNode): Buffer {
  if (!isConstructed(node.tag)) return node.content;
  const pieces: Buffer[] = [];
  const left = [...node.children].reverse();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (isConstructed(next.tag)) left.push(...[...next.children].reverse());
    else pieces.push(next.content);
  }
  return Buffer.concat(pieces);
}

/** The element as DER: definite lengths, octet strings in one piece, sets sorted. Depth is bounded by the reader's limit. */
export function toDer(node: BerNode): Buffer {
  if (!isConstructed(node.tag)) return der.element(node.tag, node.content);
  if (node.tag === (TAG.octetString | 0x20)) return der.octetString(octetsOf(node));
  const children = node.children.map(toDer);
  return node.tag === TAG.set ? der.setOf(children) : der.element(node.tag, ...children);
}
