import type { Source } from './source.ts';

/** XML has these entities without a document type, and the numbers of characters. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const REFERENCE = /&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([^;&<"'\s]{1,32}));/y;

/** Text that was decoded, or where in the source a reference stands that stands for nothing. */
export type Decoded = { readonly text: string } | { readonly at: number; readonly reference: string };

/** The value of character data: references replaced, line ends as one line feed. */
export function decodeText(source: Source, from: number, to: number): Decoded {
  return decodeReferences(source, from, to, unifyLines);
}

/** The value of an attribute: as text, and every line end or tab is a blank. */
export function decodeAttribute(source: Source, from: number, to: number): Decoded {
  return decodeReferences(source, from, to, (text) => text.replace(/\r\n|[\r\n\t]/g, ' '));
}

/** Line ends as XML sees them: CRLF and CR are a line feed. */
export function unifyLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function decodeReferences(source: Source, from: number, to: number, unify: (text: string) => string): Decoded {
  const whole = source.slice(from, to);
  if (!whole.includes('&')) return { text: unify(whole) };
  const raw = source.text.slice(from, to);
  let text = '';
  let done = 0;
  for (let at = raw.indexOf('&'); at !== -1; at = raw.indexOf('&', done)) {
    REFERENCE.lastIndex = at;
    const found = REFERENCE.exec(raw);
    const character = found === null ? undefined : characterOf(found);
    if (found === null || character === undefined) return { at: from + at, reference: raw.slice(at, at + 12) };
    text += unify(source.slice(from + done, from + at)) + character;
    done = at + found[0].length;
  }
  return { text: text + unify(source.slice(from + done, to)) };
}

function characterOf([, hexadecimal, decimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return NAMED.get(name);
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

/** Characters that XML 1.0 allows. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
