const DELIMITERS = [',', ';', '\t', '|'] as const;
/** So much of the text is looked at. */
const LINES = 10;
const HEAD = 65_536;

/** A delimiter, and how regularly it stands in the lines that were looked at. */
export interface DetectedDelimiter {
  readonly delimiter: string;
  /** How many of it there are in each line at least, and in the first one. */
  readonly fewest: number;
  readonly first: number;
  /** Lines that have as many as the first one, which is one of them. */
  readonly alike: number;
  readonly lines: number;
}

/**
 * The delimiter that stands most often in each of the first lines, outside quotes; of equals the one that stands more often
 * in the first line, then comma, semicolon, tab, bar.
 */
export function detectDelimiter(text: string, begin: number, quote: string): DetectedDelimiter {
  const lines = firstLines(text.slice(begin, begin + HEAD), quote);
  let best = { delimiter: ',', fewest: 0, first: 0, alike: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const [fewest, first] = [Math.min(...counts), counts[0] ?? 0];
    const alike = counts.filter((count) => count === first).length;
    if (fewest > best.fewest || (fewest === best.fewest && first > best.first))
      best = { delimiter, fewest, first, alike };
  }
  return { ...best, lines: lines.length };
}

/** The first lines that are not empty, without what stands in quotes. */
function firstLines(text: string, quote: string): readonly string[] {
  const lines: string[] = [''];
  let quoted = false;
  for (const character of text) {
    if (character === quote) quoted = !quoted;
    else if (quoted) continue;
    else if (character !== '\n' && character !== '\r') lines[lines.length - 1] += character;
    else if (lines.at(-1) !== '') {
      if (lines.length === LINES) break;
      lines.push('');
    }
  }
  return lines.filter((line) => line !== '');
}
