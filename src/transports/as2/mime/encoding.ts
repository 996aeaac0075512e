import type { Content } from '../../../cms/content.ts';

/** Content transfer encodings; what names none is binary, for that is what AS2 means by silence. */
export type Encoding = 'binary' | 'base64' | 'quoted-printable';

/** The encoding of a header's value; null when it is not known. */
export function encodingOf(value: string | undefined): Encoding | null {
  switch (value?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'binary':
    case '8bit':
    case '7bit':
      return 'binary';
    case 'base64':
      return 'base64';
    case 'quoted-printable':
      return 'quoted-printable';
    default:
      return null;
  }
}

/** The bytes a body stands for. Throws RangeError when the body is not in that encoding. */
export async function* decoded(body: Content, encoding: Encoding): AsyncGenerator<Buffer> {
  switch (encoding) {
    case 'binary':
      yield* body.chunks();
      return;
    case 'base64':
      yield* fromBase64(body.chunks());
      return;
    case 'quoted-printable':
      yield* fromQuotedPrintable(body.chunks());
  }
}

async function* fromBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = '';
  let ended = false;
  for await (const chunk of chunks) {
    const text = rest + chunk.toString('latin1').replace(/[\r\n\t ]+/g, '');
    if (text !== '' && (ended || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))) {
      throw new RangeError('The body is not base64.');
    }
    const whole = text.length - (text.length % 4);
    ended = text.endsWith('=') && whole === text.length;
    rest = text.slice(whole);
    if (whole > 0) yield Buffer.from(text.slice(0, whole), 'base64');
  }
  if (rest !== '') yield Buffer.from(rest, 'base64');
}

async function* fromQuotedPrintable(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = '';
  for await (const chunk of chunks) {
    const text = rest + chunk.toString('latin1');
    // The last line may go on in the next piece.
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    if (end > 0) yield plainLines(text.slice(0, end));
  }
  if (rest !== '') yield plainLines(rest);
}

function plainLines(text: string): Buffer {
  const plain = text
    .replace(/[ \t]+(?=\r?\n)/g, '')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(plain, 'latin1');
}

/** Bytes in a line of base64. */
const LINE_BYTES = 57;

/** A content as lines of base64, each of 76 characters and a line break. */
export async function* toBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % LINE_BYTES);
    rest = Buffer.from(bytes.subarray(whole));
    if (whole > 0) yield base64Lines(bytes.subarray(0, whole));
  }
  if (rest.length > 0) yield base64Lines(rest);
}

/** The same of bytes in memory. */
export function base64Lines(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n'), 'latin1');
}
