import type { Problem } from '../../../util/problem.ts';

/** A text file of a UN directory: its path for messages, and its bytes as they are. */
export interface DirectoryFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** A line with its number, counted from 1. */
export interface DirectoryLine {
  readonly number: number;
  readonly text: string;
}

/** A fault of a UN directory: reported, and what is not at fault is used. */
export function directoryFault(file: DirectoryFile, line: number, what: string, remedy: string): Problem {
  return { file: file.path, line, column: 1, code: 'UN_DIRECTORY', what, remedy };
}

/**
 * Lines with one character for each byte: boxes are drawn in code page 437 or in ASCII while texts of the same file are in
 * windows-1252, and only the boxes matter here. A 1A that ends the file is left out.
 */
export function linesOf(file: DirectoryFile): readonly DirectoryLine[] {
  const end = file.bytes.at(-1) === 0x1a ? file.bytes.length - 1 : file.bytes.length;
  return file.bytes
    .latin1Slice(0, end)
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.trimEnd() }));
}

/** The first line that says something in each part between two rules, and the lines after it. */
export interface Section {
  readonly head: DirectoryLine;
  readonly body: readonly DirectoryLine[];
}

/** A line across the page: of C4 in code page 437, or of minus signs. */
const RULE = /^(?:\u00c4{20,}|-{20,})$/;

/** The parts of a file between the rules. A part may begin the file without a rule before it. */
export function sectionsOf(file: DirectoryFile): readonly Section[] {
  const sections: { head: DirectoryLine; body: DirectoryLine[] }[] = [];
  let fresh = true;
  for (const line of linesOf(file)) {
    if (line.text === '') continue;
    if (RULE.test(line.text)) fresh = true;
    else if (fresh) {
      sections.push({ head: line, body: [] });
      fresh = false;
    } else sections.at(-1)?.body.push(line);
  }
  return sections;
}
