import type { Standard } from '../../edi/envelope.ts';

/** Formats that a map reads by a layout of its own, because no dictionary describes their documents. */
export const TREE_STANDARDS = ['json', 'xml', 'csv'] as const;

export type TreeStandard = (typeof TREE_STANDARDS)[number];

/** Everything that a map can be for. */
export type MapStandard = Standard | TreeStandard;

export function isTreeStandard(standard: string): standard is TreeStandard {
  return TREE_STANDARDS.some((each) => each === standard);
}
