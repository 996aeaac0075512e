import { type ConfigEntry, type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { RIVAL_WORDS } from './vocabulary.ts';

/** Named parts (`maps/x12/parts.yaml`): rules that several places share. */
export type Parts = ReadonlyMap<string, MapNode>;

/**
 * Puts the rules of each `use: part` in place; rules beside `use` win over the part's, `~` takes one of them away. A `use`
 * that is a problem stays as it is.
 * Places stay those of the file each rule was written in.
 */
export function expandParts(node: ConfigNode, parts: Parts, problems: Problem[]): ConfigNode {
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => expandParts(item, parts, problems)) };
  if (node.kind === 'text') return node;
  const use = entryOf(node, 'use');
  if (use === undefined) return expandEntries(node, parts, problems);
  const own = { ...node, entries: node.entries.filter((entry) => entry !== use) };
  const name = use.value.kind === 'text' ? use.value.value : '';
  const part = parts.get(name);
  if (part === undefined) {
    problems.push(problem(use.value.at, 'MAP_PART', `There is no part "${name}".`, didYouMean(name, parts.keys())));
    return node;
  }
  const again = useOf(name, part, parts, new Set());
  if (again !== null) {
    const what = `The part "${name}" uses itself.`;
    problems.push(problem(again.at, 'MAP_PART', what, 'Write the rules out at one of the two places.'));
    return node;
  }
  return expandParts(mergeMaps(part, own), parts, problems);
}

/** Where the rules of a node, or of parts they use, take in the part of that name; null when nowhere. */
function useOf(name: string, node: ConfigNode, parts: Parts, seen: Set<string>): ConfigNode | null {
  if (node.kind === 'text') return null;
  if (node.kind === 'list') return firstUse(node.items, name, parts, seen);
  const use = entryOf(node, 'use')?.value;
  if (use?.kind === 'text') {
    if (use.value === name) return use;
    const part = seen.has(use.value) ? undefined : parts.get(use.value);
    const found = part === undefined ? null : useOf(name, part, parts, seen.add(use.value));
    if (found !== null) return found;
  }
  return firstUse(
    node.entries.map(({ value }) => value),
    name,
    parts,
    seen,
  );
}

function firstUse(nodes: readonly ConfigNode[], name: string, parts: Parts, seen: Set<string>): ConfigNode | null {
  for (const node of nodes) {
    const found = useOf(name, node, parts, seen);
    if (found !== null) return found;
  }
  return null;
}

function expandEntries(node: MapNode, parts: Parts, problems: Problem[]): MapNode {
  const entries = node.entries.flatMap((entry): readonly ConfigEntry[] => {
    if (!isRemoval(entry.value)) return [{ ...entry, value: expandParts(entry.value, parts, problems) }];
    const what = `There is no rule "${entry.key}" here to take away.`;
    problems.push(problem(entry.keyAt, 'OVERLAY_REMOVES_NOTHING', what, 'Remove the line, or mend the key.'));
    return [];
  });
  return { ...node, entries };
}

/** A plain `~`: the rule under this key is taken away. */
export function isRemoval(node: ConfigNode): boolean {
  return node.kind === 'text' && node.value === '~' && !node.quoted;
}

/**
 * Merge by key: maps merge, anything else is replaced, `~` removes. A removal of a key the base lacks is kept, because a
 * part laid in later may bring the key. A word takes the place of its rivals: `at` that of `either`, `each` that of `rest`.
 */
export function mergeMaps(base: MapNode, over: MapNode): MapNode {
  const entries: ConfigEntry[] = [];
  const rivals = RIVAL_WORDS.filter((words) => over.entries.some(({ key }) => words.includes(key))).flat();
  for (const entry of base.entries) {
    const other = entryOf(over, entry.key);
    if (other === undefined && rivals.includes(entry.key)) continue;
    if (other === undefined) entries.push(entry);
    else if (isRemoval(other.value)) continue;
    else if (entry.value.kind === 'map' && other.value.kind === 'map') {
      entries.push({ ...entry, value: mergeMaps(entry.value, other.value) });
    } else entries.push(other);
  }
  const added = over.entries.filter((entry) => entryOf(base, entry.key) === undefined);
  return { kind: 'map', at: over.at, entries: [...entries, ...added] };
}
