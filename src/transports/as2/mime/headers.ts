/** One header: its name as written, its value unfolded and trimmed. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** The headers of a part or of a request, in order. */
export interface Headers {
  readonly all: readonly Header[];
  /** The first value of that name, in any case. */
  get(name: string): string | undefined;
}

export function createHeaders(all: readonly Header[]): Headers {
  const byName = new Map<string, string>();
  for (const { name, value } of all) {
    const key = name.toLowerCase();
    if (!byName.has(key)) byName.set(key, value);
  }
  return { all, get: (name) => byName.get(name.toLowerCase()) };
}

const HEADER_LINE = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/s;

/**
 * Reads the lines of a header block, without the empty line behind it; folded lines become one. Null when a line is no
 * header, so that the bytes are not a block of headers.
 */
export function parseHeaders(block: Buffer): Headers | null {
  const lines: string[] = [];
  for (const line of block.toString('latin1').split(/\r?\n/)) {
    const last = lines.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) lines[last] = `${lines[last]} ${line.trim()}`;
    else if (line !== '') lines.push(line);
  }
  const headers: Header[] = [];
  for (const line of lines) {
    const [, name, value] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    headers.push({ name, value: value.trim() });
  }
  return createHeaders(headers);
}

/** True when a text may stand in a header: printable, tabs and blanks, no line break. */
export function fitsHeader(text: string): boolean {
  return /^[\t -~\u0080-\u00ff]*$/.test(text);
}

/** A header block with its empty line. Throws when a name or value would break out of its line. */
export function headerBlock(headers: readonly Header[]): Buffer {
  const lines = headers.map(({ name, value }) => {
    if (!fitsHeader(value) || !/^[!-9;-~]+$/.test(name)) {
      throw new TypeError(`The value of ${name} cannot stand in a header.`);
    }
    return `${name}: ${value}\r\n`;
  });
  return Buffer.from(`${lines.join('')}\r\n`, 'latin1');
}
