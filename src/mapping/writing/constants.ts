import { brokenNote } from '../../edi/check/notes.ts';
import type { LoopNode, SyntaxNote } from '../../edi/dictionary/types.ts';
import type { CompileContext } from '../compile-context.ts';
import { resolveValue } from '../resolve-value.ts';
import type { WriteRule } from '../rules.ts';
import { type Block, isFault } from '../scope.ts';
import { addClaim, type Claim, contradicts, holdsValue } from './claims.ts';
import { cellAt, cellKey, type DraftSegment, filledPositions, isSaid } from './draft.ts';
import { findPath, outerFrame, segmentIn, type WriteFrame } from './frames.ts';
import { findSegment, type Spot, spotOf } from './put.ts';
import type { WriteRun } from './run.ts';

/** `count TAG` and `sum REF` are made when the whole document is there. */
export function isTotal(rule: WriteRule): boolean {
  return /^(?:count|sum) \S/.test(rule.value);
}

/**
 * Compiles the constants of a block. A constant fills a segment that the event's values brought into the document; it makes
 * one only where the standard demands the segment. Half of a pair (the unit of a weight) is left out without the other half;
 * where an `also` was given the code, that code is written for the constant.
 */
export function compileConstants(
  rules: readonly WriteRule[],
  block: Block,
  context: CompileContext,
): (run: WriteRun, frame: WriteFrame) => void {
  const constants = rules.flatMap((rule) => {
    const resolved = resolveValue(block, rule.target.value, false);
    return isFault(resolved) || isTotal(rule)
      ? []
      : [{ rule, spot: spotOf(resolved), mandatory: isMandatory(resolved.owner.loop, resolved.definition.tag) }];
  });
  const filledByConstant = new Set(constants.flatMap(({ spot }) => placesOf(spot)));
  if (context.problems.length > 0 || constants.length === 0) return () => {};
  return (run, frame) => {
    run.later.push(() => {
      for (const { rule, spot, mandatory } of constants) {
        const segment = findSegment(frame, spot) ?? (mandatory ? demandSegment(frame, spot, rule) : null);
        if (segment === null || !(mandatory || isSaid(segment))) continue;
        if (isWanted(segment, spot, filledByConstant)) fill(segment, spot, rule);
      }
    });
  };
}

/** True when a loop must have the segment, or begins with it. */
function isMandatory(loop: LoopNode, tag: string): boolean {
  return loop.children.some((child) => child.kind === 'segment' && child.tag === tag && child.requirement === 'M');
}

function demandSegment(frame: WriteFrame, { resolved, steps, key }: Spot, rule: WriteRule): DraftSegment | null {
  const home = findPath(outerFrame(frame, resolved.outwards), steps);
  if (home === undefined || resolved.tag === null) return home?.segment ?? null;
  return segmentIn(home.instance, resolved.definition, key, resolved.tests, rule.target.at);
}

/** What a spot fills, for comparison. */
function placesOf({ key, resolved }: Spot): readonly string[] {
  return resolved.places.slice(0, 1).map(({ position }) => `${key}/${position}`);
}

/** False where a syntax note wants elements beside the constant, and they are neither there nor constants themselves. */
function isWanted(segment: DraftSegment, { key, resolved }: Spot, filledByConstant: ReadonlySet<string>): boolean {
  const position = resolved.places[0]?.position ?? 0;
  const asks = ({ kind, positions }: SyntaxNote): boolean =>
    kind === 'P' ? positions.includes(position) : kind !== 'E' && positions[0] === position;
  const notes = resolved.definition.notes.filter(asks);
  if (notes.length === 0) return true;
  const filled = filledPositions(segment);
  const has = (_: number, other: number): boolean =>
    other === position || filledByConstant.has(`${key}/${other}`) || filled.has(other);
  return notes.every((note) => brokenNote({ has }, 0, note) === 0);
}

function fill(segment: DraftSegment, { resolved }: Spot, rule: WriteRule): void {
  const [place] = resolved.places;
  if (place === undefined) return;
  const cell = cellAt(segment, cellKey(place.position, place.component));
  if (holdsValue(cell)) return;
  const constant = constantClaim(rule, rule.value);
  const claim = contradicts(cell, constant) && cell.text !== undefined ? constantClaim(rule, cell.text) : constant;
  if (contradicts(cell, claim)) return;
  addClaim(cell, claim);
  segment.demanded = true;
}

function constantClaim({ at }: WriteRule, text: string): Claim {
  return { field: '', at, kind: 'constant', texts: [text], accepts: (other) => other === text };
}
