import { brokenNote, noteText, noteTrigger } from '../../edi/check/notes.ts';
import type { SyntaxNote } from '../../edi/dictionary/types.ts';
import type { Finding } from '../../edi/finding.ts';
import type { Claim } from './claims.ts';
import {
  cellKey,
  cellName,
  cellPlace,
  claimsOfEvent,
  claimsWithin,
  commonPointer,
  type DraftInstance,
  type DraftSegment,
  filledPositions,
  isInstanceSaid,
  isSaid,
} from './draft.ts';
import { brokenNoteFinding } from './write-findings.ts';

/**
 * The syntax notes that a document would break ("04 and 05 together or none of them"), each with the field of the event that
 * makes it so: half of a pair, a place in words beside one in degrees, a party without a name.
 */
export function brokenNotes(root: DraftInstance): readonly Finding[] {
  return [...faultsIn(root, true)];
}

function* faultsIn(instance: DraftInstance, isRoot: boolean): Generator<Finding> {
  for (const [index, segment] of instance.segments.entries()) {
    // The trigger of a loop that says something is written even when it says nothing itself; the header is not the map's.
    const written = index === 0 ? !isRoot : isSaid(segment);
    if (written) yield* faultsOf(segment, instance);
  }
  for (const child of instance.children) if (isInstanceSaid(child)) yield* faultsIn(child, false);
}

function* faultsOf(segment: DraftSegment, instance: DraftInstance): Generator<Finding> {
  const { notes, tag } = segment.definition;
  if (notes.length === 0) return;
  const there = filledPositions(segment);
  const has = (_: number, position: number): boolean => there.has(position);
  for (const note of notes) {
    const broken = brokenNote({ has }, 0, note);
    if (broken === 0) continue;
    const claim =
      claimAt(segment, culprit(note, broken, has)) ?? claimsOfEvent(segment)[0] ?? claimsWithin(instance)[0];
    if (claim === undefined) continue;
    const others = claimsOfEvent(segment).length > 0 ? [claim] : claimsWithin(instance);
    yield brokenNoteFinding(
      commonPointer(others),
      claim,
      tag,
      cellName(tag, cellKey(broken, null)),
      noteText(note),
      note.kind === 'E',
    );
  }
}

/** The position because of which the note is broken: of an exclusion the one too many, else the one that wants others. */
function culprit(note: SyntaxNote, broken: number, has: (segment: number, position: number) => boolean): number {
  return note.kind === 'E' ? broken : noteTrigger({ has }, 0, note);
}

function claimAt(segment: DraftSegment, position: number): Claim | undefined {
  const cells = [...segment.cells].filter(([key]) => cellPlace(key).position === position);
  return cells.flatMap(([, { claims }]) => claims).find(({ kind }) => kind === 'value');
}
