import { GatewayError } from '../errors.ts';
import { compareVersions, type MapLibrary } from '../mapping/library.ts';
import type { CompiledMap } from '../mapping/types.ts';
import { didYouMean } from '../util/suggest.ts';

/**
 * The map of `x12/940@1.0.0`, or of `x12/940` the newest version, where `next` is newer than all. MAP_NOT_FOUND when there is
 * none.
 */
export function mapNamed(maps: MapLibrary, name: string): CompiledMap {
  const found = name.includes('@') ? maps.find(name) : newestNamed(maps, name);
  if (found !== undefined) return found;
  const known = name.includes('@') ? maps.pins : [...new Set(maps.maps.map((map) => map.name))];
  throw new GatewayError('MAP_NOT_FOUND', `there is no map "${name}". ${didYouMean(name, known)}`);
}

/** The newest released version of a map; null when none is released. */
export function newestRelease({ maps }: MapLibrary, name: string): CompiledMap | null {
  const released = maps.filter((map) => map.name === name && map.version !== 'next');
  return released.toSorted((a, b) => compareVersions(b.version, a.version))[0] ?? null;
}

/** The newest version of every map, in the order of their names. */
export function newestMaps(maps: MapLibrary): readonly CompiledMap[] {
  const names = [...new Set(maps.maps.map(({ name }) => name))].sort();
  return names.flatMap((name) => newestNamed(maps, name) ?? []);
}

function newestNamed({ maps }: MapLibrary, name: string): CompiledMap | undefined {
  return maps
    .filter((map) => map.name === name)
    .toSorted((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))
    .at(-1);
}
