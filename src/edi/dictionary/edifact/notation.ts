import { parseFormat } from '../untdid/format.ts';

const NODE = /[()]|([A-Z]{3})(!?)([0-9]*)/g;

/**
 * Messages in a short notation, as parseSets reads them: a type in the first column, then its segments, UNH and UNT left
 * out. `DTM10` may occur ten times, `BGM!` is mandatory, and a group is in brackets, its trigger first, whose numbers are
 * those of the group: `(NAD!99 LOC10 (CTA10 COM5))`.
 */
export function messageTables(text: string): string {
  const messages = text.split(/\n(?=[A-Z])/).filter((message) => message.trim() !== '');
  return messages.map(messageTable).join('\n');
}

function messageTable(message: string): string {
  const [type = '', ...rest] = message.trim().split(/\s/);
  const lines = [type, '  UNH M 1'];
  let depth = 1;
  let opens = false;
  for (const [token, tag, mandatory, max] of rest.join(' ').matchAll(NODE)) {
    if (token === '(') opens = true;
    else if (token === ')') depth--;
    else {
      lines.push(`${'  '.repeat(depth)}${opens ? 'loop ' : ''}${tag} ${mandatory ? 'M' : 'C'} ${max || 1}`);
      if (opens) depth++;
      opens = false;
    }
  }
  return [...lines, '  UNT M 1'].join('\n');
}

const TYPES = { a: 'A', n: 'R', an: 'AN' } as const;

/** Elements by their formats, as parseElements reads them: `an..35 1000 1004` is a line of two elements. */
export function elementTables(text: string): string {
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [formatText = '', ...numbers] = line.split(' ');
      const format = parseFormat(formatText);
      // A word that is no format stays as it is, for the reader of the tables to tell.
      return numbers.map((number) =>
        format === null ? line : `${number} ${TYPES[format.kind]} ${format.min} ${format.max}`,
      );
    })
    .join('\n');
}
