import { entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { mergeMaps } from './expand.ts';

/**
 * The rules of a map that names another one as its `base:`, as for another release of the document: those of the base with its
 * own over them, as an overlay's are. A released map stands on a released one, and on one that has no base itself. Null (and
 * problems) when it cannot stand on it; a map without `base:` is given back as it is.
 */
export function layOnBase(map: MapNode, roots: ReadonlyMap<string, MapNode>, problems: Problem[]): MapNode | null {
  const base = entryOf(map, 'base');
  if (base === undefined) return map;
  const pin = base.value.kind === 'text' ? base.value.value : '';
  const root = roots.get(pin);
  const fault = (what: string, remedy: string): null => {
    problems.push(problem(base.value.at, 'MAP_BASE', what, remedy));
    return null;
  };
  if (root === undefined) return fault(`There is no map "${pin}".`, didYouMean(pin, roots.keys()));
  if (entryOf(root, 'base') !== undefined)
    return fault(`The map ${pin} has a base itself.`, 'Name a map that has none.');
  const version = entryOf(map, 'version')?.value;
  if (pin.endsWith('@next') && (version?.kind !== 'text' || version.value !== 'next')) {
    return fault(`${pin} is not released, and this map is.`, 'Name a released version.');
  }
  const own = { ...map, entries: map.entries.filter((entry) => entry !== base) };
  return { ...mergeMaps(root, own), at: map.at };
}
