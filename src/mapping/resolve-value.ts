import type { LoopNode, SegmentDefinition } from '../edi/dictionary/types.ts';
import type { Step, ValueReference } from './reference.ts';
import {
  type Block,
  type ElementPlace,
  enter,
  isFault,
  ownSegment,
  placesOf,
  resolveConditions,
  type ScopeFault,
  type Test,
  triggerOf,
} from './scope.ts';

/** A value reference resolved in exactly one way. */
export interface ResolvedValue {
  readonly text: string;
  /** How many frames outwards the search begins; null begins at the top. */
  readonly outwards: number;
  /** Loops to enter from there. */
  readonly path: readonly Block[];
  /** Tag of the segment; null when the block is that segment. */
  readonly tag: string | null;
  readonly definition: SegmentDefinition;
  /** Tests that pick the segment. */
  readonly tests: readonly Test[];
  /** A pair condition; null where the value stands in one place. */
  readonly pair: Pair | null;
  /** Elements of the value in order: one, or those of a span. Empty for a pair. */
  readonly places: readonly ElementPlace[];
  /** The block whose segment this is, for `rest` and the rules about blocks. */
  readonly owner: Block;
}

/** The value stands at `values[i]` where position `qualifiers[i]` holds one of the codes. */
export interface Pair {
  readonly qualifiers: readonly number[];
  readonly values: readonly number[];
  readonly codes: readonly string[];
  /** Where both stand in one composite, which component the qualifier is and which the value; null where they are elements. */
  readonly components: { readonly qualifier: number; readonly value: number } | null;
}

/** A pair condition picks the segment too: one that has such a pair. */
export function pairTest({ qualifiers, codes, components }: Pair): Test {
  return { positions: qualifiers, component: components?.qualifier ?? null, codes, not: false };
}

/**
 * The block that holds the segment of a value, and every test that picks the segment there: `N1(01=ST)02`, and `02` inside
 * `in: N1(01=ST)`, name the same segment.
 */
export function homeOf(value: ResolvedValue): { readonly block: Block; readonly tests: readonly Test[] } {
  const { owner, tag, tests } = value;
  if (tag !== null || owner.parent === null) return { block: owner, tests };
  return { block: owner.parent, tests: [...owner.conditions, ...tests] };
}

/** Tells the block around that a segment is spoken for, so that `rest` leaves it out. */
export function nameSegment(value: ResolvedValue): void {
  if (value.tag === null && value.path.length === 0) return;
  const { block, tests } = homeOf(value);
  const { tag } = value.definition;
  block.named.set(tag, [...(block.named.get(tag) ?? []), tests]);
}

/** Resolves a reference as seen from a block. `every` allows a repeated element number (for `all`). */
export function resolveValue(block: Block, reference: ValueReference, every: boolean): ResolvedValue | ScopeFault {
  const start = reference.fromTop ? { block: top(block), outwards: depth(block) } : { block, outwards: 0 };
  if (start.block.parent === null && reference.word === '' && reference.steps.length === 0) {
    const fault = `"${reference.text}" is the number of an element, and no segment is around it.`;
    return { code: 'MAP_REFERENCE', fault, remedy: 'Write the segment before it, as in BSN02.' };
  }
  const candidates = splits(reference);
  let firstFault: ScopeFault | null = null;
  for (
    let scope: Block | null = start.block, outwards = start.outwards;
    scope !== null;
    scope = scope.parent, outwards++
  ) {
    const found: ResolvedValue[] = [];
    for (const { tag, element } of candidates) {
      const resolved = resolveIn(scope, outwards, reference, tag, element, every);
      if (!isFault(resolved)) found.push(resolved);
      else if (resolved.code !== 'MAP_SEGMENT') firstFault ??= resolved;
    }
    const [only, second] = found;
    if (second !== undefined) {
      const fault = `"${reference.text}" can be read as ${found.map((each) => each.definition.tag).join(' and as ')}.`;
      return { code: 'MAP_AMBIGUOUS', fault, remedy: 'Add a condition, as in N1(01=ST)02.' };
    }
    if (only !== undefined) return only;
    if (firstFault !== null || reference.fromTop) break;
  }
  return (
    firstFault ??
    unknownSegment(
      block,
      reference,
      candidates.map(({ tag }) => tag ?? ''),
    )
  );
}

