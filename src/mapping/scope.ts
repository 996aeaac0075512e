import type { ElementUse, LoopNode, SegmentDefinition, SegmentNode } from '../edi/dictionary/types.ts';
import type { Condition, Step } from './reference.ts';

/**
 * Where a rule stands: a loop of the set, or one segment of it, inside other blocks. References are looked up here and
 * then outwards, like names in a program. At run time each block is one frame.
 */
export interface Block {
  readonly parent: Block | null;
  readonly loop: LoopNode;
  /** The segment, when the block is a single segment that triggers no loop. */
  readonly segment: SegmentNode | null;
  /** Conditions of the step that led here. */
  readonly conditions: readonly Test[];
  /** Element values that this block's rules name as qualifiers, by tag: what `rest` leaves out. */
  readonly named: Map<string, (readonly Test[])[]>;
}

/** A condition resolved: one of these elements holds one of the codes, or with `not` none of them holds any. */
export interface Test {
  /** Positions counted from 1; several only for a pair condition. */
  readonly positions: readonly number[];
  /** Component counted from 1, or null for the whole element. */
  readonly component: number | null;
  readonly codes: readonly string[];
  readonly not: boolean;
  /** On a level of packing (CPS): one that holds others and says no code counts as the outer one. */
  readonly level?: boolean;
}

/** What is wrong with a reference in this scope, and what to do. */
export interface ScopeFault {
  readonly code: string;
  readonly fault: string;
  readonly remedy: string;
}

export function isFault(value: object): value is ScopeFault {
  return 'fault' in value;
}

export function rootBlock(root: LoopNode): Block {
  return { parent: null, loop: root, segment: null, conditions: [], named: new Map() };
}

/** The trigger segment of a loop: its first child. */
export function triggerOf(loop: LoopNode): SegmentNode | null {
  const first = loop.children[0];
  return first?.kind === 'segment' ? first : null;
}

/** Code of the topmost HL; every other level hangs below one. */
const TOP_LEVEL = 'S';

/** The segment between the sections of a message: `UNS/TAX` is the TAX behind it, where the heading has one as well. */
const SECTION = 'UNS';

/** Follows steps inwards from a block, one block a step; without a step it stays. The first step may be found further out. */
export function enter(from: Block, fromTop: boolean, steps: readonly Step[]): readonly Block[] | ScopeFault {
  let start: Block | null = fromTop ? topOf(from) : from;
  const [first] = steps;
  if (first === undefined) return [];
  let firstFault: ScopeFault | null = null;
  for (; start !== null; start = fromTop ? null : start.parent) {
    const chain = descend(start, steps);
    if (!isFault(chain)) return chain;
    firstFault ??= chain;
  }
  return firstFault ?? unknownStep(from, first);
}

/**
 * The block of an entry that has another one beside it (`with`): what it lacks is looked for there, then outwards. Null where one
 * of the two paths leads nowhere.
 */
export function besideBlock(base: Block, entry: readonly Block[], beside: readonly Block[]): Block | null {
  const [own, partner] = [entry.at(-1), beside.at(-1)];
  return own === undefined || partner === undefined ? null : { ...own, parent: { ...partner, parent: base } };
}

/** How many blocks further out a path begins. */
export function stepsOut(from: Block, path: readonly Block[]): number {
  const start = path[0]?.parent ?? from;
  let count = 0;
  for (let block: Block | null = from; block !== null && block !== start; block = block.parent) count += 1;
  return count;
}

/** Tells the block around each step of a path that its segments are spoken for, so that `rest` leaves them out. */
export function nameBlocks(path: readonly Block[]): void {
  for (const block of path) {
    const tag = block.segment?.tag ?? block.loop.name;
    const { parent } = block;
    if (parent !== null) parent.named.set(tag, [...(parent.named.get(tag) ?? []), block.conditions]);
  }
}

function descend(from: Block, steps: readonly Step[]): readonly Block[] | ScopeFault {
  const chain: Block[] = [];
  let block = from;
  for (const step of steps) {
    const next = childBlock(block, step);
    if (isFault(next)) return next;
    chain.push(next);
    block = next;
  }
  return chain;
}

function childBlock(block: Block, step: Step): Block | ScopeFault {
  if (block.segment !== null && block.segment.tag !== SECTION) return unknownStep(block, step);
  const loop = childLoop(block, step.tag);
  if (block.segment !== null && loop === undefined) return unknownStep(block, step);
  const segment = loop === undefined ? ownSegment(block.loop, step.tag) : triggerOf(loop);
  if (segment === undefined || segment === null) return unknownStep(block, step);
  if (loop?.hierarchical === true && loop.name === 'HL' && !block.loop.hierarchical) {
    const code = step.conditions[0]?.codes[0];
    if (code !== undefined && code !== TOP_LEVEL) {
      const remedy = `Write "in: HL(${TOP_LEVEL})" and "each: HL(${code})" beside it.`;
      return {
        code: 'MAP_UNREACHABLE',
        fault: `HL(${code}) is not at the top of the document; it lies under another HL.`,
        remedy,
      };
    }
  }
  const conditions = resolveConditions(segment.definition, step.conditions, loop?.name === 'HL');
  if (isFault(conditions)) return conditions;
  return {
    parent: block,
    loop: loop ?? block.loop,
    segment: loop === undefined ? segment : null,
    conditions: loop?.hierarchical === true ? conditions.map((test) => ({ ...test, level: true })) : conditions,
    named: new Map(),
  };
}

function childLoop({ loop, segment }: Block, tag: string): LoopNode | undefined {
  if (loop.hierarchical && loop.name === tag) return loop;
  const places = segment === null ? loop.children : loop.children.slice(loop.children.indexOf(segment) + 1);
  return places.find((child): child is LoopNode => child.kind === 'loop' && child.name === tag);
}

