import type {
  Dictionary,
  ElementDefinition,
  ElementUse,
  LoopNode,
  SegmentDefinition,
  SegmentNode,
  SetDefinition,
} from '../../edi/dictionary/types.ts';
import { type Branch, branchesOf, type Leaf, leavesOf, type TreeDocument } from './layout.ts';
import { ISO_DATE, ISO_DATE_TIME } from './written-moments.ts';

/**
 * A layout as the set of a standard: each branch is a loop whose first segment holds the values of the branch as its elements.
 * So one engine reads and writes every kind of document, and nothing of it knows JSON, XML or CSV.
 *
 *     { orderNumber: text, lines*: { sku: text, quantity: number } }
 *
 *     ST  ZQ00 orderNumber  [ ZQ01 sku, quantity ]…
 *
 * Tags and element numbers are made here and never shown: `tree-names.ts` says them as the layout does.
 */
export interface LayoutSet {
  readonly definition: SetDefinition;
  readonly dictionary: Dictionary;
  /** The document itself; its loop is the root of the set, its segment the first one below. */
  readonly root: BranchPlan;
  readonly byTag: ReadonlyMap<string, BranchPlan>;
}

/** A branch in the set. */
export interface BranchPlan {
  readonly branch: Branch;
  /** Names from the top, as references write them; empty for the document itself. */
  readonly path: string;
  readonly tag: string;
  readonly loop: LoopNode;
  readonly segment: SegmentDefinition;
  /** Values that a map can name, in the order of their elements. Constants are none. */
  readonly leaves: readonly Leaf[];
  readonly children: readonly BranchPlan[];
}

/** First segment of every document, as the standards have one; it holds nothing. */
export const TOP_TAG = 'ST';
const PREFIX = 'ZQ';
const FIRST_NUMBER = 1000;
const EMPTY: SegmentNode = {
  kind: 'segment',
  tag: TOP_TAG,
  requirement: 'M',
  max: 1,
  definition: { tag: TOP_TAG, elements: [], notes: [] },
};

/** The set of a layout. */
export function layoutSet(type: string, { layout }: TreeDocument): LayoutSet {
  const plans: BranchPlan[] = [];
  let number = FIRST_NUMBER;
  const plan = (branch: Branch, outer: string | null): BranchPlan => {
    const tag = `${PREFIX}${plans.length.toString(36).toUpperCase().padStart(2, '0')}`;
    const path = outer === null || outer === '' ? branch.name : `${outer}/${branch.name}`;
    const leaves = leavesOf(branch).filter(({ constant }) => constant === null);
    const elements = leaves.map((leaf, index): ElementUse => {
      const element = elementOf(leaf, String(number++));
      return { position: index + 1, requirement: 'O', repeat: 1, element, components: [] };
    });
    const segment: SegmentDefinition = { tag, elements, notes: [] };
    const children: BranchPlan[] = [];
    const trigger: SegmentNode = {
      kind: 'segment',
      tag,
      requirement: outer === null ? 'O' : 'M',
      max: 1,
      definition: segment,
    };
    const inside: (SegmentNode | LoopNode)[] = outer === null ? [EMPTY, trigger] : [trigger];
    const loop: LoopNode = {
      kind: 'loop',
      name: outer === null ? TOP_TAG : tag,
      requirement: 'O',
      max: branch.many ? Number.POSITIVE_INFINITY : 1,
      children: inside,
      hierarchical: false,
    };
    const made: BranchPlan = { branch, path, tag, loop, segment, leaves, children };
    plans.push(made);
    for (const child of branchesOf(branch)) {
      const inner = plan(child, path);
      children.push(inner);
      inside.push(inner.loop);
    }
    return made;
  };
  const root = plan(layout, null);
  const byTag = new Map(plans.map((each) => [each.tag, each]));
  const definition: SetDefinition = { standard: 'x12', type, release: '', group: '', root: root.loop };
  const dictionary: Dictionary = {
    standard: 'x12',
    release: '',
    sets: [type],
    set: () => definition,
    segment: (tag) => byTag.get(tag)?.segment,
    element: () => undefined,
  };
  return { definition, dictionary, root, byTag };
}

const CODES = new Set(['true', 'false']);

function elementOf({ type, form, min, max }: Leaf, number: string): ElementDefinition {
  const base = { number, decimals: 0, min, max, codes: undefined } as const;
  switch (type) {
    case 'text':
      return { ...base, type: 'AN' };
    case 'number':
      return { ...base, type: 'R' };
    case 'boolean':
      return { ...base, type: 'ID', codes: CODES };
    case 'date':
      return { ...base, type: 'AN', form: form ?? ISO_DATE };
    case 'datetime':
      return { ...base, type: 'AN', form: ISO_DATE_TIME };
  }
}
