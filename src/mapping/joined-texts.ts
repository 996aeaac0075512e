/** What the trimming of texts takes for a blank: a blank that does not break a line is one. */
const BLANK = /\s/u;

/**
 * A text over several elements of EDIFACT, which hold so many characters each. What fills its element to the end goes on in the
 * next one; after a shorter one the next begins a new word.
 */
export function joinTexts(texts: readonly string[], max: number): string {
  return texts
    .filter((text) => text !== '')
    .reduce((joined, text, index, all) => {
      const before = all[index - 1];
      return before === undefined ? text : `${joined}${[...before].length < max ? ' ' : ''}${text}`;
    }, '');
}

/** The texts that are joined to this one, as many as there are elements; undefined where it does not fit. */
export function splitText(text: string, max: number, parts: number): readonly string[] | undefined {
  const texts: string[] = [];
  let rest = [...text];
  while (rest.length > max) {
    const at = splitPlace(rest, max);
    if (at === undefined) return undefined;
    texts.push(rest.slice(0, at).join(''));
    rest = rest.slice(at === max ? at : at + 1);
  }
  texts.push(rest.join(''));
  if (texts.length > parts) return undefined;
  return [...texts, ...new Array<string>(parts - texts.length).fill('')];
}

/** Where the first part ends: where the element does, else at the last single blank before. No part has a blank at an end. */
function splitPlace(characters: readonly string[], max: number): number | undefined {
  const isBlank = (at: number): boolean => BLANK.test(characters[at] ?? '');
  if (!isBlank(max - 1) && !isBlank(max)) return max;
  for (let at = max - 1; at > 0; at--) {
    if (characters[at] === ' ' && !isBlank(at - 1) && !isBlank(at + 1)) return at;
  }
  return undefined;
}
