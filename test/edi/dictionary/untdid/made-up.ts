import type { MessageNode, MessageTable } from '../../../../src/edi/dictionary/untdid/messages.ts';
import type { DirectoryFile } from '../../../../src/edi/dictionary/untdid/text.ts';

/** A line across the page, as directories up to D.01B draw it. */
export const RULE = '─'.repeat(70);

/** Boxes in code page 437. */
const BOXES: Readonly<Record<string, number>> = { '─': 0xc4, '│': 0xb3, '┐': 0xbf, '┘': 0xd9, '┴': 0xc1, '┤': 0xb4 };

/** A file of a directory: boxes in code page 437, everything else a byte for each character, CR LF after each line. */
export function madeUp(path: string, lines: readonly string[]): DirectoryFile {
  const text = lines.map((line) => `${line}\r\n`).join('');
  return { path, bytes: Buffer.from([...text].map((letter) => BOXES[letter] ?? letter.charCodeAt(0))) };
}

/** The same lines with boxes of minus, bar and plus, as directories from D.04A on draw them. */
export function inAscii(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line
      .replace(/─/g, '-')
      .replace(/│/g, '|')
      .replace(/[┐┘┴┤]/g, '+'),
  );
}

/** A message as lines, two blanks a level: `TAG M 1` for a segment, `g1 C 10` for a group. */
export function outline(table: MessageTable | null): readonly string[] {
  return table === null ? [] : table.children.flatMap((node) => nodeLines(node, ''));
}

function nodeLines(node: MessageNode, indent: string): readonly string[] {
  const uses = `${node.mandatory ? 'M' : 'C'} ${node.max}`;
  if (node.kind === 'segment') return [`${indent}${node.tag} ${uses}`];
  return [`${indent}g${node.number} ${uses}`, ...node.children.flatMap((child) => nodeLines(child, `${indent}  `))];
}

/** A segment table with one group in another. */
export const TABLE: readonly string[] = [
  '4.3.1  Segment table',
  '',
  'Pos    Tag Name                                      S   R',
  '',
  '0010   UNH Message header                            M   1     ',
  '',
  '0020       ───── Segment group 1  ────────────────── C   10──────────┐',
  '0030   AAA First thing                               M   1           │',
  '                                                                     │',
  '0040 *     ───── Segment group 2  ────────────────── M   9999999────┐│',
  '0050 + BBB Second thing                              M   1          ││',
  '0060   CCC Third thing                               C   5──────────┴┘',
  '0070   UNT Message trailer                           M   1     ',
];

/** What that table says. */
export const OUTLINE: readonly string[] = [
  'UNH M 1',
  'g1 C 10',
  '  AAA M 1',
  '  g2 M 9999999',
  '    BBB M 1',
  '    CCC C 5',
  'UNT M 1',
];
