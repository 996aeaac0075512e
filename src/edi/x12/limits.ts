import type { SetLimits } from './assemble.ts';
import type { SegmentLimits } from './scan.ts';

/** Beyond these the reader gives an interchange up with a `broken` item and goes on at the next one. */
export interface X12Limits extends SegmentLimits, SetLimits {}

/** What the reader uses unless told otherwise. */
export const X12_LIMITS: X12Limits = {
  segmentBytes: 65_536,
  elements: 1_000,
  binaryBytes: 64 * 1024 * 1024,
  setSegments: 5_000_000,
  setBytes: 1024 * 1024 * 1024,
};