function resolveIn(
  scope: Block,
  outwards: number,
  reference: ValueReference,
  tag: string | null,
  element: string,
  every: boolean,
): ResolvedValue | ScopeFault {
  const located = locate(scope, reference.steps, tag);
  if (isFault(located)) return located;
  const { path, owner, definition, ownTrigger, entered } = located;
  const places = spanOf(definition, element, reference);
  if (isFault(places)) return places;
  const base = { text: reference.text, outwards, path, tag: ownTrigger ? null : definition.tag, definition, owner };
  const tests = resolveConditions(definition, reference.conditions, false, onlyPosition(places));
  if (isFault(tests)) return tests;
  if (reference.until === null && places.length > 1) {
    const pairing = tests.filter(({ positions, not }) => positions.length > 1 && !not);
    const [pair] = pairing;
    if (pair !== undefined) return pairOf({ ...base, tests: tests.filter((test) => test !== pair) }, pair, places);
    if (!every) {
      const remedy = `Write the position, as in ${definition.tag}${String(places[0]?.position).padStart(2, '0')}, or a pair condition.`;
      return {
        code: 'MAP_ELEMENT',
        fault: `Data element ${element} occurs ${places.length} times in ${definition.tag}.`,
        remedy,
      };
    }
  }
  if (!entered || tests.length === 0) return { ...base, tests, pair: null, places };
  // `RFF(1153=BM)1154` where the RFF begins a loop means the loop with that code: another code is another loop.
  const chosen = { ...owner, conditions: tests };
  return { ...base, path: [...path.slice(0, -1), chosen], owner: chosen, tests: [], pair: null, places };
}

/** The position of the composite that a value is a component of; null where it may be one of several. */
function onlyPosition(places: readonly ElementPlace[]): number | null {
  const positions = new Set(places.map(({ position, component }) => (component === null ? null : position)));
  const [only = null] = positions;
  return positions.size === 1 ? only : null;
}

interface Located {
  readonly path: readonly Block[];
  readonly owner: Block;
  readonly definition: SegmentDefinition;
  /** The segment is the one that the last block of the path stands on. */
  readonly ownTrigger: boolean;
  /** The last block of the path is a loop that was entered for its trigger. */
  readonly entered: boolean;
}

function locate(scope: Block, steps: readonly Step[], tag: string | null): Located | ScopeFault {
  const path = steps.length === 0 ? [] : enter(scope, false, steps);
  if (isFault(path)) return path;
  const inner = path.at(-1) ?? scope;
  if (path[0] !== undefined && path[0].parent !== scope) return segmentFault(scope, steps[0]?.tag ?? '');
  const here = inner.segment ?? triggerOf(inner.loop);
  if (tag === null || here?.tag === tag) {
    if (here === null) return segmentFault(inner, tag ?? '');
    return { path, owner: inner, definition: here.definition, ownTrigger: true, entered: false };
  }
  if (inner.segment !== null) return segmentFault(inner, tag);
  const own = ownSegment(inner.loop, tag);
  if (own !== undefined) return { path, owner: inner, definition: own.definition, ownTrigger: false, entered: false };
  const loop = enter(inner, false, [{ tag, conditions: [] }]);
  const [child] = isFault(loop) ? [] : loop;
  const trigger =
    child !== undefined && child.parent === inner && child.segment === null ? triggerOf(child.loop) : null;
  if (child === undefined || trigger === null || child.loop.hierarchical) return segmentFault(inner, tag);
  return { path: [...path, child], owner: child, definition: trigger.definition, ownTrigger: true, entered: true };
}

function segmentFault(block: Block, tag: string): ScopeFault {
  return { code: 'MAP_SEGMENT', fault: `There is no ${tag} in ${block.segment?.tag ?? block.loop.name}.`, remedy: '' };
}

function unknownSegment(block: Block, reference: ValueReference, tags: readonly string[]): ScopeFault {
  const blocks: string[] = [];
  for (let scope: Block | null = block; scope !== null; scope = scope.parent)
    blocks.push(scope.segment?.tag ?? scope.loop.name);
  const shown = tags.filter((tag) => tag !== '')[0] ?? reference.text;
  const homes = [...new Set(tags.flatMap((tag) => homesOf(top(block).loop, tag)))];
  return {
    code: 'MAP_SEGMENT',
    fault: `"${reference.text}": there is no ${shown} in ${blocks.join(', nor in ')}.`,
    remedy:
      homes.length > 0 ? `It belongs to ${homes.join(' or ')}: enter that first, with "in:" or "each:".` : known(block),
  };
}

/** Loops of the set that hold a segment. */
function homesOf(loop: LoopNode, tag: string): readonly string[] {
  return loop.children.flatMap((child) => {
    if (child.kind === 'loop') return homesOf(child, tag);
    return child.tag === tag ? [loop.name] : [];
  });
}

function known({ segment, loop }: Block): string {
  if (segment !== null) return 'Name an element of this segment by its two digits.';
  const tags = loop.children.map((child) => (child.kind === 'loop' ? child.name : child.tag));
  return `Mend the tag; ${loop.name} has ${[...new Set(tags)].filter((tag) => tag !== loop.name && tag !== 'SE').join(', ')}.`;
}

