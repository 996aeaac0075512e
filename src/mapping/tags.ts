import { tagKey } from '../edi/bytes.ts';
import type { LoopInstance } from '../edi/structure-types.ts';

/** A tag as the number that `Segments.tagKeys` has for it. */
export function tagNumber(tag: string): number {
  return tagKey(Buffer.from(tag, 'latin1'), 0, tag.length);
}

/**
 * One of 32 bits for a tag. Most rules look for a segment that is not there: where the bit is missing it is not, and nobody
 * need look. Two tags may share a bit, so that a bit alone proves nothing.
 */
export function tagBit(number: number): number {
  return 1 << (Math.imul(number, 0x9e3779b1) >>> 27);
}

/** The bits of the segments of an instance and of the loops directly in it; looked up once for each instance. */
export function tagBitsOf(
  { tags, tagBits }: { readonly tags: Int32Array; readonly tagBits: Int32Array },
  { segments, children }: LoopInstance,
): number {
  const first = segments[0] ?? -1;
  let bits = tagBits[first] ?? 0;
  if (bits !== 0) return bits;
  for (let index = 0; index < segments.length; index++) bits |= tagBit(tags[segments[index] ?? 0] ?? 0);
  for (let index = 0; index < children.length; index++) bits |= tagBit(tags[firstSegment(children[index])] ?? 0);
  if (first >= 0) tagBits[first] = bits;
  return bits;
}

/** The trigger of an instance; of a level that nobody wrote, that of the first inside. */
function firstSegment(instance: LoopInstance | undefined): number {
  return instance === undefined ? 0 : (instance.segments[0] ?? firstSegment(instance.children[0]));
}
