import type { Headers } from './headers.ts';
import { parseParameters, quoted } from './parameters.ts';

/** Longest name that is passed on, in characters. */
const LONGEST = 255;

/**
 * The name a part was sent under: Content-Disposition, else Content-Type; plain, RFC 2231 or RFC 2047. Only its last part,
 * without control characters; null when nothing is left. It is shown and passed on, and never a path.
 */
export function fileNameOf(headers: Headers): string | null {
  const disposition = parseParameters(headers.get('content-disposition') ?? '').parameters;
  const type = parseParameters(headers.get('content-type') ?? '').parameters;
  const written = extended(disposition, 'filename') ?? extended(type, 'name');
  return written === null ? null : safeName(written);
}

/** The parameter that names a file on its way out. */
export function fileNameParameter(name: string): string {
  const safe = safeName(name) ?? 'document';
  if (/^[ -~]*$/.test(safe)) return `filename=${quoted(safe)}`;
  const plain = safe.replace(/[^ -~]/g, '_');
  return `filename=${quoted(plain)}; filename*=UTF-8''${encodeURIComponent(safe).replace(/[!'()*]/g, hex)}`;
}

function safeName(written: string): string | null {
  const last = written.split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  return name === '' || name === '.' || name === '..' ? null : name.slice(0, LONGEST);
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A parameter that may be written as `name*=charset''text`, in numbered pieces, or as an encoded word. */
function extended(parameters: ReadonlyMap<string, string>, name: string): string | null {
  const whole = parameters.get(`${name}*`) ?? pieces(parameters, name);
  if (whole !== null && whole !== undefined) {
    const [, charset = 'utf-8', text = whole] = /^([^']*)'[^']*'(.*)$/s.exec(whole) ?? [];
    return decode(percent(text), charset);
  }
  const plain = parameters.get(name);
  return plain === undefined ? null : encodedWords(asUtf8(plain));
}

function pieces(parameters: ReadonlyMap<string, string>, name: string): string | null {
  let text: string | null = null;
  for (let number = 0; number < 50; number++) {
    const piece = parameters.get(`${name}*${number}*`) ?? parameters.get(`${name}*${number}`);
    if (piece === undefined) return text;
    text = (text ?? '') + piece;
  }
  return text;
}

function percent(text: string): Buffer {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1');
}

/** Headers are read as Latin-1; many senders write UTF-8 into them. */
function asUtf8(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const decoded = bytes.toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

function encodedWords(text: string): string {
  return text.replace(
    /=\?([^?]+)\?([bq])\?([^?]*)\?=(\s+(?==\?))?/gi,
    (_, charset: string, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? decode(Buffer.from(word, 'base64'), charset)
        : decode(percent(word.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, '%$1')), charset),
  );
}

function decode(bytes: Buffer, charset: string): string {
  return /^utf-?8$/i.test(charset) ? bytes.toString('utf8') : bytes.toString('latin1');
}
