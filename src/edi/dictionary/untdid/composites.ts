import type { Problem } from '../../../util/problem.ts';
import { type DataPosition, describedBy, positionsOf } from './positions.ts';
import { type DirectoryFile, sectionsOf } from './text.ts';

/** Composites of a directory (TRCD or EDCD) by their ids, each with its components. */
export function parseDirectoryComposites(
  file: DirectoryFile,
  faults: Problem[],
): ReadonlyMap<string, readonly DataPosition[]> {
  const composites = new Map<string, readonly DataPosition[]>();
  for (const section of sectionsOf(file)) {
    const id = describedBy(section.head);
    if (id?.length === 4) composites.set(id, positionsOf(file, section, faults));
  }
  return composites;
}
