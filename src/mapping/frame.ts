import type { LoopNode } from '../edi/dictionary/types.ts';
import type { Finding } from '../edi/finding.ts';
import type { Segments } from '../edi/segments.ts';
import type { LoopInstance } from '../edi/structure-types.ts';
import type { Place } from '../util/problem.ts';
import type { Coverage } from './coverage.ts';
import { tagBitsOf } from './tags.ts';

/** Instances that cannot be seen. */
export interface Hidden {
  has(instance: LoopInstance): boolean;
}

/** A block at run time: one instance of a loop, or one segment of it. */
export interface Frame {
  readonly instance: LoopInstance;
  /** The segment that a bare number means: the loop's trigger, or the single segment. */
  readonly segment: number;
  readonly parent: Frame | null;
  /** Instances that `per` hides from the rules of one group. */
  readonly hidden: Hidden | null;
  /** Bits of the tags that the instance has (see `tags.ts`). */
  readonly tags: number;
}

/** What rules need while they read one document. */
export interface ReadContext {
  readonly segments: Segments;
  /** The tag of each segment as a number: rules look for segments by it, and most look in vain. */
  readonly tags: Int32Array;
  /** Tag bits of each instance by its first segment; 0 where they were not needed yet. */
  readonly tagBits: Int32Array;
  /** Children by loop, of instances that have many; filled while reading. */
  readonly children: Map<LoopInstance, ReadonlyMap<LoopNode, readonly LoopInstance[]>>;
  readonly findings: Finding[];
  /** Levels of packing that count as the outer one although they do not say so (see `levels.ts`). */
  readonly outer: ReadonlySet<number>;
  readonly coverage: Coverage;
  /** Follows the reading for lineage; null on the hot path. */
  readonly recorder: Recorder | null;
}

/** Told what is read as it is read. */
export interface Recorder {
  /** A value was made of these elements, in order. */
  value(at: Place, value: string | number, parts: readonly TextPlace[]): void;
  enter(name: string | number): void;
  leave(): void;
}

/** Where a text stood. */
export interface TextPlace {
  readonly segment: number;
  readonly element: number;
  readonly component: number | null;
  /** Which repetition of the element, from 0; of an element that stands once it is left out. */
  readonly repetition?: number;
}

/** The frame that many blocks further out. */
export function outer(frame: Frame, outwards: number): Frame {
  let found = frame;
  for (let step = 0; step < outwards && found.parent !== null; step++) found = found.parent;
  return found;
}

export function loopFrame(
  context: ReadContext,
  instance: LoopInstance,
  parent: Frame | null,
  hidden: Hidden | null,
): Frame {
  return { instance, segment: instance.segments[0] ?? -1, parent, hidden, tags: tagBitsOf(context, instance) };
}
