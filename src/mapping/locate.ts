import type { LoopNode } from '../edi/dictionary/types.ts';
import type { LoopInstance } from '../edi/structure-types.ts';
import { type Frame, loopFrame, outer, type ReadContext } from './frame.ts';
import { type SegmentMatch, segmentMatch } from './match.ts';
import { pairTest, type ResolvedValue } from './resolve-value.ts';
import type { Block } from './scope.ts';
import { tagBit, tagNumber } from './tags.ts';

/** All frames that a path of blocks leads to, in document order. */
export type FramesOf = (context: ReadContext, frame: Frame) => readonly Frame[];

/** One step of a path, ready to run. */
interface CompiledStep {
  readonly loop: Block['loop'];
  readonly matches: SegmentMatch | null;
  /** Number of the tag when the block is a single segment. */
  readonly tag: number | null;
  /** An instance without this bit leads nowhere. */
  readonly bit: number;
  /** True where the loops of the same kind below count as well. */
  readonly deep: boolean;
}

const NO_FRAMES: readonly Frame[] = [];
const NO_SEGMENTS: readonly number[] = [];

/**
 * Compiles a path. `outwards` frames are climbed first. `keep` refuses segments (for `rest`). With `deep` a step to a level of
 * a hierarchy (HL, CPS) leads to the levels below it too (for the lines of `per`).
 */
export function framesOf(outwards: number, path: readonly Block[], keep: SegmentMatch | null, deep = false): FramesOf {
  const steps = path.map((block) => ({ ...compileStep(block), deep: deep && block.loop.hierarchical }));
  const bit = steps[0]?.bit ?? 0;
  return (context, frame) => {
    const from = outer(frame, outwards);
    if ((from.tags & bit) !== bit) return NO_FRAMES;
    const frames: Frame[] = [];
    walk(context, from, steps, 0, (found) => {
      if (keep === null || keep(context, found.segment)) frames.push(found);
      return null;
    });
    return frames;
  };
}

/** The first frame that a path leads to, or null. */
export function firstFrameOf(
  outwards: number,
  path: readonly Block[],
): (context: ReadContext, frame: Frame) => Frame | null {
  const steps = path.map(compileStep);
  return (context, frame) => walk(context, outer(frame, outwards), steps, 0, itself);
}

function itself(frame: Frame): Frame {
  return frame;
}

function compileStep(block: Block): CompiledStep {
  return {
    loop: block.loop,
    matches: segmentMatch(block.conditions),
    tag: block.segment === null ? null : tagNumber(block.segment.tag),
    bit: tagBit(tagNumber(block.segment?.tag ?? block.loop.name)),
    deep: false,
  };
}

/**
 * Offers every frame at the end of the steps, in document order, until one gives a result. `around` is the frame outside those
 * found: levels that a deep step passes are no blocks of the map.
 */
function walk<T>(
  context: ReadContext,
  frame: Frame,
  steps: readonly CompiledStep[],
  index: number,
  take: (found: Frame, context: ReadContext) => T | null,
  around: Frame = frame,
): T | null {
  const step = steps[index];
  if (step === undefined) return take(frame, context);
  if ((frame.tags & step.bit) === 0) return null;
  const { instance, hidden, tags } = frame;
  const { tag, matches } = step;
  if (tag !== null) {
    for (const segment of instance.segments) {
      if (context.tags[segment] !== tag || (matches !== null && !matches(context, segment))) continue;
      const result = walk(context, { instance, segment, parent: frame, hidden, tags }, steps, index + 1, take);
      if (result !== null) return result;
    }
    return null;
  }
  for (const child of childrenOf(context, instance, step.loop)) {
    if (child.node !== step.loop || hidden?.has(child) === true) continue;
    const passes = matches === null || matches(context, child.segments[0] ?? -1);
    if (!passes && !step.deep) continue;
    const inner = loopFrame(context, child, around, hidden);
    const result = passes ? walk(context, inner, steps, index + 1, take) : null;
    const below = result === null && step.deep ? walk(context, inner, steps, index, take, around) : null;
    if (result !== null || below !== null) return result ?? below;
  }
  return null;
}

/** Where fewer children are, looking through them is faster than an index. */
const MANY_CHILDREN = 16;

/**
 * The children that may be of a loop. An instance with many is indexed once: each of a thousand statuses looks for the few
 * parties of the heading among a thousand LX.
 */
function childrenOf({ children }: ReadContext, instance: LoopInstance, loop: LoopNode): readonly LoopInstance[] {
  if (instance.children.length < MANY_CHILDREN) return instance.children;
  let index = children.get(instance);
  if (index === undefined) {
    index = Map.groupBy(instance.children, ({ node }) => node);
    children.set(instance, index);
  }
  return index.get(loop) ?? [];
}

/** Finds the segments of a value, as seen from a frame. */
export interface SegmentSearch {
  /** Index of the first one, -1 when there is none. */
  first(context: ReadContext, frame: Frame): number;
  all(context: ReadContext, frame: Frame): readonly number[];
}

export function segmentSearch(value: ResolvedValue): SegmentSearch {
  const { outwards } = value;
  const steps = value.path.map(compileStep);
  const matches = segmentMatch(value.pair === null ? value.tests : [...value.tests, pairTest(value.pair)]);
  const tag = value.tag === null ? null : tagNumber(value.tag);
  const bit = tag === null ? 0 : tagBit(tag);
  const outermost = steps[0]?.bit ?? bit;
  const fits = (context: ReadContext, segment: number): boolean =>
    (tag === null || context.tags[segment] === tag) && (matches === null || matches(context, segment));
  const firstIn = (from: Frame, context: ReadContext): number | null => {
    if (tag === null) return from.segment >= 0 && fits(context, from.segment) ? from.segment : null;
    if ((from.tags & bit) === 0) return null;
    const { segments } = from.instance;
    for (let index = 0; index < segments.length; index++) {
      const segment = segments[index] ?? -1;
      if (fits(context, segment)) return segment;
    }
    return null;
  };
  return {
    first: (context, frame) => {
      const from = outer(frame, outwards);
      if ((from.tags & outermost) !== outermost) return -1;
      return (steps.length === 0 ? firstIn(from, context) : walk(context, from, steps, 0, firstIn)) ?? -1;
    },
    all: (context, frame) => {
      const start = outer(frame, outwards);
      if ((start.tags & outermost) !== outermost) return NO_SEGMENTS;
      const found: number[] = [];
      walk(context, start, steps, 0, (from) => {
        const candidates = tag === null ? [from.segment] : from.instance.segments;
        for (const segment of candidates) if (segment >= 0 && fits(context, segment)) found.push(segment);
        return null;
      });
      return found;
    },
  };
}
