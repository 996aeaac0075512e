import type { Delimiters } from '../delimiters.ts';
import type { Segments } from '../segments.ts';
import { readDocumentSegments } from '../syntax.ts';
import { takeTable } from '../table.ts';
import { X12_LIMITS } from './limits.ts';
import { X12Scanner } from './scan.ts';

/** The segments of one transaction set that was cut out of its file. See `readDocumentSegments`. */
export function readX12Document(bytes: Buffer, base: number, delimiters: Delimiters): Segments {
  const scanner = new X12Scanner(takeTable(), delimiters, 0, X12_LIMITS, () => false, true);
  return readDocumentSegments(bytes, base, delimiters, scanner);
}
