import type { Problem } from '../../util/problem.ts';
import { didYouMean } from '../../util/suggest.ts';
import { type Line, tableProblem, type Word } from './lines.ts';
import type { ElementDefinition, ElementUse, Requirement, SegmentDefinition, SyntaxNote } from './types.ts';

const COMPOSITE = /^[A-Z][0-9]{3}$/;
const TAG = /^[A-Z][A-Z0-9]{1,2}$/;
const USE = /^([A-Z]?[0-9]+)(?::([MOCX]))?(?:\*([1-9][0-9]*))?$/;
const NOTE = /^([PRECL])((?:[0-9]{2}){2,})$/;

/**
 * Segment lines: `REF 128:M 127:X 352:X C040 R0203`: the tag, its elements in order, then its syntax notes. An element is
 * its number, `:M` or `:X` (optional when neither is said; C is read as O), and `*5` when it repeats. A line that begins
 * with a letter and three digits is a composite.
 */
export function parseSegments(
  lines: readonly Line[],
  elements: ReadonlyMap<string, ElementDefinition>,
  problems: Problem[],
): ReadonlyMap<string, SegmentDefinition> {
  const composites = new Map<string, readonly ElementUse[]>();
  for (const line of lines) {
    if (!COMPOSITE.test(line.first.text)) continue;
    composites.set(line.first.text, usesOf(line.rest, elements, new Map(), problems));
  }
  const segments = new Map<string, SegmentDefinition>();
  for (const line of lines) {
    const tag = line.first.text;
    if (COMPOSITE.test(tag)) continue;
    if (!TAG.test(tag)) problems.push(tableProblem(line.first, `"${tag}" is no segment tag.`, 'Write two or three.'));
    if (segments.has(tag)) problems.push(tableProblem(line.first, `Segment ${tag} stands twice.`, 'Keep one.'));
    const firstNote = line.rest.findIndex((word) => NOTE.test(word.text));
    const end = firstNote < 0 ? line.rest.length : firstNote;
    const uses = usesOf(line.rest.slice(0, end), elements, composites, problems);
    segments.set(tag, { tag, elements: uses, notes: notesOf(line.rest.slice(end), uses.length, problems) });
  }
  return segments;
}

function usesOf(
  words: readonly Word[],
  elements: ReadonlyMap<string, ElementDefinition>,
  composites: ReadonlyMap<string, readonly ElementUse[]>,
  problems: Problem[],
): readonly ElementUse[] {
  return words.flatMap((word, index) => {
    const use = useOf(word, index + 1, elements, composites, problems);
    return use === null ? [] : [use];
  });
}

function useOf(
  word: Word,
  position: number,
  elements: ReadonlyMap<string, ElementDefinition>,
  composites: ReadonlyMap<string, readonly ElementUse[]>,
  problems: Problem[],
): ElementUse | null {
  const [, number, letter, times] = USE.exec(word.text) ?? [];
  if (number === undefined) {
    problems.push(tableProblem(word, `"${word.text}" is no element.`, 'Write it like 353:M, 127:X or 704*5.'));
    return null;
  }
  const requirement = requirementOf(letter);
  const repeat = Number(times ?? 1);
  const components = composites.get(number);
  if (components !== undefined) {
    return { position, requirement, repeat, element: compositeElement(number, components), components };
  }
  const element = elements.get(number);
  if (element !== undefined) return { position, requirement, repeat, element, components: [] };
  const remedy = `Add an element line. ${didYouMean(number, [...elements.keys(), ...composites.keys()])}`;
  problems.push(tableProblem(word, `Element ${number} is not described.`, remedy));
  return null;
}

function requirementOf(letter: string | undefined): Requirement {
  return letter === 'M' || letter === 'X' ? letter : 'O';
}

function compositeElement(number: string, components: readonly ElementUse[]): ElementDefinition {
  const max = components.reduce((sum, { element }) => sum + element.max + 1, 0);
  return { number, type: 'AN', decimals: 0, min: 1, max, codes: undefined };
}

function notesOf(words: readonly Word[], elementCount: number, problems: Problem[]): readonly SyntaxNote[] {
  return words.flatMap((word): SyntaxNote[] => {
    const [, letter, digits] = NOTE.exec(word.text) ?? [];
    const positions = (digits?.match(/../g) ?? []).map(Number);
    const kind = NOTE_KINDS.find((known) => known === letter);
    if (kind === undefined) {
      problems.push(tableProblem(word, `"${word.text}" is no syntax note.`, 'Notes stand last: P0304, R0203.'));
      return [];
    }
    if (positions.some((position) => position < 1 || position > elementCount)) {
      problems.push(tableProblem(word, `${word.text} names an element the segment lacks.`, 'Mend the positions.'));
      return [];
    }
    return [{ kind, positions }];
  });
}

const NOTE_KINDS: readonly SyntaxNote['kind'][] = ['P', 'R', 'E', 'C', 'L'];
