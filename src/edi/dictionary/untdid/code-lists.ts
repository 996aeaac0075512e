import { ELEMENT_HEAD } from './elements.ts';
import { type DirectoryFile, type Section, sectionsOf } from './text.ts';

/**
 * Up to D.98B a code ends in column 9 or begins in column 4, and its name begins in column 11. The three columns before are
 * for change marks, so that a code XA is none.
 */
const EARLY_CODE = /^[ +*#|X-]{3}([ ]{0,5}[!-~]{1,6}[ ]{0,5}) [^ ]/;
const EARLY_WIDTH = 6;
/** From D.99B on a code begins in column 6, and its name in column 12 or after a tab. */
const LATE_CODE = /^[ +*#|X-]{5}([!-~]{1,17})[ \t]{1,6}[^ \t]/;
/** Column of an element's number from D.99B on. */
const LATE_COLUMN = 5;
const REPRESENTATION = 'Repr:';

/**
 * Code lists (UNCL, or UNCL-1 and UNCL-2) by their elements: every listed code, in order, those marked for deletion too.
 * A code that is listed twice is kept twice, so that counts are those of the directory.
 */
export function parseDirectoryCodes(file: DirectoryFile): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  for (const section of sectionsOf(file)) {
    const number = ELEMENT_HEAD.exec(section.head.text)?.[1];
    if (number === undefined) continue;
    const late = section.head.text.slice(LATE_COLUMN, LATE_COLUMN + 4) === number;
    const codes = codesOf(section, late);
    if (codes.length > 0) lists.set(number, codes);
  }
  return lists;
}

/** Codes stand below the format of their element. */
function codesOf({ body }: Section, late: boolean): readonly string[] {
  const begin = body.findIndex(({ text }) => text.trimStart().startsWith(REPRESENTATION));
  return body.slice(begin + 1).flatMap(({ text }) => {
    const code = late ? lateCode(text) : earlyCode(text);
    return code === null ? [] : [code];
  });
}

function earlyCode(text: string): string | null {
  const field = EARLY_CODE.exec(text)?.[1];
  return field?.length === EARLY_WIDTH ? field.trim() : null;
}

function lateCode(text: string): string | null {
  const code = LATE_CODE.exec(text)?.[1];
  return code === undefined || code === 'Note:' ? null : code;
}
