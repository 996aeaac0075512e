import type { LoopNode, SegmentDefinition } from '../../edi/dictionary/types.ts';
import type { Place } from '../../util/problem.ts';
import { testsKey } from '../cells.ts';
import { type Block, type Test, triggerOf } from '../scope.ts';
import { addClaim, type Claim, contradicts } from './claims.ts';
import { cellAt, cellKey, type DraftInstance, type DraftSegment, newInstance, newSegment } from './draft.ts';
import type { WriteRun } from './run.ts';

/** A block while a document is written: one occurrence of a loop, or one segment of it. Mirrors the frames of reading. */
export interface WriteFrame {
  readonly instance: DraftInstance;
  /** The segment that a bare number means: the loop's trigger, or the single segment. */
  readonly segment: DraftSegment | null;
  readonly parent: WriteFrame | null;
  /** Blocks entered from here, by the key of their step: entering again finds the same one. */
  readonly inner: Map<string, WriteFrame>;
}

/** One step of a path, ready to be entered. */
export interface WriteStep {
  readonly key: string;
  readonly loop: LoopNode;
  /** Null when the step is a loop. */
  readonly single: SegmentDefinition | null;
  readonly trigger: SegmentDefinition | null;
  readonly tests: readonly Test[];
}

export function writeSteps(path: readonly Block[]): readonly WriteStep[] {
  return path.map(({ loop, segment, conditions }) => {
    const single = segment?.definition ?? null;
    const trigger = single ?? triggerOf(loop)?.definition ?? null;
    return { key: `${trigger?.tag ?? loop.name}${testsKey(conditions)}`, loop, single, trigger, tests: conditions };
  });
}

/** The frame of the whole document; its trigger is the header, which the engine makes. */
export function rootFrame(root: LoopNode): WriteFrame {
  const instance = newInstance(root);
  instance.wanted = true;
  const header = triggerOf(root)?.definition;
  if (header !== undefined) instance.segments.push(newSegment(header, header.tag));
  return { instance, segment: null, parent: null, inner: new Map() };
}

export function outerFrame(frame: WriteFrame, outwards: number): WriteFrame {
  let found = frame;
  for (let step = 0; step < outwards && found.parent !== null; step++) found = found.parent;
  return found;
}

/** Enters the blocks of a path, each the one that was entered before where there is one. */
export function enterPath(run: WriteRun, from: WriteFrame, steps: readonly WriteStep[], at: Place): WriteFrame {
  let frame = from;
  for (const step of steps) {
    let next = frame.inner.get(step.key);
    if (next === undefined) {
      next = openStep(run, frame, step, at, true);
      frame.inner.set(step.key, next);
    }
    frame = next;
  }
  return frame;
}

/** Opens a new block for every step of a path: an entry of a list. */
export function openPath(run: WriteRun, from: WriteFrame, steps: readonly WriteStep[], at: Place): WriteFrame {
  let frame = from;
  for (const step of steps) frame = openStep(run, frame, step, at, false);
  return frame;
}

/** The block that a path leads to, if it was entered; nothing is made. */
export function findPath(from: WriteFrame, steps: readonly WriteStep[]): WriteFrame | undefined {
  let frame: WriteFrame | undefined = from;
  for (const step of steps) frame = frame?.inner.get(step.key);
  return frame;
}

function openStep(run: WriteRun, parent: WriteFrame, step: WriteStep, at: Place, share: boolean): WriteFrame {
  if (step.single !== null) {
    const segment = share
      ? segmentIn(parent.instance, step.single, step.key, step.tests, at)
      : addSegment(parent.instance, step.single, step.key, step.tests, at);
    return { instance: parent.instance, segment, parent, inner: new Map() };
  }
  const instance = newInstance(step.loop);
  parent.instance.children.push(instance);
  const segment = step.trigger === null ? null : addSegment(instance, step.trigger, step.trigger.tag, step.tests, at);
  const frame = { instance, segment, parent, inner: new Map() };
  for (const line of run.lines) if (line.loop === step.loop) line.open(frame);
  return frame;
}

/** The segment of that key in an instance, made with its conditions when it is not there. */
export function segmentIn(
  instance: DraftInstance,
  definition: SegmentDefinition,
  key: string,
  tests: readonly Test[],
  at: Place,
): DraftSegment {
  const found = instance.segments.find((segment) => segment.key === key);
  return found ?? addSegment(instance, definition, key, tests, at);
}

/** A new segment of an instance, with what its conditions want. */
export function addSegment(
  instance: DraftInstance,
  definition: SegmentDefinition,
  key: string,
  tests: readonly Test[],
  at: Place,
): DraftSegment {
  const segment = newSegment(definition, key);
  instance.segments.push(segment);
  for (const test of tests) {
    const claim = conditionClaim(test, '', at);
    const place = test.positions.find(
      (position) => !contradicts(segment.cells.get(cellKey(position, test.component)), claim),
    );
    if (place !== undefined) addClaim(cellAt(segment, cellKey(place, test.component)), claim);
  }
  return segment;
}

/** The codes of a condition as what it wants of its element; with `not` what it will not have there. */
export function conditionClaim({ codes, not }: Test, field: string, at: Place): Claim {
  return { field, at, kind: 'condition', texts: not ? [] : codes, accepts: (text) => codes.includes(text) !== not };
}
