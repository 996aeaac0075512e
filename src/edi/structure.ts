import type { LoopNode, SetDefinition } from './dictionary/types.ts';
import {
  createHierarchy,
  type GrowingInstance,
  growInstance,
  type Hierarchy,
  type HierarchyFault,
} from './hierarchy.ts';
import { Occurrences } from './occurrences.ts';
import type { Segments } from './segments.ts';
import { leftBehind, type PlanNode, planOf, type SetPlan, type Step, tagOf } from './structure-plan.ts';
import type { LoopInstance, Structure } from './structure-types.ts';

/** A segment that is not where the set wants it. */
export interface StructureFault {
  readonly code:
    | 'SEGMENT_MISSING'
    | 'SEGMENT_NOT_IN_SET'
    | 'SEGMENT_UNEXPECTED'
    | 'SEGMENT_OUT_OF_ORDER'
    | 'SEGMENT_REPEATED'
    | 'LOOP_REPEATED'
    | 'HIERARCHY_BROKEN';
  /** The segment at fault, from 0; of a missing one, the place where it should have stood. */
  readonly segment: number;
  readonly tag: string;
  /** The loop it belongs to; null when it belongs to none. */
  readonly instance: LoopInstance | null;
  /** How often it may occur, where it occurs too often. */
  readonly max?: number;
  readonly hierarchy?: HierarchyFault;
}

type Report = (fault: StructureFault) => void;

/** So many loops beyond their maximum are still kept apart, so that a hostile file cannot fill the memory. */
const MOST_SURPLUS = 1000;

/**
 * Lays the segments of a document over its set, from ST to SE, in one pass; time grows with the number of segments alone.
 * A segment goes to the next place that takes its tag and still has room; after a fault the walk goes on. Tags that the
 * set does not have are SEGMENT_NOT_IN_SET, also those the standard does not have: only a dictionary can tell.
 */
export function structureOf(definition: SetDefinition, segments: Segments, report: Report): Structure {
  const walk = new Walk(planOf(definition), definition.root, segments, report);
  const { tagKeys } = segments;
  for (let segment = 0; segment < tagKeys.length; segment++) walk.place(segment, tagKeys[segment] ?? 0);
  walk.finish();
  return { definition, segments, root: walk.root };
}

class Walk {
  readonly root: GrowingInstance;
  readonly #plan: SetPlan;
  readonly #segments: Segments;
  readonly #report: Report;
  readonly #hierarchy: Hierarchy;
  readonly #occurrences: Occurrences;
  /** By node number of a loop: its open instance. */
  readonly #open: (GrowingInstance | undefined)[];
  #at: PlanNode;
  #toldTooDeep = false;

  constructor(plan: SetPlan, node: LoopNode, segments: Segments, report: Report) {
    this.root = { node, parent: null, segments: [], children: [] };
    this.#plan = plan;
    this.#segments = segments;
    this.#report = report;
    this.#hierarchy = createHierarchy(this.root);
    this.#occurrences = new Occurrences(plan.size);
    this.#open = new Array(plan.size);
    this.#open[0] = this.root;
    this.#at = plan.root.children[0] ?? plan.root;
  }

  /** `key` is the tag as a number (see `tagKey`). */
  place(segment: number, key: number): void {
    const tag = this.#plan.tagNumbers.get(key);
    if (tag < 0) {
      this.#fault('SEGMENT_NOT_IN_SET', segment, this.#segments.tag(segment), null);
      return;
    }
    if (segment === 0 && this.#segments.tag(0) === this.root.node.name) {
      this.root.segments.push(0);
      return;
    }
    const steps = this.#plan.steps(this.#at, tag);
    const first = steps[0];
    if (first === undefined) {
      this.#fault('SEGMENT_UNEXPECTED', segment, this.#plan.tagText(tag), null);
      return;
    }
    let step = first;
    if (this.#isFull(first.target)) {
      const roomy = steps.find(({ target }) => !this.#isFull(target));
      if (roomy === undefined) this.#tooMany(first.target, segment);
      else step = roomy;
    }
    if (step.backwards && !this.#isFull(step.target)) {
      this.#fault('SEGMENT_OUT_OF_ORDER', segment, this.#plan.tagText(tag), this.#openLoop(step.target.loop));
    }
    this.#take(step, segment);
  }

  /** Reports what the end leaves missing. */
  finish(): void {
    this.#leave(leftBehind(this.#at, null), this.#segments.count);
  }

  #isFull(node: PlanNode): boolean {
    return this.#occurrences.of(node) >= node.max;
  }

  #take({ target, backwards, left, passed }: Step, segment: number): void {
    const { loop } = target;
    this.#occurrences.add(target);
    if (backwards && target.node.kind === 'segment') {
      this.#openLoop(loop).segments.push(segment);
      return;
    }
    if (left.length > 0) this.#leave(left, segment);
    if (passed.length > 0) this.#pass(passed, segment);
    if (target.node.kind === 'segment') {
      this.#openLoop(loop).segments.push(segment);
      this.#at = target;
    } else {
      this.#openInstance(target, target.node, segment);
    }
  }

  #openInstance(target: PlanNode, node: LoopNode, segment: number): void {
    this.#occurrences.begin(target);
    const trigger = target.children[0] ?? target;
    this.#occurrences.add(trigger);
    this.#at = trigger;
    if (this.#occurrences.of(target) > node.max + MOST_SURPLUS) return;
    const { parent, fault } = node.hierarchical
      ? this.#hierarchy.parentOf(this.#segments, segment)
      : { parent: this.#openLoop(target.loop), fault: null };
    const instance = growInstance(node, parent, segment);
    this.#open[target.index] = instance;
    if (node.hierarchical) this.#hierarchy.remember(instance);
    if (fault !== null) this.#hierarchyFault(fault, segment, instance);
  }

  /** Reports which nodes of the loops that are left are missing. */
  #leave(left: readonly PlanNode[], segment: number): void {
    for (const node of left) {
      if (this.#occurrences.of(node) !== 0) continue;
      const passed = this.#occurrences.passedAt(node);
      this.#missing(node, passed < 0 ? segment : passed);
    }
  }

  /** Notes the mandatory nodes that a step leaves out; they may still come, out of order. */
  #pass(passed: readonly PlanNode[], segment: number): void {
    for (const node of passed) {
      if (this.#occurrences.of(node) === 0) this.#occurrences.pass(node, segment);
    }
  }

  #openLoop(loop: PlanNode | null): GrowingInstance {
    return (loop === null ? undefined : this.#open[loop.index]) ?? this.root;
  }

  #missing({ node, loop }: PlanNode, segment: number): void {
    this.#report({ code: 'SEGMENT_MISSING', segment, tag: tagOf(node), instance: this.#openLoop(loop) });
  }

  #tooMany(node: PlanNode, segment: number): void {
    const code = node.node.kind === 'loop' ? 'LOOP_REPEATED' : 'SEGMENT_REPEATED';
    const instance = this.#openLoop(node.loop);
    this.#report({ code, segment, tag: tagOf(node.node), instance, max: node.max });
  }

  #hierarchyFault(hierarchy: HierarchyFault, segment: number, instance: LoopInstance): void {
    if (hierarchy === 'too-deep') {
      if (this.#toldTooDeep) return;
      this.#toldTooDeep = true;
    }
    const tag = this.#segments.tag(segment);
    this.#report({ code: 'HIERARCHY_BROKEN', segment, tag, instance, hierarchy });
  }

  #fault(code: StructureFault['code'], segment: number, tag: string, instance: LoopInstance | null): void {
    this.#report({ code, segment, tag, instance });
  }
}
