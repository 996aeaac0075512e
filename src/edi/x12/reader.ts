import type { EdiReader } from '../envelope.ts';
import { createFileReader } from '../file-reader.ts';
import type { X12Limits } from './limits.ts';
import { x12Syntax } from './syntax.ts';

/** A reader of X12 alone: interchanges of other standards are garbage to it. See `createFileReader`. */
export function createX12Reader(options: Partial<X12Limits> = {}): EdiReader {
  return createFileReader([x12Syntax(options)]);
}
