import type { Json } from '../../events/types.ts';
import type { Place } from '../../util/problem.ts';
import { cellAt } from './draft.ts';
import type { Move } from './put.ts';
import type { WriteRun } from './run.ts';
import { conflictFinding, unsayableFinding } from './write-findings.ts';

/** Why an alternative did not take a value: it has no text for it, or another rule is in the way. */
export type Refusal =
  | { readonly kind: 'unsayable'; readonly why: string }
  | { readonly kind: 'conflict'; readonly move: Move }
  | { readonly kind: 'full' };

/** Tells why a value was not written: the rule that is in the way, else what each alternative lacks. */
export function refuse(run: WriteRun, at: Place, value: Json, pointer: string, refusals: readonly Refusal[]): void {
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
