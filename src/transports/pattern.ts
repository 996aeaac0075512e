/**
 * True when a whole name matches a pattern in which `*` stands for any text and `?` for one character. Only the last `*`
 * is ever tried again, so that no pattern takes longer than name times pattern.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  const letters = [...name];
  const signs = [...pattern];
  let letter = 0;
  let sign = 0;
  let star = -1;
  let starLetter = 0;
  while (letter < letters.length) {
    if (signs[sign] === '*') {
      star = sign++;
      starLetter = letter;
    } else if (signs[sign] === '?' || (sign < signs.length && signs[sign] === letters[letter])) {
      letter++;
      sign++;
    } else if (star >= 0) {
      sign = star + 1;
      letter = ++starLetter;
    } else {
      return false;
    }
  }
  while (signs[sign] === '*') sign++;
  return sign === signs.length;
}
