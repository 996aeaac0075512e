import type { LoopNode, SetDefinition } from './dictionary/types.ts';
import type { Segments } from './segments.ts';

/**
 * One occurrence of a loop in a document: which segments are its own, which loops it holds.
 * HL loops are children of the HL they name in HL02, not of their neighbour.
 */
export interface LoopInstance {
  readonly node: LoopNode;
  readonly parent: LoopInstance | null;
  /** Indexes (from 0) of the segments that belong to this loop itself, trigger first, in document order. */
  readonly segments: readonly number[];
  /** Loops inside, in document order. */
  readonly children: readonly LoopInstance[];
}

/** A document laid over its set definition. Segments that fit nowhere belong to no loop. */
export interface Structure {
  readonly definition: SetDefinition;
  readonly segments: Segments;
  readonly root: LoopInstance;
}
