import { READ_LIMITS, type ReadLimits } from '../limits.ts';

/** The limits of an X12 reader. */
export interface X12Limits extends ReadLimits {
  /** Data of a BIN or BDS. */
  readonly binaryBytes: number;
}

/** What the reader uses unless told otherwise. */
export const X12_LIMITS: X12Limits = { ...READ_LIMITS, binaryBytes: 64 * 1024 * 1024 };
