import type { Shape } from '../../events/shape.ts';
import type { Json } from '../../events/types.ts';
import type { Place } from '../../util/problem.ts';
import type { CompileContext } from '../compile-context.ts';
import type { Target } from '../finish-value.ts';
import { nameSegment, type ResolvedValue, resolveValue } from '../resolve-value.ts';
import type { AllRule, EitherRule, ValueRule } from '../rules.ts';
import { type Block, isFault } from '../scope.ts';
import type { Claim } from './claims.ts';
import { holdsValue } from './claims.ts';
import { cellAt, cellKey, type DraftSegment, newSegment } from './draft.ts';
import { conditionClaim, enterPath, openPath, outerFrame, type WriteFrame } from './frames.ts';
import { findSegment, type Move, makeMoves, movesFor, type Spot, segmentOf, spotOf } from './put.ts';
import type { FieldWriter, WriteRun } from './run.ts';
import { compileSay, type Say, type Saying } from './say.ts';
import { conflictFinding, unsayableFinding } from './write-findings.ts';

/** A rule for one value, ready to write it. */
interface Alternative {
  readonly rule: ValueRule;
  readonly spots: readonly Spot[];
  /** How many elements each spot takes. */
  readonly widths: readonly number[];
  readonly say: Say;
}

/** Why an alternative did not take a value: it has no text for it, or another rule is in the way. */
type Refusal =
  | { readonly kind: 'unsayable'; readonly why: string }
  | { readonly kind: 'conflict'; readonly move: Move }
  | { readonly kind: 'full' };

/** Compiles a value or either rule for writing; null when none of it is written. */
export function compileValueWriter(
  rule: ValueRule | EitherRule,
  target: Target,
  block: Block,
  context: CompileContext,
  sayAs?: (rule: ValueRule, parts: readonly ResolvedValue[]) => Say | null,
): FieldWriter | null {
  const rules = (rule.kind === 'value' ? [rule] : rule.alternatives).filter(({ only }) => only !== 'read');
  const compiled = rules.flatMap((each) => {
    const alternative = compileAlternative(each, target, block, context, sayAs);
    return alternative === null ? [] : [alternative];
  });
  if (compiled.length === 0) return null;
  const [first] = compiled;
  if (compiled.every(({ rule: { also } }) => also)) {
    return compiled.length === 1 && first !== undefined ? hintWriter(first) : agreeingWriter(compiled);
  }
  return (run, frame, value, pointer) => {
    const refusals: Refusal[] = [];
    for (const alternative of compiled.length === 1 ? compiled : preferred(compiled, frame)) {
      const refusal = put(run, frame, alternative, value, pointer);
      if (refusal === null) return;
      refusals.push(refusal);
    }
    refuse(run, rule.at, value, pointer, refusals);
  };
}

/**
 * Alternatives in the order in which they are tried: first those for whose element a raw code was given or whose partner of
 * a paired syntax note is there, last those whose partner is missing or that another element excludes; else as the map lists them.
 */
function preferred(alternatives: readonly Alternative[], frame: WriteFrame): readonly Alternative[] {
  const scored = alternatives.map((alternative) => ({ alternative, score: scoreOf(alternative, frame) }));
  return scored.sort((a, b) => b.score - a.score).map(({ alternative }) => alternative);
}

function scoreOf({ spots }: Alternative, frame: WriteFrame): number {
  const [spot] = spots;
  const segment = spot === undefined ? null : findSegment(frame, spot);
  const place = spot?.resolved.pair === null ? spot.resolved.places[0] : undefined;
  if (segment === null || place === undefined) return 0;
  if (segment.cells.get(cellKey(place.position, place.component))?.text !== undefined) return 2;
  const filled = (position: number): boolean => isFilled(segment, { position, component: null });
  let score = 0;
  for (const { kind, positions } of segment.definition.notes) {
    if (!positions.includes(place.position)) continue;
    const others = positions.filter((position) => position !== place.position);
    if (kind === 'P') score += others.some(filled) ? 1 : -1;
    if (kind === 'E' && others.some(filled)) score -= 1;
  }
  return score;
}

function compileAlternative(
  rule: ValueRule,
  target: Target,
  block: Block,
  context: CompileContext,
  sayAs?: (rule: ValueRule, parts: readonly ResolvedValue[]) => Say | null,
): Alternative | null {
  const parts = rule.parts.flatMap(({ value }): readonly ResolvedValue[] => {
    const resolved = resolveValue(block, value, false);
    return isFault(resolved) ? [] : [resolved];
  });
  if (parts.length < rule.parts.length) return null;
  for (const part of parts) nameSegment(part);
  const say = sayAs === undefined ? compileSay(rule, target, parts, context) : sayAs(rule, parts);
  if (say === null) return null;
  const widths = parts.map(({ pair, places }) => (pair === null ? places.length : 1));
  return { rule, spots: parts.map(spotOf), widths, say };
}

