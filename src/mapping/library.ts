import { createHash } from 'node:crypto';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import type { Segments } from '../edi/segments.ts';
import { type MapNode, parseConfig, problem } from '../util/config-tree.ts';
import { type Place, type Problem, sortProblems } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { layOnBase } from './base.ts';
import { type CodeTable, overlayCodes, parseCodeTable } from './code-tables.ts';
import { compileMap } from './compile-map.ts';
import { mostFitting } from './document-kind.ts';
import { expandParts, type Parts } from './expand.ts';
import { checkLock } from './lock.ts';
import { layOver, parseOverlay } from './overlay.ts';
import { parseMap } from './parse-map.ts';
import { isTreeStandard, type MapStandard } from './trees/standards.ts';
import type { CompiledMap } from './types.ts';

/** A file of configuration as text, by its path for messages (`maps/x12/856/1.0.0.yaml`). */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** Every map of the maps folder, compiled; with what else partners' agreements need of it. */
export interface MapLibrary {
  /** All problems of all maps, parts, code tables and the lock. */
  readonly problems: readonly Problem[];
  /** Pins of every map that has a file, broken ones included. */
  readonly pins: readonly string[];
  readonly maps: readonly CompiledMap[];
  /** The map of exactly this pin. */
  find(pin: string): CompiledMap | undefined;
  /**
   * The newest released map for a set; one of the same release first, then of that whose tables are the nearest. Of several
   * for one set the one that is for these segments, as invoic and invoic-freight, else the first by name.
   */
  newest(standard: MapStandard, set: string, release: string, segments?: Segments): CompiledMap | undefined;
  /** The pinned map with a partner's overlay laid over it; null with problems. `at` is where the agreement names them. */
  overlaid(
    pin: string,
    overlay: ConfigFile,
    at: Place,
  ): { readonly map: CompiledMap | null; readonly problems: readonly Problem[] };
}

interface MapFile extends ConfigFile {
  /** `x12/856` and `1.0.0`, from the path. */
  readonly name: string;
  readonly version: string;
  readonly root: MapNode;
}

/**
 * Loads a maps folder given as files; `prefix` is the folder as paths begin with it. Pure: nothing is read from disk here.
 * Layout: `<standard>/<document>/<version>.yaml`, `<standard>/parts.yaml`, `codes/<table>.yaml`, `maps.lock`.
 */
export function loadMaps(files: readonly ConfigFile[], prefix: string, dictionaries: Dictionaries): MapLibrary {
  const problems: Problem[] = [];
  const parts = new Map<string, Parts>();
  const tables = new Map<string, MapNode>();
  const maps: MapFile[] = [];
  // What these hold is not known; that there is no such map, table or part is not said of them.
  const broken: string[] = [];
  for (const file of files) {
    const path = file.path.slice(prefix.length + 1);
    const place = /^(?<standard>[a-z0-9]+)\/(?:parts|(?<document>[a-z0-9-]+)\/(?<version>[^/]+))\.yaml$/.exec(
      path,
    )?.groups;
    if (place === undefined && !/^codes\/[^/]+\.yaml$/.test(path)) continue;
    const { root, problems: faults } = parseConfig(file.path, file.text);
    problems.push(...faults);
    if (root?.kind !== 'map') {
      broken.push(path);
      if (faults.length === 0) problems.push(emptyFile(file.path, path));
    } else if (path.startsWith('codes/')) tables.set(path.slice('codes/'.length, -'.yaml'.length), root);
    else if (place?.document === undefined) parts.set(place?.standard ?? '', partsOf(root, problems));
    else maps.push({ ...file, root, name: `${place.standard}/${place.document}`, version: place.version ?? '' });
  }
  const lock = files.find(({ path }) => path === `${prefix}/maps.lock`);
  problems.push(...checkLock(lock ?? { path: `${prefix}/maps.lock`, text: '' }, files, prefix, sha256));

  const build = (
    file: MapFile,
    root: MapNode,
    over: ReadonlyMap<string, MapNode>,
    overlay: string | null,
    found: Problem[],
  ): CompiledMap | null => {
    const expanded = expandParts(root, parts.get(file.name.split('/')[0] ?? '') ?? new Map(), found);
    const source = expanded.kind === 'map' ? parseMap(expanded, found) : null;
    if (source === null) return null;
    const named = source.name !== '' && source.version !== '';
    if (named && (source.name !== file.name || source.version !== file.version)) {
      const what = `The file says ${source.name}@${source.version}, its place says ${file.name}@${file.version}.`;
      found.push(problem(source.at, 'MAP_NAME', what, 'Mend "map:" and "version:", or move the file.'));
    }
    return compileMap(
      source,
      { dictionaries, tables: withBroken(parseTables(over, overlay === null ? [] : found), broken), overlay },
      found,
    );
  };
  parseTables(tables, problems);
  const roots = new Map(maps.map(({ name, version, root }) => [`${name}@${version}`, root]));
  const compiled = new Map<string, CompiledMap>();
  for (const file of maps) {
    if (broken.includes(`${file.name.split('/')[0]}/parts.yaml`)) continue;
    const before = problems.length;
    const whole = layOnBase(file.root, roots, problems);
    const map = whole === null ? null : build(file, whole, tables, null, problems);
    if (map !== null && problems.length === before) compiled.set(map.pin, map);
  }
  const unread = broken.flatMap(
    (path) => /^([a-z0-9]+\/[a-z0-9-]+)\/([^/]+)\.yaml$/.exec(path)?.slice(1, 3).join('@') ?? [],
  );
  const pins = [...maps.map(({ name, version }) => `${name}@${version}`), ...unread].sort();
  return {
    problems: sortProblems(problems),
    pins,
    maps: [...compiled.values()],
    find: (pin) => compiled.get(pin),
    newest: (standard, set, release, segments) =>
      newestOf([...compiled.values()], dictionaries, standard, set, release, segments),
    overlaid: (pin, overlay, at) => {
      const found: Problem[] = [];
      const file = maps.find(({ name, version }) => `${name}@${version}` === pin);
      if (file === undefined) {
        found.push(problem(at, 'MAP_PIN', `There is no map "${pin}".`, didYouMean(pin, pins)));
        return { map: null, problems: found };
      }
      const { root, problems: faults } = parseConfig(overlay.path, overlay.text);
      found.push(...faults);
      const parsed = root === null ? null : parseOverlay(root, pin, found);
      if (root === null && faults.length === 0)
        found.push(
          problem(start(overlay.path), 'OVERLAY_SHAPE', 'The overlay is empty.', `Begin with "base: ${pin}".`),
        );
      if (parsed === null) return { map: null, problems: found };
      const over = parsed.codes === null ? tables : overlayCodes(tables, parsed.codes, found);
      const whole = layOnBase(file.root, roots, found);
      const map = whole === null ? null : build(file, layOver(whole, parsed), over, overlay.path, found);
      return { map: found.length > 0 ? null : map, problems: sortProblems(found) };
    },
  };
}

