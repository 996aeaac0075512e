import { spells } from './bytes.ts';
import type { Charset, Delimiters } from './delimiters.ts';
import { readEdifactDocument } from './edifact/document.ts';
import { edifactSyntax } from './edifact/syntax.ts';
import type { EdiReader, ReadItem, Standard } from './envelope.ts';
import { createFileReader } from './file-reader.ts';
import type { Segments } from './segments.ts';
import type { Syntax } from './syntax.ts';
import { readX12Document } from './x12/document.ts';
import { x12Syntax } from './x12/syntax.ts';

/** How each standard is read. */
const READERS: Readonly<Record<Standard, Syntax>> = { x12: x12Syntax(), edifact: edifactSyntax() };

/**
 * A reader of every standard: the first bytes of each interchange tell which it is, so that a file may hold several. With a
 * charset bytes above 127 that are no UTF-8 are read in it, whatever the syntax identifier says.
 */
export function createReader(charset?: Charset): EdiReader {
  const syntaxes = Object.values(READERS);
  return createFileReader(charset === undefined ? syntaxes : syntaxes.map((syntax) => withCharset(syntax, charset)));
}

function withCharset(syntax: Syntax, charset: Charset): Syntax {
  return {
    ...syntax,
    readHeader: (view) => {
      const header = syntax.readHeader(view);
      return typeof header === 'string' ? header : { ...header, delimiters: { ...header.delimiters, charset } };
    },
  };
}

/** Every item of a file that is wholly in memory. */
export function readAll(bytes: Buffer): readonly ReadItem[] {
  const reader = createReader();
  return [...reader.push(bytes), ...reader.end()];
}

/** The items of a file that comes in chunks, as soon as they are known. */
export async function* readStream(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  charset?: Charset,
): AsyncGenerator<ReadItem, void> {
  const reader = createReader(charset);
  for await (const chunk of chunks) yield* reader.push(chunk);
  yield* reader.end();
}

/**
 * The segments of one document that was cut out of its file by its byte range. `base` is where it began in the file;
 * `delimiters` are those of its interchange.
 */
export function readDocument(bytes: Buffer, base: number, delimiters: Delimiters): Segments {
  const read = spells(bytes, 0, 'UNH') ? readEdifactDocument : readX12Document;
  return read(bytes, base, delimiters);
}
