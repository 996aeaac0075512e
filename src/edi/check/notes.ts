import type { SyntaxNote } from '../dictionary/types.ts';
import type { Segments } from '../segments.ts';
import type { NotePlan } from './segment-plan.ts';

/** False where the elements that are there, as bits by their positions, cannot break a note. */
export function mayBreak({ note, all, first }: NotePlan, present: number): boolean {
  if (all === 0) return true;
  const there = present & all;
  switch (note.kind) {
    case 'P':
      return there !== 0 && there !== all;
    case 'R':
      return there === 0;
    case 'E':
      return (there & (there - 1)) !== 0;
    case 'C':
      return (there & first) !== 0 && there !== all;
    case 'L':
      return there !== 0 && there === first;
  }
}

/**
 * The element (from 1) at which a syntax note is broken, or 0 when it holds: the first that is missing, or for an
 * exclusion the second that is there.
 */
export function brokenNote(segments: Pick<Segments, 'has'>, segment: number, note: SyntaxNote): number {
  const { kind, positions } = note;
  let present = 0;
  let firstAbsent = 0;
  let secondPresent = 0;
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index] ?? 0;
    if (segments.has(segment, position)) {
      present++;
      if (present === 2) secondPresent = position;
    } else if (firstAbsent === 0) firstAbsent = position;
  }
  switch (kind) {
    case 'P':
      return present > 0 ? firstAbsent : 0;
    case 'R':
      return present === 0 ? firstAbsent : 0;
    case 'E':
      return secondPresent;
    case 'C':
      return segments.has(segment, positions[0] ?? 0) ? firstAbsent : 0;
    case 'L':
      return segments.has(segment, positions[0] ?? 0) && present === 1 ? firstAbsent : 0;
  }
}

/** The element (from 1) because of which a broken note asks for another one or forbids it; 0 where none does. */
export function noteTrigger(segments: Pick<Segments, 'has'>, segment: number, { kind, positions }: SyntaxNote): number {
  return kind === 'R' ? 0 : (positions.find((position) => segments.has(segment, position)) ?? 0);
}

/** What a syntax note asks for, in words: `03 and 04 together`. */
export function noteText({ kind, positions }: SyntaxNote): string {
  const names = positions.map((position) => String(position).padStart(2, '0'));
  const [first = '', ...rest] = names;
  switch (kind) {
    case 'P':
      return `${listOf(names, 'and')} together or none of them`;
    case 'R':
      return `at least one of ${listOf(names, 'and')}`;
    case 'E':
      return `at most one of ${listOf(names, 'and')}`;
    case 'C':
      return `${listOf(rest, 'and')} where ${first} is there`;
    case 'L':
      return `at least one of ${listOf(rest, 'and')} where ${first} is there`;
  }
}

function listOf(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}
