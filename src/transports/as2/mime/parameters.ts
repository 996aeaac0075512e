/** A header such as Content-Type: its first word in small letters, and its parameters by name in small letters. */
export interface Parameterised {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const NEXT = /^[ \t]*;?[ \t]*([^\s=;"]+)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"?|[^;]*)/s;
/** More parameters than this no honest header has. */
const MOST = 50;

/** Reads `type/subtype; name=value; name="quoted"`. Comments are left out; what makes no sense ends the reading. */
export function parseParameters(header: string): Parameterised {
  const text = header.replace(/\([^()"]*\)/g, ' ');
  const end = text.indexOf(';');
  const value = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
  const parameters = new Map<string, string>();
  let rest = end < 0 ? '' : text.slice(end);
  for (let count = 0; count < MOST; count++) {
    const [whole, name, written] = NEXT.exec(rest) ?? [];
    if (whole === undefined || name === undefined || written === undefined) break;
    rest = rest.slice(whole.length);
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, unquoted(written.trim()));
  }
  return { value, parameters };
}

/** A quoted string without its quotes and escapes; other text as it is. */
export function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  return text.slice(1, text.length > 1 && text.endsWith('"') ? -1 : undefined).replace(/\\(.)/gs, '$1');
}

/** A text as a quoted string. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