/** The elements of a value: those from `element` to `until`. */
function spanOf(
  definition: SegmentDefinition,
  element: string,
  reference: ValueReference,
): readonly ElementPlace[] | ScopeFault {
  const from = placesOf(definition, element);
  if (isFault(from)) return from;
  const [first] = from;
  if (reference.component !== null) return componentsOf(definition, element, from, reference.component, reference);
  if (reference.until === null) return from;
  const until = placesOf(definition, reference.until);
  if (isFault(until)) return until;
  const last = until[0];
  if (first === undefined || last === undefined || last.position < first.position) {
    return {
      code: 'MAP_REFERENCE',
      fault: `The span "${reference.text}" runs backwards.`,
      remedy: 'Write the first element first.',
    };
  }
  if (first.component !== null && last.component !== null) return componentSpan(definition, first, last, reference);
  return definition.elements
    .filter(({ position }) => position >= first.position && position <= last.position)
    .map((use) => ({ position: use.position, component: null, use }));
}

/**
 * `NAD04-2..5`: components 2 to 5 of an element. Of a number that composites hold several times, `3036-2` is the second one of
 * each composite.
 */
function componentsOf(
  definition: SegmentDefinition,
  element: string,
  from: readonly ElementPlace[],
  component: number,
  { until, text }: ValueReference,
): readonly ElementPlace[] | ScopeFault {
  const last = until === null ? component : Number(until);
  const inside = from.map(({ position, component: own, use }): readonly ElementPlace[] =>
    own === null ? use.components.map((each) => ({ position, component: each.position, use: each })) : [],
  );
  const composites = from[0]?.component === null ? inside : [...Map.groupBy(from, ({ position }) => position).values()];
  const count = Math.max(...composites.map(({ length }) => length));
  if (last < component)
    return { code: 'MAP_REFERENCE', fault: `The span "${text}" runs backwards.`, remedy: 'Write the first one first.' };
  if (last <= count) return composites.flatMap((composite) => composite.slice(component - 1, last));
  const remedy = count === 0 ? 'It is no composite: leave the component out.' : `It has components 1 to ${count}.`;
  return { code: 'MAP_ELEMENT', fault: `${definition.tag}${element} has no component ${last}.`, remedy };
}

/** Neighbouring components of one composite: `DTM2380..2379`. */
function componentSpan(
  definition: SegmentDefinition,
  first: ElementPlace,
  last: ElementPlace,
  { text }: ValueReference,
): readonly ElementPlace[] | ScopeFault {
  const { position } = first;
  const [from, to] = [first.component ?? 0, last.component ?? 0];
  if (last.position !== position || to < from) {
    const fault = `The span "${text}" does not run forwards in one composite.`;
    return { code: 'MAP_REFERENCE', fault, remedy: 'Write a list of the components: [ C1, C2 ].' };
  }
  const components = definition.elements[position - 1]?.components ?? [];
  return components.slice(from - 1, to).map((use) => ({ position, component: use.position, use }));
}

function pairOf(
  base: Omit<ResolvedValue, 'pair' | 'places'>,
  test: Test,
  places: readonly ElementPlace[],
): ResolvedValue | ScopeFault {
  const [first] = places;
  const only = places.slice(0, 1);
  if (first !== undefined && first.component !== null && test.component !== null) {
    const components = { qualifier: test.component, value: first.component };
    const { positions, codes } = test;
    return { ...base, pair: { qualifiers: positions, values: positions, codes, components }, places: only };
  }
  const values: number[] = [];
  for (const [index, qualifier] of test.positions.entries()) {
    const next = test.positions[index + 1] ?? Number.POSITIVE_INFINITY;
    values.push(places.find(({ position }) => position > qualifier && position < next)?.position ?? 0);
  }
  return { ...base, pair: { qualifiers: test.positions, values, codes: test.codes, components: null }, places: only };
}

/** The ways a word such as `B1001` splits into tag and element; one when they stand apart. */
export function splits(reference: ValueReference): readonly { tag: string | null; element: string }[] {
  if (reference.element !== null) {
    return [{ tag: reference.word === '' ? null : reference.word, element: reference.element }];
  }
  const found: { tag: string; element: string }[] = [];
  for (const digits of [2, 3, 4]) {
    const tag = reference.word.slice(0, -digits);
    const element = reference.word.slice(-digits);
    if (tag.length >= 2 && /^[0-9]+$/.test(element)) found.push({ tag, element });
  }
  return found;
}

function top(block: Block): Block {
  return block.parent === null ? block : top(block.parent);
}

function depth(block: Block): number {
  return block.parent === null ? 0 : 1 + depth(block.parent);
}
