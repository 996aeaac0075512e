import { Scratch } from '../util/scratch.ts';
import type { PlanNode } from './structure-plan.ts';

/** One document is laid over its set at a time. */
const room = new Scratch();

/**
 * How often each node of a set occurs within the open instance of its loop. Each instance has a number, and what was counted
 * for an earlier one does not count any more: so nothing has to be cleared when a loop begins anew.
 */
export class Occurrences {
  readonly #table: Int32Array;
  readonly #size: number;
  #instances = 0;

  /** `size` is that of the plan. One at a time: the one before is not to be used any more. */
  constructor(size: number) {
    // By node: the instance that its count is for, the count, the segment before which it should have stood (from 1), and of a
    // loop its open instance.
    this.#table = room.filled(4 * size, 0);
    this.#size = size;
  }

  /** A new instance of a loop is open. */
  begin(loop: PlanNode): void {
    this.#table[3 * this.#size + loop.index] = ++this.#instances;
  }

  of(node: PlanNode): number {
    return this.#isCurrent(node) ? (this.#table[this.#size + node.index] ?? 0) : 0;
  }

  add(node: PlanNode): void {
    this.#refresh(node);
    const at = this.#size + node.index;
    this.#table[at] = (this.#table[at] ?? 0) + 1;
  }

  /** The node was passed over before a segment; the first one counts. */
  pass(node: PlanNode, segment: number): void {
    this.#refresh(node);
    const at = 2 * this.#size + node.index;
    if (this.#table[at] === 0) this.#table[at] = segment + 1;
  }

  /** The segment before which a node was passed over, -1 when it was not. */
  passedAt(node: PlanNode): number {
    return this.#isCurrent(node) ? (this.#table[2 * this.#size + node.index] ?? 0) - 1 : -1;
  }

  #instanceAround({ loop }: PlanNode): number {
    return loop === null ? 0 : (this.#table[3 * this.#size + loop.index] ?? 0);
  }

  #isCurrent(node: PlanNode): boolean {
    return this.#table[node.index] === this.#instanceAround(node);
  }

  #refresh(node: PlanNode): void {
    if (this.#isCurrent(node)) return;
    this.#table[node.index] = this.#instanceAround(node);
    this.#table[this.#size + node.index] = 0;
    this.#table[2 * this.#size + node.index] = 0;
  }
}
