import type { Json } from '../../events/types.ts';
import type { CompileContext } from '../compile-context.ts';
import type { Target } from '../finish-value.ts';
import { nameSegment, type ResolvedValue, resolveValue } from '../resolve-value.ts';
import type { ValueRule } from '../rules.ts';
import { type Block, isFault } from '../scope.ts';
import { type Claim, exactClaim, valueClaim } from './claims.ts';
import { cellKey, isFilled } from './draft.ts';
import type { WriteFrame } from './frames.ts';
import { findSegment, type Move, makeMoves, movesFor, type Spot, segmentOf, spotOf } from './put.ts';
import type { Refusal } from './refusal.ts';
import type { WriteRun } from './run.ts';
import { compileSay, type Say } from './say.ts';

/** A rule for one value, ready to write it. */
export interface Alternative {
  readonly rule: ValueRule;
  readonly spots: readonly Spot[];
  /** How many elements each spot takes. */
  readonly widths: readonly number[];
  readonly say: Say;
}

/** Compiles one rule for a value; null when it cannot say anything. `sayAs` says it otherwise than the rule would. */
export function compileAlternative(
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

/**
 * Alternatives in the order in which they are tried: first those for whose element a raw code was given or whose partner of
 * a paired syntax note is there, last those whose partner is missing or that another element excludes; else as the map lists them.
 */
export function preferred(alternatives: readonly Alternative[], frame: WriteFrame): readonly Alternative[] {
  const scored = alternatives.map((alternative) => ({ alternative, score: scoreOf(alternative, frame) }));
  return scored.sort((a, b) => b.score - a.score).map(({ alternative }) => alternative);
}

function scoreOf({ spots }: Alternative, frame: WriteFrame): number {
  const [spot] = spots;
  const segment = spot === undefined ? null : findSegment(frame, spot);
  const place = spot?.resolved.pair === null ? spot.resolved.places[0] : undefined;
  if (segment === null || place === undefined) return 0;
  const claims = segment.cells.get(cellKey(place.position, place.component))?.claims ?? [];
  if (claims.some(({ kind }) => kind === 'hint')) return 2;
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

/** Says a value by one alternative; null when that went well. */
export function put(
  run: WriteRun,
  frame: WriteFrame,
  alternative: Alternative,
  value: Json,
  pointer: string,
): Refusal | null {
  const { rule, widths, say } = alternative;
  const saying = say(run, value);
  const single = widths.reduce((sum, width) => sum + width, 0) === 1;
  const attempts = single
    ? [[valueClaim(rule.at, pointer, saying)]]
    : saying.ways.map((texts) => texts.map((text) => exactClaim(rule.at, pointer, text)));
  let refusal: Refusal = { kind: 'unsayable', why: saying.why };
  for (const claims of attempts) {
    const moves = movesOf(run, frame, alternative, claims);
    if (moves === null) return { kind: 'full' };
    const bad = makeMoves(moves);
    if (bad === null) return null;
    if (saying.ways.length > 0) refusal = { kind: 'conflict', move: bad };
  }
  return refusal;
}

/** The claims of a value spread over the segments of its parts; null where there is no place for one. */
function movesOf(
  run: WriteRun,
  frame: WriteFrame,
  { rule, spots, widths }: Alternative,
  claims: readonly Claim[],
): readonly Move[] | null {
  const moves: Move[] = [];
  let at = 0;
  for (const [index, spot] of spots.entries()) {
    const own = claims.slice(at, at + (widths[index] ?? 1));
    at += own.length;
    if (own.every(isNothing)) continue;
    const segment = segmentOf(run, frame, spot, rule.at);
    const made = segment === null ? null : movesFor(segment, spot, own);
    if (made === null) return null;
    moves.push(...made.filter(({ claim }) => !isNothing(claim)));
  }
  return moves;
}

/** A part that stays empty, as the zone of a local time. */
function isNothing({ texts }: Claim): boolean {
  return texts[0] === '';
}
