import type { Problem } from '../../../util/problem.ts';
import { type Format, parseFormat } from './format.ts';
import { type DirectoryFile, directoryFault, type Section, sectionsOf } from './text.ts';

/** The number of an element, with change marks before it and its name behind. */
export const ELEMENT_HEAD = /^[ +*#|X-]{2,5}([0-9]{4}) {2}[^ ]/;
const REPRESENTATION = /^ {2,5}Repr: {1,3}([a-z.0-9]+)$/;

/** Elements of a directory (TRED or EDED) by their numbers. */
export function parseDirectoryElements(file: DirectoryFile, faults: Problem[]): ReadonlyMap<string, Format> {
  const elements = new Map<string, Format>();
  for (const section of sectionsOf(file)) {
    const number = ELEMENT_HEAD.exec(section.head.text)?.[1];
    if (number === undefined) continue;
    const format = formatOf(section);
    if (format !== null) elements.set(number, format);
    else {
      const what = `Element ${number} has no format that can be read.`;
      faults.push(directoryFault(file, section.head.number, what, 'The element was left out.'));
    }
  }
  return elements;
}

function formatOf({ body }: Section): Format | null {
  for (const { text } of body) {
    const representation = REPRESENTATION.exec(text)?.[1];
    if (representation !== undefined) return parseFormat(representation);
  }
  return null;
}