/** A table without sections stands for one that cannot be read: nothing is said of its codes. */
function withBroken(tables: ReadonlyMap<string, CodeTable>, broken: readonly string[]): ReadonlyMap<string, CodeTable> {
  const names = broken.flatMap((path) => /^codes\/(.+)\.yaml$/.exec(path)?.slice(1) ?? []);
  const empty = names.map((name): [string, CodeTable] => [name, { name, sections: new Map() }]);
  return new Map([...tables, ...empty]);
}

function emptyFile(file: string, path: string): Problem {
  const [code, what] = path.startsWith('codes/')
    ? ['CODES_SHAPE', 'codes']
    : ['MAP_SHAPE', path.endsWith('/parts.yaml') ? 'parts' : 'map'];
  return problem(start(file), code, 'The file is empty.', `Write the ${what}, or delete the file.`);
}

function parseTables(tables: ReadonlyMap<string, MapNode>, problems: Problem[]): ReadonlyMap<string, CodeTable> {
  return new Map([...tables].map(([name, root]) => [name, parseCodeTable(root, name, problems)]));
}

function partsOf(root: MapNode, problems: Problem[]): Parts {
  const parts = new Map<string, MapNode>();
  for (const { key, value } of root.entries) {
    if (value.kind === 'map') parts.set(key, value);
    else problems.push(problem(value.at, 'MAP_PART', `The part "${key}" has no rules.`, 'Write its fields below it.'));
  }
  return parts;
}

function newestOf(
  maps: readonly CompiledMap[],
  dictionaries: Dictionaries,
  standard: MapStandard,
  set: string,
  release: string,
  segments: Segments | undefined,
): CompiledMap | undefined {
  const released = maps
    .filter(({ document, version }) => document.standard === standard && document.set === set && version !== 'next')
    .sort((a, b) => compareVersions(b.version, a.version) || (a.name < b.name ? -1 : 1));
  if (isTreeStandard(standard)) return released[0];
  const nearest = dictionaries.find(standard, release, set)?.dictionary.release;
  const of = (wanted: string | undefined) => {
    const found = released.filter(({ document }) => document.release === wanted);
    const latest = found.filter(({ name }, index) => found.findIndex((map) => map.name === name) === index);
    return segments === undefined ? latest[0] : mostFitting(latest, (map) => map, segments);
  };
  return of(release) ?? of(nearest) ?? of(released[0]?.document.release);
}

/** Below 0 when the first version (`1.2.0`) is older than the second. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  const index = left.findIndex((part, position) => part !== right[position]);
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

function start(file: string): Place {
  return { file, line: 1, column: 1 };
}

/** The fingerprint that a lock keeps. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
