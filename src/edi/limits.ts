import type { SegmentTable } from './table.ts';

/** Limits of one segment. */
export interface SegmentLimits {
  readonly segmentBytes: number;
  readonly elements: number;
}

/** Limits of one document. */
export interface SetLimits {
  readonly setSegments: number;
  readonly setBytes: number;
}

/** Beyond these a reader gives an interchange up with a `broken` item and goes on at the next one. */
export interface ReadLimits extends SegmentLimits, SetLimits {}

/** What readers use unless told otherwise. */
export const READ_LIMITS: ReadLimits = {
  segmentBytes: 65_536,
  elements: 1_000,
  setSegments: 5_000_000,
  setBytes: 1024 * 1024 * 1024,
};

/** The limit that a segment breaks. */
export type SegmentExcess = 'segment-too-long' | 'too-many-elements';

/**
 * Which limit the last segment of the table breaks, whose marks begin at `begin` and whose bytes go to `end` so far. It has
 * too many elements only where the last one allowed ends within the bytes allowed, so that the answer is the same wherever
 * the file was cut.
 */
export function excessOf(table: SegmentTable, begin: number, end: number, limits: SegmentLimits): SegmentExcess | null {
  const { marks, used } = table;
  const start = (marks[begin] ?? 0) + 1;
  const many = used - begin - 1 > limits.elements;
  if (many && (marks[begin + limits.elements + 1] ?? 0) - start <= limits.segmentBytes) return 'too-many-elements';
  return end - start > limits.segmentBytes ? 'segment-too-long' : null;
}
