import type { Delimiters } from './delimiters.ts';
import type { EdiReader, ReadItem, Standard } from './envelope.ts';
import type { Segments } from './segments.ts';
import { BYTE_ORDER_MARK, isBlank, spells } from './x12/bytes.ts';
import { readX12Document } from './x12/document.ts';
import { createX12Reader } from './x12/reader.ts';

/** The reader of each standard; null where there is none yet. */
const READERS: Readonly<Record<Standard, (() => EdiReader) | null>> = {
  x12: () => createX12Reader(),
  edifact: null,
};

/**
 * A reader of any standard: the first bytes that are no padding tell which. A file that begins as none of them is searched
 * for X12 interchanges, because they may follow a mail header or a banner.
 */
export function createReader(): EdiReader {
  let chosen: EdiReader | null = null;
  let head: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      if (chosen !== null) return chosen.push(chunk);
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const standard = standardOf(head);
      if (standard === 'more') return [];
      chosen = readerOf(standard);
      return chosen.push(head);
    },
    *end() {
      if (chosen === null) {
        chosen = readerOf('x12');
        yield* chosen.push(head);
      }
      yield* chosen.end();
    },
  };
}

/** Every item of a file that is wholly in memory. */
export function readAll(bytes: Buffer): readonly ReadItem[] {
  const reader = createReader();
  return [...reader.push(bytes), ...reader.end()];
}

/** The items of a file that comes in chunks, as soon as they are known. */
export async function* readStream(chunks: AsyncIterable<Buffer>): AsyncGenerator<ReadItem, void> {
  const reader = createReader();
  for await (const chunk of chunks) yield* reader.push(chunk);
  yield* reader.end();
}

/**
 * The segments of one document that was cut out of its file by its byte range. `base` is where it began in the file;
 * `delimiters` are those of its interchange.
 */
export function readDocument(bytes: Buffer, base: number, delimiters: Delimiters): Segments {
  return readX12Document(bytes, base, delimiters);
}

/** What the first bytes say; X12 where they say nothing, `more` where they are too few. */
function standardOf(head: Buffer): Standard | 'more' {
  let at = 0;
  while (at < head.length && (isBlank(head[at] ?? 0) || spells(head, at, BYTE_ORDER_MARK))) {
    at += isBlank(head[at] ?? 0) ? 1 : BYTE_ORDER_MARK.length;
  }
  if (head.length - at < 3) return 'more';
  return spells(head, at, 'UNA') || spells(head, at, 'UNB') ? 'edifact' : 'x12';
}

function readerOf(standard: Standard): EdiReader {
  return READERS[standard]?.() ?? createUnreadable();
}

/** Tells how long the file is, and that nothing of it was read. */
function createUnreadable(): EdiReader {
  let end = 0;
  return {
    push(chunk) {
      end += chunk.length;
      return [];
    },
    end() {
      return [{ kind: 'gap', reason: 'unreadable-standard', start: 0, end }];
    },
  };
}
