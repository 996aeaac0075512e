import type { LoopNode } from '../../edi/dictionary/types.ts';
import type { CompileContext } from '../compile-context.ts';
import { resolveValue } from '../resolve-value.ts';
import type { WriteRule } from '../rules.ts';
import { type Block, isFault } from '../scope.ts';
import { addClaim, type Claim, contradicts, holdsValue } from './claims.ts';
import { cellAt, cellKey, type DraftSegment, isSaid } from './draft.ts';
import { findPath, outerFrame, segmentIn, type WriteFrame } from './frames.ts';
import { findSegment, type Spot, spotOf } from './put.ts';
import type { WriteRun } from './run.ts';

/** `count TAG` and `sum REF` are made when the whole document is there. */
export function isTotal(rule: WriteRule): boolean {
  return /^(?:count|sum) \S/.test(rule.value);
}

/**
 * Compiles the constants of a block. A constant fills a segment that the event's values brought into the document; it makes
 * one only where the standard demands the segment.
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
  if (context.problems.length > 0 || constants.length === 0) return () => {};
  return (run, frame) => {
    run.later.push(() => {
      for (const { rule, spot, mandatory } of constants) {
        const segment = findSegment(frame, spot) ?? (mandatory ? demandSegment(frame, spot, rule) : null);
        if (segment !== null && (mandatory || isSaid(segment))) fill(segment, spot, rule);
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

function fill(segment: DraftSegment, { resolved }: Spot, rule: WriteRule): void {
  const [place] = resolved.places;
  if (place === undefined) return;
  const cell = cellAt(segment, cellKey(place.position, place.component));
  const claim: Claim = {
    field: '',
    at: rule.at,
    kind: 'constant',
    texts: [rule.value],
    accepts: (text) => text === rule.value,
  };
  if (holdsValue(cell) || contradicts(cell, claim)) return;
  addClaim(cell, claim);
  segment.demanded = true;
}
