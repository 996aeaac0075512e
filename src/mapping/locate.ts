import type { LoopNode } from '../edi/dictionary/types.ts';
import type { LoopInstance } from '../edi/structure-types.ts';
import { type Frame, loopFrame, outer, type ReadContext } from './frame.ts';
import { type SegmentTest, segmentMatch } from './match.ts';
import type { Program } from './program.ts';
import { pairTest, type ResolvedValue } from './resolve-value.ts';
import type { Block } from './scope.ts';
import { tagBit, tagNumber } from './tags.ts';

/** One step of a path, ready to run. */
interface CompiledStep {
  readonly loop: Block['loop'];
  readonly matches: SegmentTest | null;
  /** Number of the tag when the block is a single segment. */
  readonly tag: number | null;
  /** An instance without this bit leads nowhere. */
  readonly bit: number;
  /** True where the loops of the same kind below count as well. */
  readonly deep: boolean;
}

const NO_FRAMES: readonly Frame[] = [];
const NO_SEGMENTS: readonly number[] = [];

/** True where a path ends in a loop inside the levels of a hierarchy, as CPS/LIN does: they are looked for at any depth. */
export function leadsThroughLevels(path: readonly Block[]): boolean {
  return path.at(-1)?.loop.hierarchical === false;
}

/** The frames of the entries of a list. */
export type EntryPath = Pick<FramePath, 'emitEach' | 'bits'>;

/** Statements for the frame of a name; they break the label where one frame is enough. */
export type EmittedBody = (frame: string, label: string) => string;

/** Statements that run the body with every frame of a path, which gives them as a list. */
export function emitAll(program: Program, path: Pick<FramePath, 'all'>, around: string, body: EmittedBody): string {
  const [frame, label] = [program.variable(), program.variable()];
  const frames = `${program.constant(path)}.all(c, ${around})`;
  return `${label}: for (const ${frame} of ${frames}) { ${body(frame, label)} }`;
}

/** A path of blocks, ready to be followed from a frame. */
export class FramePath {
  /** It leads nowhere from a frame without these tags; 0 where it begins further out. */
  readonly bits: number;
  readonly #outwards: number;
  readonly #steps: readonly CompiledStep[];
  readonly #keep: SegmentTest | null;
  readonly #bit: number;

  /**
   * `outwards` frames are climbed first. `keep` refuses segments (for `rest`). With `deep` a step to a level of a hierarchy (HL,
   * CPS) leads to the levels below it too.
   */
  constructor(outwards: number, path: readonly Block[], keep: SegmentTest | null = null, deep = false) {
    this.#outwards = outwards;
    this.#steps = path.map((block) => ({ ...compileStep(block), deep: deep && block.loop.hierarchical }));
    this.#keep = keep;
    this.#bit = this.#steps[0]?.bit ?? 0;
    this.bits = outwards === 0 ? this.#bit : 0;
  }

