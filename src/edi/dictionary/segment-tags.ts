import type { Dictionary } from './types.ts';

/** Tags of the segments that the sets of a dictionary have, sorted. Every set is read. */
export function segmentTagsOf(dictionary: Dictionary): readonly string[] {
  const tags = new Set<string>();
  const waiting = dictionary.sets.flatMap((type) => dictionary.set(type)?.root ?? []);
  for (let loop = waiting.pop(); loop !== undefined; loop = waiting.pop()) {
    for (const child of loop.children) {
      if (child.kind === 'loop') waiting.push(child);
      else tags.add(child.tag);
    }
  }
  return [...tags].toSorted();
}
