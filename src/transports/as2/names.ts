import { quoted, unquoted } from './mime/parameters.ts';

/** An AS2 name as a header has it (RFC 4130 6.2), without its quotes. Null when it is none: 1 to 128 printable characters. */
export function readName(header: string): string | null {
  const name = unquoted(header.trim());
  return /^[ -~]{1,128}$/.test(name) ? name : null;
}

/** An AS2 name as a header wants it: in quotes when it holds a blank, a quote or a backslash. */
export function writeName(name: string): string {
  return /[\s"\\]/.test(name) ? quoted(name) : name;
}
