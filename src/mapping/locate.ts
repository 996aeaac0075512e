import type { LoopInstance } from '../edi/structure-types.ts';
import { type Frame, loopFrame, outer, type ReadContext } from './frame.ts';
import { type SegmentMatch, segmentMatch, type TagMatch, tagMatch } from './match.ts';
import type { ResolvedValue } from './resolve-value.ts';
import type { Block, Test } from './scope.ts';

/** All frames that a path of blocks leads to, in document order. */
export type FramesOf = (context: ReadContext, frame: Frame) => readonly Frame[];

/** One step of a path, ready to run. */
interface CompiledStep {
  readonly loop: Block['loop'];
  readonly matches: SegmentMatch | null;
  /** Set when the block is a single segment. */
  readonly tag: TagMatch | null;
}

/** Compiles a path. `outwards` frames are climbed first. `keep` refuses segments (for `rest`). */
export function framesOf(outwards: number, path: readonly Block[], keep: SegmentMatch | null): FramesOf {
  const steps = path.map(compileStep);
  return (context, frame) => {
    let frames: readonly Frame[] = [outer(frame, outwards)];
    for (const step of steps) frames = frames.flatMap((from) => inside(context, from, step));
    return keep === null ? frames : frames.filter((found) => keep(context, found.segment));
  };
}

/** The first frame that a path leads to, or null. */
export function firstFrameOf(
  outwards: number,
  path: readonly Block[],
): (context: ReadContext, frame: Frame) => Frame | null {
  const steps = path.map(compileStep);
  return (context, frame) => firstInside(context, outer(frame, outwards), steps, 0);
}

function compileStep(block: Block): CompiledStep {
  return {
    loop: block.loop,
    matches: segmentMatch(block.conditions),
    tag: block.segment === null ? null : tagMatch(block.segment.tag),
  };
}

function firstInside(context: ReadContext, frame: Frame, steps: readonly CompiledStep[], index: number): Frame | null {
  const step = steps[index];
  if (step === undefined) return frame;
  for (const next of inside(context, frame, step)) {
    const found = firstInside(context, next, steps, index + 1);
    if (found !== null) return found;
  }
  return null;
}

function inside(context: ReadContext, frame: Frame, step: CompiledStep): readonly Frame[] {
  const { instance, hidden } = frame;
  const { tag, matches } = step;
  if (tag !== null) {
    return instance.segments
      .filter((segment) => tag(context.segments, segment) && (matches === null || matches(context, segment)))
      .map((segment): Frame => ({ instance, segment, parent: frame, hidden }));
  }
  const frames: Frame[] = [];
  for (const child of instance.children) {
    if (child.node !== step.loop || hidden?.has(child) === true) continue;
    if (matches === null || matches(context, child.segments[0] ?? -1)) frames.push(loopFrame(child, frame, hidden));
  }
  return frames;
}

/** Finds the segments of a value, as seen from a frame. */
export interface SegmentSearch {
  /** Index of the first one, -1 when there is none. */
  first(context: ReadContext, frame: Frame): number;
  all(context: ReadContext, frame: Frame): readonly number[];
}

export function segmentSearch(value: ResolvedValue): SegmentSearch {
  const matches = segmentMatch(pairTests(value));
  const steps = value.path.map(compileStep);
  const tag = value.tag === null ? null : tagMatch(value.tag);
  const fits = (context: ReadContext, segment: number): boolean => matches === null || matches(context, segment);
  const firstIn = (context: ReadContext, from: Frame): number => {
    if (tag === null) return from.segment >= 0 && fits(context, from.segment) ? from.segment : -1;
    for (const segment of from.instance.segments) {
      if (tag(context.segments, segment) && fits(context, segment)) return segment;
    }
    return -1;
  };
  const firstBelow = (context: ReadContext, from: Frame, index: number): number => {
    const step = steps[index];
    if (step === undefined) return firstIn(context, from);
    for (const next of inside(context, from, step)) {
      const found = firstBelow(context, next, index + 1);
      if (found >= 0) return found;
    }
    return -1;
  };
  return {
    first: (context, frame) => firstBelow(context, outer(frame, value.outwards), 0),
    all: (context, frame) => {
      let frames: readonly Frame[] = [outer(frame, value.outwards)];
      for (const step of steps) frames = frames.flatMap((from) => inside(context, from, step));
      return frames.flatMap((from) => {
        const segments =
          tag === null ? [from.segment] : from.instance.segments.filter((each) => tag(context.segments, each));
        return segments.filter((segment) => segment >= 0 && fits(context, segment));
      });
    },
  };
}

/** A pair condition picks the segment too: one that has such a pair. */
function pairTests(value: ResolvedValue): readonly Test[] {
  if (value.pair === null) return value.tests;
  return [...value.tests, { positions: value.pair.qualifiers, component: null, codes: value.pair.codes }];
}

/**
 * Instances of the loop `leaf` that are not kept, and loops above that lead only to such: what `per` hides from a group.
 * What lies below a kept one stays with it.
 */
export function hiddenBeside(
  top: LoopInstance,
  leaf: LoopInstance['node'],
  kept: ReadonlySet<LoopInstance>,
): ReadonlySet<LoopInstance> {
  const hidden = new Set<LoopInstance>();
  const visit = (instance: LoopInstance): { readonly leaf: boolean; readonly kept: boolean } => {
    if (kept.has(instance)) return { leaf: true, kept: true };
    let holds = { leaf: instance.node === leaf, kept: false };
    for (const child of instance.children) {
      const below = visit(child);
      holds = { leaf: holds.leaf || below.leaf, kept: holds.kept || below.kept };
    }
    if (holds.leaf && !holds.kept) hidden.add(instance);
    return holds;
  };
  visit(top);
  return hidden;
}
