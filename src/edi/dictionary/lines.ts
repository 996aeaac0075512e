import type { Place, Problem } from '../../util/problem.ts';

/** A word of a table text, with its place. */
export interface Word {
  readonly text: string;
  readonly at: Place;
}

/** A line of a table text: its indentation and its words, at least one. Words after the first are cut when they are asked for. */
export interface Line {
  readonly indent: number;
  readonly first: Word;
  readonly rest: readonly Word[];
}

/** What a line of a file holds beside its comment. */
interface Piece {
  readonly number: number;
  readonly text: string;
}

/**
 * Cuts a table text into lines of words. `#` begins a comment, empty lines are passed over, and a line that ends in a
 * backslash goes on in the next one.
 */
export function readLines(file: string, text: string): readonly Line[] {
  const lines: Line[] = [];
  let pieces: Piece[] = [];
  text.split('\n').forEach((raw, index) => {
    const content = withoutComment(raw).trimEnd();
    const goesOn = content.endsWith('\\');
    pieces.push({ number: index + 1, text: goesOn ? content.slice(0, -1) : content });
    if (goesOn) return;
    const line = lineOf(file, pieces);
    if (line !== null) lines.push(line);
    pieces = [];
  });
  const last = lineOf(file, pieces);
  if (last !== null) lines.push(last);
  return lines;
}

function withoutComment(raw: string): string {
  const comment = raw.indexOf('#');
  return comment < 0 ? raw : raw.slice(0, comment);
}

function lineOf(file: string, pieces: readonly Piece[]): Line | null {
  const begin = pieces.findIndex(({ text }) => text.trim() !== '');
  const piece = pieces[begin];
  if (piece === undefined) return null;
  const [, blanks = '', word = ''] = /^(\s*)(\S+)/.exec(piece.text) ?? [];
  const first = { text: word, at: { file, line: piece.number, column: blanks.length + 1 } };
  let rest: readonly Word[] | null = null;
  return {
    // The indentation is that of the first line even where its words begin in a later one.
    indent: begin === 0 ? blanks.length : 0,
    first,
    get rest() {
      rest ??= pieces
        .slice(begin)
        .flatMap((one) => wordsOf(file, one))
        .slice(1);
      return rest;
    },
  };
}

function wordsOf(file: string, { number, text }: Piece): readonly Word[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    at: { file, line: number, column: match.index + 1 },
  }));
}

/** A fault of a table text at a word. */
export function tableProblem(word: Word, what: string, remedy: string): Problem {
  return { ...word.at, code: 'DICTIONARY_TABLE', what, remedy };
}
