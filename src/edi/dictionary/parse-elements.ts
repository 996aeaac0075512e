import type { Problem } from '../../util/problem.ts';
import { type Line, tableProblem, type Word } from './lines.ts';
import type { ElementDefinition, ElementType } from './types.ts';

/** Element lines (`353 ID 2 2`: number, type, minimum, maximum) and code lines (`353 00 01 04`) as definitions. */
export function parseElements(
  elementLines: readonly Line[],
  codeLines: readonly Line[],
  problems: Problem[],
): ReadonlyMap<string, ElementDefinition> {
  const codes = new Map<string, Line[]>();
  for (const line of codeLines) {
    const known = codes.get(line.first.text);
    if (known === undefined) codes.set(line.first.text, [line]);
    else known.push(line);
  }
  const elements = new Map<string, ElementDefinition>();
  for (const line of elementLines) {
    const number = line.first.text;
    const form = formOf(line, problems);
    if (elements.has(number)) problems.push(tableProblem(line.first, `Element ${number} stands twice.`, 'Keep one.'));
    else if (form !== null) elements.set(number, withCodes({ number, ...form }, codes.get(number)));
  }
  for (const line of codeLines) {
    if (!elements.has(line.first.text)) {
      const what = `Codes are given for element ${line.first.text}, which no element line describes.`;
      problems.push(tableProblem(line.first, what, 'Add the element, or remove its codes.'));
    }
  }
  return elements;
}

/** An element with its codes, which are read when they are first asked for: a UN directory lists ten thousand. */
function withCodes(element: Omit<ElementDefinition, 'codes'>, lines: readonly Line[] | undefined): ElementDefinition {
  if (lines === undefined) return { ...element, codes: undefined };
  let codes: ReadonlySet<string> | null = null;
  return {
    ...element,
    get codes() {
      codes ??= new Set(lines.flatMap((line) => line.rest.map(({ text }) => text)));
      return codes;
    },
  };
}

type Form = Pick<ElementDefinition, 'type' | 'decimals' | 'min' | 'max'>;

function formOf(line: Line, problems: Problem[]): Form | null {
  const [typeWord, minWord, maxWord, extra] = line.rest;
  if (typeWord === undefined || minWord === undefined || maxWord === undefined || extra !== undefined) {
    const what = `Element ${line.first.text} needs a type, a minimum and a maximum.`;
    problems.push(tableProblem(line.first, what, 'Write it like "353 ID 2 2".'));
    return null;
  }
  const type = typeOf(typeWord, problems);
  const min = countOf(minWord, problems);
  const max = countOf(maxWord, problems);
  if (type === null || min === null || max === null) return null;
  if (min <= max) return { ...type, min, max };
  problems.push(tableProblem(minWord, `The minimum ${min} is above the maximum ${max}.`, 'Exchange or mend them.'));
  return null;
}

const PLAIN_TYPES: ReadonlyMap<string, ElementType> = new Map(
  (['A', 'AN', 'ID', 'DT', 'TM', 'R', 'B'] as const).map((type) => [type, type]),
);

function typeOf(word: Word, problems: Problem[]): Pick<Form, 'type' | 'decimals'> | null {
  const plain = PLAIN_TYPES.get(word.text);
  if (plain !== undefined) return { type: plain, decimals: 0 };
  if (/^N[0-9]$/.test(word.text)) return { type: 'N', decimals: Number(word.text.slice(1)) };
  problems.push(tableProblem(word, `"${word.text}" is no element type.`, 'Use A, AN, ID, DT, TM, R, B or N0 to N9.'));
  return null;
}

function countOf(word: Word, problems: Problem[]): number | null {
  if (/^[1-9][0-9]{0,14}$/.test(word.text)) return Number(word.text);
  problems.push(tableProblem(word, `"${word.text}" is no length.`, 'Write a whole number from 1.'));
  return null;
}
