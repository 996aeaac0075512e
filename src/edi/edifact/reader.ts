import type { EdiReader } from '../envelope.ts';
import { createFileReader } from '../file-reader.ts';
import type { ReadLimits } from '../limits.ts';
import { edifactSyntax } from './syntax.ts';

/** A reader of EDIFACT alone: interchanges of other standards are garbage to it. See `createFileReader`. */
export function createEdifactReader(options: Partial<ReadLimits> = {}): EdiReader {
  return createFileReader([edifactSyntax(options)]);
}
