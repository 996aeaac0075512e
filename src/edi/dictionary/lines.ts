import type { Place, Problem } from '../../util/problem.ts';

/** A word of a table text, with its place. */
export interface Word {
  readonly text: string;
  readonly at: Place;
}

/** A line of a table text: its indentation and its words, at least one. */
export interface Line {
  readonly indent: number;
  readonly first: Word;
  readonly rest: readonly Word[];
}

/**
 * Cuts a table text into lines of words. `#` begins a comment, empty lines are passed over, and a line that ends in a
 * backslash goes on in the next one.
 */
export function readLines(file: string, text: string): readonly Line[] {
  const lines: { indent: number; words: Word[] }[] = [];
  let continued: { indent: number; words: Word[] } | null = null;
  text.split('\n').forEach((raw, index) => {
    const content = raw.replace(/#.*$/, '').trimEnd();
    const goesOn = content.endsWith('\\');
    const words = wordsOf(file, index + 1, goesOn ? content.slice(0, -1) : content);
    const line = continued ?? { indent: (words[0]?.at.column ?? 1) - 1, words: [] };
    line.words.push(...words);
    if (goesOn) continued = line;
    else {
      continued = null;
      lines.push(line);
    }
  });
  return lines.flatMap(({ indent, words: [first, ...rest] }) => (first === undefined ? [] : [{ indent, first, rest }]));
}

function wordsOf(file: string, line: number, content: string): Word[] {
  return [...content.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    at: { file, line, column: match.index + 1 },
  }));
}

/** A fault of a table text at a word. */
export function tableProblem(word: Word, what: string, remedy: string): Problem {
  return { ...word.at, code: 'DICTIONARY_TABLE', what, remedy };
}
