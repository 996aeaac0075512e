import type { Delimiters } from '../delimiters.ts';
import { READ_LIMITS } from '../limits.ts';
import type { Segments } from '../segments.ts';
import { readDocumentSegments } from '../syntax.ts';
import { takeTable } from '../table.ts';
import { EdifactScanner } from './scan.ts';

/** The segments of one message that was cut out of its file. See `readDocumentSegments`. */
export function readEdifactDocument(bytes: Buffer, base: number, delimiters: Delimiters): Segments {
  const scanner = new EdifactScanner(takeTable(), delimiters, 0, READ_LIMITS, () => false);
  return readDocumentSegments(bytes, base, delimiters, scanner);
}