/** A segment that belongs to the loop itself. */
export function ownSegment(loop: LoopNode, tag: string): SegmentNode | undefined {
  return loop.children.find((child): child is SegmentNode => child.kind === 'segment' && child.tag === tag);
}

function unknownStep(block: Block, step: Step): ScopeFault {
  const here = block.segment?.tag ?? block.loop.name;
  const inside =
    block.segment === null ? block.loop.children.map((child) => (child.kind === 'loop' ? child.name : child.tag)) : [];
  const where =
    inside.length === 0 ? `${here} is a single segment` : `In ${here} there are ${[...new Set(inside)].join(', ')}`;
  const below = wayTo(block.loop, step.tag);
  const fromTop = wayTo(topOf(block).loop, step.tag);
  const remedy =
    below !== undefined && block.segment === null
      ? `Write the whole way, as in ${below}.`
      : fromTop !== undefined
        ? `It is at /${fromTop}; "/" begins at the top.`
        : `${where}; "/" begins at the top.`;
  return { code: 'MAP_SEGMENT', fault: `There is no ${step.tag} in ${here}.`, remedy };
}

/** The way from a loop down to a segment, as maps write it: `LX/W12`. */
function wayTo(loop: LoopNode, tag: string): string | undefined {
  for (const child of loop.children) {
    if (child.kind === 'segment' ? child.tag === tag : child.name === tag) return tag;
    const way = child.kind === 'loop' ? wayTo(child, tag) : undefined;
    if (child.kind === 'loop' && way !== undefined) return `${child.name}/${way}`;
  }
  return undefined;
}

function topOf(block: Block): Block {
  let top = block;
  while (top.parent !== null) top = top.parent;
  return top;
}

/**
 * Conditions as tests on positions of this segment. With `levelCodes` a bare code is that of an HL's level. Where several
 * composites hold the element of a condition, the one at `near` is meant: that of the value.
 */
export function resolveConditions(
  segment: SegmentDefinition,
  conditions: readonly Condition[],
  levelCodes: boolean,
  near: number | null = null,
): readonly Test[] | ScopeFault {
  const tests: Test[] = [];
  for (const { element, codes, not } of conditions) {
    if (element === null && !levelCodes) {
      const remedy = `Write the element, as in ${segment.tag}(01=${codes[0]}).`;
      return { code: 'MAP_REFERENCE', fault: `The condition (${codes.join('|')}) names no element.`, remedy };
    }
    const found = placesOf(segment, element ?? '03');
    if (isFault(found)) return found;
    const beside = found.filter(({ position, component }) => component !== null && position === near);
    const places = beside.length > 0 ? beside : found;
    const fault = codes.map((code) => impossibleCode(places[0]?.use, code, segment.tag)).find((each) => each !== null);
    if (fault) return fault;
    const positions = places.map(({ position }) => position);
    tests.push({ positions, component: places[0]?.component ?? null, codes, not });
  }
  return tests;
}

/** A place in a segment: an element, or one component of it. */
export interface ElementPlace {
  readonly position: number;
  readonly component: number | null;
  readonly use: ElementUse;
}

/**
 * Two digits are a position; three or four a data-element number, which may occur several times: among the elements of
 * the segment, or, where none of them has it, among the components of its composites.
 */
export function placesOf(segment: SegmentDefinition, element: string): readonly ElementPlace[] | ScopeFault {
  if (segment.elements.length === 0) {
    const fault = `The tables know ${segment.tag} in its place, but not its elements.`;
    return { code: 'MAP_ELEMENT', fault, remedy: 'Leave it unread, or have its elements added to the dictionary.' };
  }
  if (element.length === 2) {
    const use = segment.elements[Number(element) - 1];
    if (use !== undefined) return [{ position: use.position, component: null, use }];
    const remedy = `${segment.tag} has elements 01 to ${String(segment.elements.length).padStart(2, '0')}.`;
    return { code: 'MAP_ELEMENT', fault: `${segment.tag} has no element ${element}.`, remedy };
  }
  const number = element.replace(/^0+/, '');
  const isNumber = (use: ElementUse): boolean => use.element.number.replace(/^0+/, '') === number;
  const elements = segment.elements.filter(isNumber);
  if (elements.length > 0) return elements.map((use) => ({ position: use.position, component: null, use }));
  const components = segment.elements.flatMap(({ position, components: inside }) =>
    inside.filter(isNumber).map((use): ElementPlace => ({ position, component: use.position, use })),
  );
  if (components.length > 0) return components;
  const numbers = [...new Set(segment.elements.map((use) => use.element.number))].join(', ');
  return { code: 'MAP_ELEMENT', fault: `${segment.tag} has no data element ${number}.`, remedy: `It has ${numbers}.` };
}

/** The problem of a code that an element can never hold, or null. */
export function impossibleCode(use: ElementUse | undefined, code: string, tag: string): ScopeFault | null {
  if (use === undefined || use.components.length > 0) return null;
  const { codes, min, max, number } = use.element;
  if (codes !== undefined && !codes.has(code)) {
    const known = [...codes].slice(0, 12).join(', ');
    return {
      code: 'MAP_CODE',
      fault: `"${code}" is no code of ${tag} element ${number}.`,
      remedy: `Its codes are ${known}${codes.size > 12 ? ', …' : ''}.`,
    };
  }
  if (code.length < min || code.length > max) {
    const remedy = `A code there has ${min === max ? min : `${min} to ${max}`} characters.`;
    return { code: 'MAP_CODE', fault: `"${code}" cannot stand in ${tag} element ${number}.`, remedy };
  }
  return null;
}
