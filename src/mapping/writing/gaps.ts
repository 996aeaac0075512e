import type { LoopNode, SegmentDefinition } from '../../edi/dictionary/types.ts';
import { problem } from '../../util/config-tree.ts';
import type { Place, Problem } from '../../util/problem.ts';
import { blockKey, testsKey } from '../cells.ts';
import type { CompileContext } from '../compile-context.ts';
import type { ResolvedValue } from '../resolve-value.ts';
import type { MapSource } from '../rules.ts';
import { type Block, type Test, triggerOf } from '../scope.ts';
import { visitWrittenPlaces } from './written-places.ts';

/** A segment that writing may make, and which of its elements some rule fills. */
interface Filled {
  readonly definition: SegmentDefinition;
  readonly at: Place;
  readonly positions: Set<number>;
}

/** Elements that the engine fills. HL03 is the code of the step that leads there. */
const COUNTERS: Readonly<Record<string, readonly number[]>> = {
  HL: [1, 2, 3, 4],
  LX: [1],
  S5: [1],
  CPS: [1],
  CNI: [1],
  LIN: [1],
};

const REMEDY = 'Write a rule for it, or a constant below "write:"; a map that is only read needs neither.';

/** What the standard demands and no rule fills, so that documents written with the map would be refused. Each told once. */
export function writeGaps(source: MapSource, context: CompileContext): readonly Problem[] {
  const segments = new Map<string, Filled>();
  const blocks = new Map<string, { readonly block: Block; readonly at: Place }>();
  const visitBlock = (block: Block, at: Place): void => {
    if (block.parent !== null) visitBlock(block.parent, at);
    const definition = block.segment?.definition ?? triggerOf(block.loop)?.definition;
    if (definition === undefined) return;
    if (block.segment === null && !blocks.has(blockKey(block))) blocks.set(blockKey(block), { block, at });
    if (block.parent !== null) fill(blockKey(block), definition, at, positionsOf(block.conditions));
  };
  const fill = (key: string, definition: SegmentDefinition, at: Place, positions: readonly number[]): void => {
    const known = segments.get(key) ?? { definition, at, positions: new Set(COUNTERS[definition.tag] ?? []) };
    for (const position of positions) known.positions.add(position);
    segments.set(key, known);
  };
  const visitValue = (resolved: ResolvedValue, at: Place): void => {
    visitBlock(resolved.owner, at);
    const inside = resolved.tag === null ? '' : `/${resolved.definition.tag}${testsKey(resolved.tests)}`;
    fill(`${blockKey(resolved.owner)}${inside}`, resolved.definition, at, positionsIn(resolved));
  };
  visitWrittenPlaces(source, context, { block: visitBlock, value: visitValue });
  return [...elementGaps(segments), ...segmentGaps(blocks, segments)];
}

function positionsOf(tests: readonly Test[]): readonly number[] {
  return tests.flatMap(({ positions, not }) => (not ? [] : positions.slice(0, 1)));
}

function positionsIn({ tests, pair, places }: ResolvedValue): readonly number[] {
  const own = pair === null ? places.map(({ position }) => position) : [...pair.qualifiers, ...pair.values];
  return [...positionsOf(tests), ...own];
}

function elementGaps(segments: ReadonlyMap<string, Filled>): readonly Problem[] {
  return [...segments.values()].flatMap(({ definition, at, positions }) =>
    definition.elements
      .filter(({ requirement, position }) => requirement === 'M' && !positions.has(position))
      .map(({ position }) => gap(at, `${definition.tag}${String(position).padStart(2, '0')}`)),
  );
}

/** Mandatory segments and loops of the loops that writing opens. */
function segmentGaps(
  blocks: ReadonlyMap<string, { readonly block: Block; readonly at: Place }>,
  segments: ReadonlyMap<string, Filled>,
): readonly Problem[] {
  return [...blocks].flatMap(([key, { block, at }]) =>
    mandatory(block.loop)
      .filter((tag) => ![...segments.keys()].some((other) => other.startsWith(`${key}/${tag}(`)))
      .map((tag) => gap(at, tag)),
  );
}

function mandatory(loop: LoopNode): readonly string[] {
  return loop.children
    .slice(1)
    .filter(({ requirement }) => requirement === 'M')
    .map((child) => (child.kind === 'loop' ? child.name : child.tag))
    .filter((tag) => tag !== 'SE' && tag !== 'UNT');
}

function gap(at: Place, name: string): Problem {
  return problem(at, 'MAP_WRITE_GAP', `${name} is mandatory, and writing would leave it empty.`, REMEDY);
}
