import type { Json } from '../../events/types.ts';
import type { Alternative } from './alternative.ts';
import { valueClaim } from './claims.ts';
import { type DraftSegment, isFilled } from './draft.ts';
import { findSegment, makeMoves, movesFor, type Spot, segmentOf } from './put.ts';
import { refuse } from './refusal.ts';
import type { FieldWriter, WriteRun } from './run.ts';

/** `also`: has a say in what another rule writes, and writes nothing by itself. */
export function hintWriter(alternative: Alternative): FieldWriter {
  const [spot] = alternative.spots;
  return (run, frame, value, pointer) => {
    if (spot === undefined || alternative.spots.length > 1) return;
    const segment = segmentOf(run, frame, spot, alternative.rule.at);
    if (segment !== null) hint(run, alternative, spot, segment, value, pointer);
  };
}

/** Several `also` of which one has to agree: looked at when all values are in their places. */
export function agreeingWriter(alternatives: readonly Alternative[]): FieldWriter {
  return (run, frame, value, pointer) => {
    run.later.push(() => {
      for (const alternative of alternatives) {
        const [spot] = alternative.spots;
        const segment = spot === undefined ? null : findSegment(frame, spot);
        if (spot === undefined || segment === null) continue;
        if (!spot.resolved.places.some((place) => isFilled(segment, place))) continue;
        hint(run, alternative, spot, segment, value, pointer);
        return;
      }
    });
  };
}

function hint(
  run: WriteRun,
  { rule, say }: Alternative,
  spot: Spot,
  segment: DraftSegment,
  value: Json,
  pointer: string,
): void {
  const moves = movesFor(segment, spot, [{ ...valueClaim(rule.at, pointer, say(run, value)), kind: 'hint' }]);
  const bad = moves === null ? null : makeMoves(moves);
  if (bad !== null) refuse(run, rule.at, value, pointer, [{ kind: 'conflict', move: bad }]);
}
