import type { LoopNode, SegmentDefinition } from '../../edi/dictionary/types.ts';
import { type Cell, type Claim, holdsValue } from './claims.ts';

/** A segment of a document that is being written. */
export interface DraftSegment {
  readonly definition: SegmentDefinition;
  /** Tag and conditions: rules with the same key fill the same segment. */
  readonly key: string;
  /** By cellKey. */
  readonly cells: Map<number, Cell>;
  /** Kept even without a value: a constant or total asked for it. */
  demanded: boolean;
}

/** One occurrence of a loop in a document that is being written. */
export interface DraftInstance {
  readonly node: LoopNode;
  /** Own segments, trigger first, then as rules bring them. */
  readonly segments: DraftSegment[];
  readonly children: DraftInstance[];
  /** An entry of a list: kept even when only conditions say something in it. */
  wanted: boolean;
}

/** The place of an element, or of one of its components, in a segment. */
export function cellKey(position: number, component: number | null): number {
  return position * 100 + (component ?? 0);
}

/** The same as a position and a component, which is 0 for a whole element. */
export function cellPlace(key: number): { readonly position: number; readonly component: number } {
  return { position: Math.floor(key / 100), component: key % 100 };
}

/** The place as references name it: `REF02`, `NAD03-2`. */
export function cellName(tag: string, key: number): string {
  const { position, component } = cellPlace(key);
  return `${tag}${String(position).padStart(2, '0')}${component === 0 ? '' : `-${component}`}`;
}

export function newSegment(definition: SegmentDefinition, key: string): DraftSegment {
  return { definition, key, cells: new Map(), demanded: false };
}

export function newInstance(node: LoopNode): DraftInstance {
  return { node, segments: [], children: [], wanted: false };
}

/** The cell at a place, made when it is not there. */
export function cellAt(segment: DraftSegment, key: number): Cell {
  let cell = segment.cells.get(key);
  if (cell === undefined) {
    cell = { claims: [], text: undefined };
    segment.cells.set(key, cell);
  }
  return cell;
}

/** The text of a place; empty when nothing stands there, or when it was only hinted at. */
export function textIn(segment: DraftSegment, key: number): string {
  const cell = segment.cells.get(key);
  return cell === undefined || cell.claims.every(({ kind }) => kind === 'hint') ? '' : (cell.text ?? '');
}

/** Positions of the elements in which something stands, be it in a component. */
export function filledPositions(segment: DraftSegment): ReadonlySet<number> {
  const filled = new Set<number>();
  for (const key of segment.cells.keys()) if (textIn(segment, key) !== '') filled.add(cellPlace(key).position);
  return filled;
}

/** True when the segment says something of the event, or was asked for. */
export function isSaid(segment: DraftSegment): boolean {
  return segment.demanded || [...segment.cells.values()].some(holdsValue);
}

/** True when the loop, or a loop in it, says something of the event. Looked up often, so loops are asked from the inside. */
export function isInstanceSaid(instance: DraftInstance): boolean {
  return instance.wanted || instance.segments.some(isSaid) || instance.children.some(isInstanceSaid);
}

/** True when a value of the event stands at a place of the segment. */
export function isFilled(
  segment: DraftSegment,
  { position, component }: { readonly position: number; readonly component: number | null },
): boolean {
  const cell = segment.cells.get(cellKey(position, component));
  return cell !== undefined && holdsValue(cell);
}

/** What the event's own values say in a segment: neither conditions nor constants. */
export function claimsOfEvent({ cells }: DraftSegment): readonly Claim[] {
  return [...cells.values()].flatMap(({ claims }) => claims.filter(({ kind }) => kind === 'value'));
}

/** The same of a loop with all that is in it. */
export function claimsWithin({ segments, children }: DraftInstance): readonly Claim[] {
  return [...segments.flatMap(claimsOfEvent), ...children.flatMap(claimsWithin)];
}

/** What the fields of claims have in common, as a pointer: of the name and the town of a party the party. */
export function commonPointer(claims: readonly Claim[]): string {
  const [first = [], ...others] = claims.map(({ field }) => field.split('/'));
  const length = others.reduce((shared, steps) => {
    const differs = first.findIndex((step, index) => steps[index] !== step);
    return Math.min(shared, differs < 0 ? first.length : differs);
  }, first.length);
  const common = first.slice(0, length).join('/');
  return common === '' ? first.join('/') : common;
}
