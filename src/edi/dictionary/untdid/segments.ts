import type { Problem } from '../../../util/problem.ts';
import { type DataPosition, describedBy, positionsOf } from './positions.ts';
import { type DirectoryFile, sectionsOf } from './text.ts';

/** Segments of a directory (TRSD or EDSD) by their tags, each with its data positions. Components are left to composites. */
export function parseDirectorySegments(
  file: DirectoryFile,
  faults: Problem[],
): ReadonlyMap<string, readonly DataPosition[]> {
  const segments = new Map<string, readonly DataPosition[]>();
  for (const section of sectionsOf(file)) {
    const tag = describedBy(section.head);
    if (tag?.length === 3) segments.set(tag, positionsOf(file, section, faults));
  }
  return segments;
}
