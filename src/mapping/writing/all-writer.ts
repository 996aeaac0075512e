import { isList } from '../../events/json.ts';
import type { Shape } from '../../events/shape.ts';
import type { Place } from '../../util/problem.ts';
import type { CompileContext } from '../compile-context.ts';
import { nameSegment, resolveValue } from '../resolve-value.ts';
import type { AllRule } from '../rules.ts';
import { type Block, isFault } from '../scope.ts';
import { type Claim, valueClaim } from './claims.ts';
import type { DraftSegment } from './draft.ts';
import { addSegment, enterPath, openPath, outerFrame, type WriteFrame } from './frames.ts';
import { type Move, makeMoves, movesFor, type Spot, segmentOf, spotOf } from './put.ts';
import { refuse } from './refusal.ts';
import type { FieldWriter, WriteRun } from './run.ts';
import { compileSay } from './say.ts';

/** Compiles `all`: the values of a list fill the places of the segment, then further segments of the kind. */
export function compileAllWriter(
  rule: AllRule,
  items: Shape,
  block: Block,
  context: CompileContext,
): FieldWriter | null {
  const resolved = resolveValue(block, rule.reference.value, true);
  if (isFault(resolved)) return null;
  nameSegment(resolved);
  const one = { ...resolved, places: resolved.places.slice(0, 1) };
  const say = compileSay(rule, items, [one], context);
  if (say === null) return null;
  const spot = spotOf(resolved);
  const perSegment = resolved.pair === null ? resolved.places.length : 1;
  const slotOf = (segment: DraftSegment, index: number, claim: Claim): readonly Move[] | null => {
    const place = resolved.places[index % perSegment];
    if (resolved.pair !== null || place === undefined) return movesFor(segment, spot, [claim]);
    return movesFor(segment, { ...spot, resolved: { ...resolved, places: [place] } }, [claim]);
  };
  return (run, frame, value, pointer) => {
    if (!isList(value)) return;
    let segment: DraftSegment | null = null;
    for (const [index, item] of value.entries()) {
      const saying = say(run, item);
      const at = `${pointer}/${index}`;
      if (index === 0) segment = segmentOf(run, frame, spot, rule.at);
      else if (index % perSegment === 0) segment = nextSegment(run, frame, spot, rule.at, segment);
      const claim = valueClaim(rule.at, at, saying);
      const moves = segment === null || saying.ways.length === 0 ? null : slotOf(segment, index, claim);
      const bad = moves === null ? null : makeMoves(moves);
      if (saying.ways.length === 0) refuse(run, rule.at, item, at, [{ kind: 'unsayable', why: saying.why }]);
      else if (moves === null) refuse(run, rule.at, item, at, [{ kind: 'full' }]);
      else if (bad !== null) refuse(run, rule.at, item, at, [{ kind: 'conflict', move: bad }]);
    }
  };
}

/** Another segment of the kind; null where the segment is the block's own and cannot come again. With pairs the same one goes on. */
function nextSegment(
  run: WriteRun,
  frame: WriteFrame,
  spot: Spot,
  at: Place,
  segment: DraftSegment | null,
): DraftSegment | null {
  const { resolved, steps, key } = spot;
  if (resolved.pair !== null) return segment;
  const outer = outerFrame(frame, resolved.outwards);
  if (resolved.tag === null) {
    const last = steps.slice(-1);
    if (last.length === 0) return null;
    return openPath(run, enterPath(run, outer, steps.slice(0, -1), at), last, at).segment;
  }
  const home = enterPath(run, outer, steps, at);
  return addSegment(home.instance, resolved.definition, `${key}+`, resolved.tests, at);
}