/** Says a value by one alternative; null when that went well. */
function put(run: WriteRun, frame: WriteFrame, alternative: Alternative, value: Json, pointer: string): Refusal | null {
  const { rule, spots, widths, say } = alternative;
  const saying = say(run, value);
  const single = widths.reduce((sum, width) => sum + width, 0) === 1;
  if (saying.ways.length === 0 && !single) return { kind: 'unsayable', why: saying.why };
  const segments = spots.map((spot) => segmentOf(run, frame, spot, rule.at));
  let refusal: Refusal = { kind: 'unsayable', why: saying.why };
  for (const ways of single ? [saying.ways.map(([text = '']) => text)] : saying.ways) {
    const moves: Move[] = [];
    let at = 0;
    for (const [index, spot] of spots.entries()) {
      const segment = segments[index];
      const width = widths[index] ?? 1;
      const texts = single ? ways : ways.slice(at, at + width);
      at += width;
      if (segment === null || segment === undefined) return { kind: 'full' };
      const claims = single
        ? [valueClaim(rule.at, pointer, texts, saying)]
        : texts.map((text) => exactClaim(rule.at, pointer, text));
      const made = claims.every(({ texts: [text] }) => text === '') ? [] : movesFor(segment, spot, claims);
      if (made === null) return { kind: 'full' };
      moves.push(...made.filter(({ claim }) => claim.texts[0] !== ''));
    }
    const bad = makeMoves(moves);
    if (bad === null) return null;
    refusal = saying.ways.length === 0 ? { kind: 'unsayable', why: saying.why } : { kind: 'conflict', move: bad };
  }
  return refusal;
}

function valueClaim(at: Place, field: string, texts: readonly string[], { accepts }: Saying): Claim {
  return { field, at, kind: 'value', texts, accepts };
}

function exactClaim(at: Place, field: string, text: string): Claim {
  return { field, at, kind: 'value', texts: [text], accepts: (other) => other === text };
}

/** `also`: has a say in what another rule writes, and writes nothing by itself. */
function hintWriter(alternative: Alternative): FieldWriter {
  const { rule, spots, say } = alternative;
  const [spot] = spots;
  return (run, frame, value, pointer) => {
    const saying = say(run, value);
    if (spot === undefined || spots.length > 1) return;
    const segment = segmentOf(run, frame, spot, rule.at);
    if (segment === null) return;
    const claim: Claim = {
      ...valueClaim(
        rule.at,
        pointer,
        saying.ways.map(([text = '']) => text),
        saying,
      ),
      kind: 'hint',
    };
    const moves = movesFor(segment, spot, [claim]);
    const bad = moves === null ? null : makeMoves(moves);
    if (bad !== null) refuse(run, rule.at, value, pointer, [{ kind: 'conflict', move: bad }]);
  };
}

/** Several `also` of which one has to agree: looked at when all values are in their places. */
function agreeingWriter(alternatives: readonly Alternative[]): FieldWriter {
  return (run, frame, value, pointer) => {
    run.later.push(() => {
      for (const { rule, spots, say } of alternatives) {
        const [spot] = spots;
        const segment = spot === undefined ? null : findSegment(frame, spot);
        if (spot === undefined || segment === null || !spot.resolved.places.some((place) => isFilled(segment, place)))
          continue;
        const saying = say(run, value);
        const claim: Claim = {
          ...valueClaim(
            rule.at,
            pointer,
            saying.ways.map(([text = '']) => text),
            saying,
          ),
          kind: 'hint',
        };
        const moves = movesFor(segment, spot, [claim]);
        const bad = moves === null ? null : makeMoves(moves);
        if (bad !== null) refuse(run, rule.at, value, pointer, [{ kind: 'conflict', move: bad }]);
        return;
      }
    });
  };
}

function isFilled(
  segment: DraftSegment,
  { position, component }: { readonly position: number; readonly component: number | null },
): boolean {
  const cell = segment.cells.get(cellKey(position, component));
  return cell !== undefined && holdsValue(cell);
}

function refuse(run: WriteRun, at: Place, value: Json, pointer: string, refusals: readonly Refusal[]): void {
  const conflict = refusals.find((refusal) => refusal.kind === 'conflict');
  if (conflict !== undefined) {
    const { segment, key, claim } = conflict.move;
    run.findings.push(conflictFinding(pointer, value, at, segment, key, cellAt(segment, key).claims, claim));
    return;
  }
  const reasons = refusals.map((refusal) =>
    refusal.kind === 'unsayable' ? refusal.why : 'there is no free place for it',
  );
  run.findings.push(unsayableFinding(pointer, value, at, reasons));
}

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
    if (!Array.isArray(value)) return;
    let segment: DraftSegment | null = null;
    for (const [index, item] of value.entries()) {
      const saying = say(run, item);
      const at = `${pointer}/${index}`;
      if (index % perSegment === 0)
        segment = index === 0 ? segmentOf(run, frame, spot, rule.at) : nextSegment(run, frame, spot, rule.at, segment);
      const claim = valueClaim(
        rule.at,
        at,
        saying.ways.map(([text = '']) => text),
        saying,
      );
      const moves = segment === null || saying.ways.length === 0 ? null : slotOf(segment, index, claim);
      const bad = moves === null ? null : makeMoves(moves);
      if (moves === null)
        refuse(run, rule.at, item, at, [
          saying.ways.length === 0 ? { kind: 'unsayable', why: saying.why } : { kind: 'full' },
        ]);
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
  const again = newSegment(resolved.definition, `${key}+`);
  home.instance.segments.push(again);
  const moves = resolved.tests.flatMap((test): readonly Move[] => {
    const [position] = test.positions;
    const claim = conditionClaim(test, '', at);
    return position === undefined ? [] : [{ segment: again, key: cellKey(position, test.component), claim }];
  });
  makeMoves(moves);
  return again;
}
