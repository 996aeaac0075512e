import type { Delimiters } from '../delimiters.ts';
import { Segments } from '../segments.ts';
import { X12_LIMITS } from './limits.ts';
import { Scanner } from './scan.ts';
import { SegmentTable } from './table.ts';

/**
 * The segments of one document that was cut out of its file; what the reader gave for it before. Bytes after the last
 * terminator, and those from a segment on that breaks a limit, are left out.
 */
export function readX12Document(bytes: Buffer, base: number, delimiters: Delimiters): Segments {
  const scanner = new Scanner(new SegmentTable(), delimiters, 0, X12_LIMITS);
  for (;;) {
    const pause = scanner.run(bytes, bytes.length, true);
    if (pause === 'header') scanner.passOver();
    else if (pause !== 'window' && pause !== 'trailer') break;
  }
  const { marks, first } = scanner.table.copy();
  return new Segments(bytes, base, delimiters, marks, first, 0, scanner.table.count);
}
