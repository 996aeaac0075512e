import { brokenNote, noteText, noteTrigger } from '../../edi/check/notes.ts';
import type { LoopNode, SegmentDefinition } from '../../edi/dictionary/types.ts';
import { problem } from '../../util/config-tree.ts';
import type { Place, Problem } from '../../util/problem.ts';
import { blockKey, testsKey } from '../cells.ts';
import type { CompileContext } from '../compile-context.ts';
import type { ResolvedValue } from '../resolve-value.ts';
import type { MapSource } from '../rules.ts';
import { type Block, type Test, triggerOf } from '../scope.ts';
import { cellKey, cellName, cellPlace } from './draft.ts';
import { visitWrittenPlaces } from './written-places.ts';

/** A segment that writing may make, and which of its elements and components some rule fills, by cellKey. */
interface Filled {
  readonly definition: SegmentDefinition;
  readonly at: Place;
  readonly cells: Map<number, Place>;
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
    if (block.parent !== null) fill(blockKey(block), definition, at, cellsOf(block.conditions));
  };
  const fill = (key: string, definition: SegmentDefinition, at: Place, cells: readonly number[]): void => {
    const known = segments.get(key) ?? { definition, at, cells: countersOf(definition, at) };
    for (const cell of cells) if (!known.cells.has(cell)) known.cells.set(cell, at);
    segments.set(key, known);
  };
  const visitValue = (resolved: ResolvedValue, at: Place): void => {
    visitBlock(resolved.owner, at);
    const inside = resolved.tag === null ? '' : `/${resolved.definition.tag}${testsKey(resolved.tests)}`;
    fill(`${blockKey(resolved.owner)}${inside}`, resolved.definition, at, cellsIn(resolved));
  };
  visitWrittenPlaces(source, context, { block: visitBlock, value: visitValue });
  return [...elementGaps(segments), ...segmentGaps(blocks, segments)];
}

function countersOf({ tag }: SegmentDefinition, at: Place): Map<number, Place> {
  return new Map((COUNTERS[tag] ?? []).map((position) => [cellKey(position, null), at]));
}

function cellsOf(tests: readonly Test[]): readonly number[] {
  return tests.flatMap(({ positions, component, not }) =>
    not ? [] : positions.slice(0, 1).map((position) => cellKey(position, component)),
  );
}

function cellsIn({ tests, pair, places }: ResolvedValue): readonly number[] {
  if (pair === null) {
    return [...cellsOf(tests), ...places.map(({ position, component }) => cellKey(position, component))];
  }
  const { qualifiers, values, components } = pair;
  return [
    ...cellsOf(tests),
    ...qualifiers.map((position) => cellKey(position, components?.qualifier ?? null)),
    ...values.map((position) => cellKey(position, components?.value ?? null)),
  ];
}

function elementGaps(segments: ReadonlyMap<string, Filled>): readonly Problem[] {
  return [...segments.values()].flatMap((filled) => [...mandatoryGaps(filled), ...noteGaps(filled)]);
}

/** Mandatory elements, and mandatory components of the composites that a rule fills in part. */
function mandatoryGaps({ definition: { tag, elements }, at, cells }: Filled): readonly Problem[] {
  return elements.flatMap(({ position, requirement, components }) => {
    const whole = cells.has(cellKey(position, null));
    const parts = components.filter((part) => cells.has(cellKey(position, part.position)));
    const [first] = parts;
    if (whole || first === undefined) {
      return whole || requirement !== 'M' ? [] : [gap(at, cellName(tag, cellKey(position, null)))];
    }
    const place = cells.get(cellKey(position, first.position)) ?? at;
    return components
      .filter((part) => part.requirement === 'M' && !parts.includes(part))
      .map((part) => gap(place, cellName(tag, cellKey(position, part.position))));
  });
}

/** Elements that a syntax note wants beside one that a rule fills: such a segment would break the note every time. */
function noteGaps({ definition, at, cells }: Filled): readonly Problem[] {
  const places = new Map([...cells].map(([key, place]) => [cellPlace(key).position, place]));
  const has = (_: number, position: number): boolean => places.has(position);
  return definition.notes.flatMap((note): readonly Problem[] => {
    // At most one of several is a matter of the event: the rules may fill them all.
    const missing = note.kind === 'E' ? 0 : brokenNote({ has }, 0, note);
    if (missing === 0) return [];
    const place = places.get(noteTrigger({ has }, 0, note)) ?? at;
    const what = `${cellName(definition.tag, cellKey(missing, null))} is filled by no rule, and ${definition.tag} takes ${noteText(note)}.`;
    return [problem(place, 'MAP_WRITE_GAP', what, REMEDY)];
  });
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
