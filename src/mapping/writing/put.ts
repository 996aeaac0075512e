import type { Place } from '../../util/problem.ts';
import { testsKey } from '../cells.ts';
import { pairTest, type ResolvedValue } from '../resolve-value.ts';
import { addClaim, type Cell, type Claim, contradicts, holdsValue, textWith } from './claims.ts';
import { cellAt, cellKey, type DraftSegment } from './draft.ts';
import {
  conditionClaim,
  enterPath,
  findPath,
  outerFrame,
  segmentIn,
  type WriteFrame,
  type WriteStep,
  writeSteps,
} from './frames.ts';
import type { WriteRun } from './run.ts';

/** Where the elements of one reference are, while a document is written. */
export interface Spot {
  readonly resolved: ResolvedValue;
  readonly steps: readonly WriteStep[];
  readonly key: string;
}

export function spotOf(resolved: ResolvedValue): Spot {
  return { resolved, steps: writeSteps(resolved.path), key: `${resolved.definition.tag}${testsKey(resolved.tests)}` };
}

/** The segment of a spot as seen from a frame; made, with the loops on the way, when it is not there. */
export function segmentOf(
  run: WriteRun,
  frame: WriteFrame,
  { resolved, steps, key }: Spot,
  at: Place,
): DraftSegment | null {
  const home = enterPath(run, outerFrame(frame, resolved.outwards), steps, at);
  if (resolved.tag === null) return home.segment;
  return segmentIn(home.instance, resolved.definition, key, resolved.tests, at);
}

/** The segment of a spot, if it is there. */
export function findSegment(frame: WriteFrame, { resolved, steps, key }: Spot): DraftSegment | null {
  const home = findPath(outerFrame(frame, resolved.outwards), steps);
  if (home === undefined) return null;
  return resolved.tag === null ? home.segment : (home.instance.segments.find((each) => each.key === key) ?? null);
}

/** A claim on one place of a segment, not yet made. */
export interface Move {
  readonly segment: DraftSegment;
  readonly key: number;
  readonly claim: Claim;
}

/** Makes all claims, or none when one does not fit; answers the first that does not. */
export function makeMoves(moves: readonly Move[]): Move | null {
  const bad = moves.find(({ segment, key, claim }) => {
    const cell = segment.cells.get(key);
    return claim.kind === 'value' ? textWith(cell, claim) === undefined : contradicts(cell, claim);
  });
  if (bad !== undefined) return bad;
  for (const { segment, key, claim } of moves) addClaim(cellAt(segment, key), claim);
  return null;
}

/**
 * The claims that say texts at a spot of a segment; null when a pair condition finds no free pair. The conditions on the
 * block's own segment are claims too, those on another one were made with it.
 */
export function movesFor(segment: DraftSegment, { resolved }: Spot, claims: readonly Claim[]): readonly Move[] | null {
  const [first] = claims;
  if (first === undefined) return [];
  const { pair, places, tests, tag } = resolved;
  const conditions =
    tag === null ? tests.map((test) => ({ test, claim: conditionClaim(test, first.field, first.at) })) : [];
  const moves = conditions.flatMap(({ test, claim }): readonly Move[] => {
    const position = test.positions[0];
    return position === undefined ? [] : [{ segment, key: cellKey(position, test.component), claim }];
  });
  if (pair === null) {
    const values = claims.flatMap((claim, index): readonly Move[] => {
      const place = places[index];
      return place === undefined ? [] : [{ segment, key: cellKey(place.position, place.component), claim }];
    });
    return [...moves, ...values];
  }
  const qualifier = conditionClaim(pairTest(pair), first.field, first.at);
  for (const [index, position] of pair.qualifiers.entries()) {
    const qualifierKey = cellKey(position, pair.components?.qualifier ?? null);
    const key = cellKey(pair.values[index] ?? 0, pair.components?.value ?? null);
    const taken = isTaken(segment.cells.get(qualifierKey)) || isTaken(segment.cells.get(key));
    const free = !taken && !contradicts(segment.cells.get(qualifierKey), qualifier);
    if (free) return [...moves, { segment, key: qualifierKey, claim: qualifier }, { segment, key, claim: first }];
  }
  return null;
}

/** A pair that a value stands in already, or whose qualifier a pair made. */
function isTaken(cell: Cell | undefined): boolean {
  return cell !== undefined && (holdsValue(cell) || cell.claims.some(({ kind }) => kind === 'condition'));
}