  /**
   * Statements that run the body with each frame that it leads to from the frame of the name `around`, in document order.
   */
  emitEach(program: Program, around: string, body: EmittedBody): string {
    const [step, second] = this.#steps;
    if (step === undefined || second !== undefined || step.deep) return emitAll(program, this, around, body);
    const [from, frame, label] = [program.variable(), program.variable(), program.variable()];
    const climbed = this.#outwards === 0 ? around : `${program.constant(outer)}(${around}, ${this.#outwards})`;
    const [list, at, each] = [program.variable(), program.variable(), program.variable()];
    const matches = (segment: string): string =>
      [step.matches, this.#keep].map((test) => (test === null ? '' : ` && ${test.emit(program, segment)}`)).join('');
    const loop = step.tag === null ? emitLoops(program, step) : emitSegments(step.tag);
    return `const ${from} = ${climbed};
      ${label}: if ((${from}.tags & ${this.#bit}) !== 0) {
        const ${list} = ${loop.list(from)};
        for (let ${at} = 0; ${at} < ${list}.length; ${at}++) {
          const ${each} = ${list}[${at}];
          if (!(${loop.fits(each, from)}${matches(loop.segment(each))})) continue;
          const ${frame} = ${loop.frame(each, from)};
          ${body(frame, label)}
        }
      }`;
  }

  /** All frames that it leads to, in document order. */
  all(context: ReadContext, frame: Frame): readonly Frame[] {
    const from = outer(frame, this.#outwards);
    if ((from.tags & this.#bit) !== this.#bit) return NO_FRAMES;
    const frames: Frame[] = [];
    const keep = this.#keep;
    walk(context, from, this.#steps, 0, (found) => {
      if (keep === null || keep.holds(context, found.segment)) frames.push(found);
      return null;
    });
    return frames;
  }

  /** The first one, or null. */
  first(context: ReadContext, frame: Frame): Frame | null {
    const from = outer(frame, this.#outwards);
    return (from.tags & this.#bit) === this.#bit ? walk(context, from, this.#steps, 0, itself) : null;
  }
}

/** How the frames of a step are found, as expressions over the names of an item of the list and of the frame around. */
interface EmittedStep {
  list(from: string): string;
  fits(item: string, from: string): string;
  segment(item: string): string;
  frame(item: string, from: string): string;
}

function emitLoops(program: Program, { loop }: CompiledStep): EmittedStep {
  const node = program.constant(loop);
  return {
    list: (from) => `${program.constant(childrenOf)}(c, ${from}.instance, ${node})`,
    fits: (item, from) => `${item}.node === ${node} && (${from}.hidden === null || !${from}.hidden.has(${item}))`,
    segment: (item) => `${program.constant(triggerOf)}(${item})`,
    frame: (item, from) => `${program.constant(loopFrame)}(c, ${item}, ${from}, ${from}.hidden)`,
  };
}

function emitSegments(tag: number): EmittedStep {
  return {
    list: (from) => `${from}.instance.segments`,
    fits: (item) => `c.tags[${item}] === ${tag}`,
    segment: (item) => item,
    frame: (item, from) =>
      `{ instance: ${from}.instance, segment: ${item}, parent: ${from}, hidden: ${from}.hidden, tags: ${from}.tags }`,
  };
}

function triggerOf({ segments }: LoopInstance): number {
  return segments[0] ?? -1;
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
    const { segments } = instance;
    for (let at = 0; at < segments.length; at++) {
      const segment = segments[at] ?? -1;
      if (context.tags[segment] !== tag || (matches !== null && !matches.holds(context, segment))) continue;
      const result = walk(context, { instance, segment, parent: frame, hidden, tags }, steps, index + 1, take);
      if (result !== null) return result;
    }
    return null;
  }
  const children = childrenOf(context, instance, step.loop);
  for (let at = 0; at < children.length; at++) {
    const child = children[at];
    if (child === undefined || child.node !== step.loop || hidden?.has(child) === true) continue;
    const passes = matches === null || matches.holds(context, child.segments[0] ?? -1);
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
export class SegmentSearch {
  /** It finds nothing from a frame without these tags; 0 where it begins further out. */
  readonly bits: number;
  /** The number of the tag where it finds pairs in the segments of the frame itself, and nothing else is asked of them. */
  readonly pairTag: number | null;
  readonly #outwards: number;
  readonly #steps: readonly CompiledStep[];
  readonly #matches: SegmentTest | null;
  /** Number of the tag; -1 when the frame is that segment. */
  readonly #tag: number;
  readonly #bit: number;
  readonly #outermost: number;
  /** Searches with the same key find the same; empty where it is like no other. */
  readonly #key: string;

  constructor(value: ResolvedValue) {
    this.#outwards = value.outwards;
    this.#steps = value.path.map(compileStep);
    this.#matches = segmentMatch(value.pair === null ? value.tests : [...value.tests, pairTest(value.pair)]);
    this.#tag = value.tag === null ? -1 : tagNumber(value.tag);
    this.#bit = value.tag === null ? 0 : tagBit(this.#tag);
    this.#outermost = this.#steps[0]?.bit ?? this.#bit;
    this.bits = value.outwards === 0 ? this.#outermost : 0;
    const { outwards, tests, pair } = value;
    const here = outwards === 0 && this.#steps.length === 0 && this.#tag >= 0;
    this.pairTag = here && pair !== null && tests.length === 0 ? this.#tag : null;
    this.#key = this.#steps.length > 0 ? '' : JSON.stringify([outwards, this.#tag, tests, pair]);
  }

  /** An expression for the index of the first one, -1 when there is none. */
  emit(program: Program): string {
    const key = this.#key === '' ? program.constant(this) : this.#key;
    return program.segment(key, () => this.#find(program));
  }

  /** Most values of most documents are not there: this must be quick to see it. */
  #find(program: Program): string {
    const climb = this.#outwards === 0 ? '' : `b = ${program.constant(outer)}(b, ${this.#outwards});`;
    const absent = this.#outermost === 0 ? '' : `if ((b.tags & ${this.#outermost}) === 0) return -1;`;
    if (this.#steps.length > 0) return `${climb} ${absent} return ${program.constant(this)}.firstBelow(c, b);`;
    return `${climb} ${absent} ${this.#emitHere(program, 'b', (segment) => `return ${segment};`)} return -1;`;
  }

  /** Statements that run the body with the name of each segment. */
  emitEach(program: Program, body: (segment: string) => string): string {
    const from = program.variable();
    if (this.#steps.length > 0) {
      return `for (const ${from} of ${program.constant(this)}.all(c, b)) { ${body(from)} }`;
    }
    const climbed = this.#outwards === 0 ? 'b' : `${program.constant(outer)}(b, ${this.#outwards})`;
    const there = this.#bit === 0 ? '' : `if ((${from}.tags & ${this.#bit}) !== 0)`;
    return `const ${from} = ${climbed}; ${there} { ${this.#emitHere(program, from, body)} }`;
  }

  /** The segments of a frame itself. */
  #emitHere(program: Program, from: string, body: (segment: string) => string): string {
    const [list, at, segment] = [program.variable(), program.variable(), program.variable()];
    const matches = this.#matches === null ? '' : ` && ${this.#matches.emit(program, segment)}`;
    if (this.#tag < 0) {
      return `const ${segment} = ${from}.segment; if (${segment} >= 0${matches}) { ${body(segment)} }`;
    }
    return `const ${list} = ${from}.instance.segments;
      for (let ${at} = 0; ${at} < ${list}.length; ${at}++) {
        const ${segment} = ${list}[${at}];
        if (c.tags[${segment}] === ${this.#tag}${matches}) { ${body(segment)} }
      }`;
  }

  /** The first one in the loops that the steps lead to from a frame, -1 when there is none. */
  firstBelow(context: ReadContext, from: Frame): number {
    return (
      walk(context, from, this.#steps, 0, (found) => {
        const segment = this.#firstIn(context, found);
        return segment < 0 ? null : segment;
      }) ?? -1
    );
  }

  all(context: ReadContext, frame: Frame): readonly number[] {
    const start = outer(frame, this.#outwards);
    if ((start.tags & this.#outermost) !== this.#outermost) return NO_SEGMENTS;
    const found: number[] = [];
    walk(context, start, this.#steps, 0, (from) => {
      const candidates = this.#tag < 0 ? [from.segment] : from.instance.segments;
      for (const segment of candidates) if (segment >= 0 && this.#fits(context, segment)) found.push(segment);
      return null;
    });
    return found;
  }

  #firstIn(context: ReadContext, frame: Frame): number {
    if (this.#tag < 0) return frame.segment >= 0 && this.#fits(context, frame.segment) ? frame.segment : -1;
    if ((frame.tags & this.#bit) === 0) return -1;
    const { segments } = frame.instance;
    for (let index = 0; index < segments.length; index++) {
      const segment = segments[index] ?? -1;
      if (this.#fits(context, segment)) return segment;
    }
    return -1;
  }

  #fits(context: ReadContext, segment: number): boolean {
    if (this.#tag >= 0 && context.tags[segment] !== this.#tag) return false;
    return this.#matches === null || this.#matches.holds(context, segment);
  }
}
