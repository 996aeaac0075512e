import { type ConfigEntry, type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';

/** Named parts (`maps/x12/parts.yaml`): rules that several places share. */
export type Parts = ReadonlyMap<string, MapNode>;

/**
 * Puts the rules of each `use: part` in place; rules beside `use` win over the part's, `~` takes one of them away.
 * Places stay those of the file each rule was written in.
 */
export function expandParts(
  node: ConfigNode,
  parts: Parts,
  problems: Problem[],
  inside: readonly string[] = [],
): ConfigNode {
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item) => expandParts(item, parts, problems, inside)) };
  if (node.kind === 'text') return node;
  const use = entryOf(node, 'use');
  if (use === undefined) return expandEntries(node, parts, problems, inside);
  const own = { ...node, entries: node.entries.filter((entry) => entry !== use) };
  const name = use.value.kind === 'text' ? use.value.value : '';
  const part = parts.get(name);
  if (part === undefined) {
    problems.push(problem(use.value.at, 'MAP_PART', `There is no part "${name}".`, didYouMean(name, parts.keys())));
    return expandEntries(own, parts, problems, inside);
  }
  if (inside.includes(name)) {
    problems.push(
      problem(
        use.value.at,
        'MAP_PART',
        `The part "${name}" uses itself.`,
        'Write the rules out at one of the two places.',
      ),
    );
    return own;
  }
  return expandEntries(mergeMaps(part, own), parts, problems, [...inside, name]);
}

function expandEntries(node: MapNode, parts: Parts, problems: Problem[], inside: readonly string[]): MapNode {
  const entries = node.entries.flatMap((entry): readonly ConfigEntry[] => {
    if (!isRemoval(entry.value)) return [{ ...entry, value: expandParts(entry.value, parts, problems, inside) }];
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
 * part laid in later may bring the key.
 */
export function mergeMaps(base: MapNode, over: MapNode): MapNode {
  const entries: ConfigEntry[] = [];
  for (const entry of base.entries) {
    const other = entryOf(over, entry.key);
    if (other === undefined) entries.push(entry);
    else if (isRemoval(other.value)) continue;
    else if (entry.value.kind === 'map' && other.value.kind === 'map') {
      entries.push({ ...entry, value: mergeMaps(entry.value, other.value) });
    } else entries.push(other);
  }
  const added = over.entries.filter((entry) => entryOf(base, entry.key) === undefined);
  return { kind: 'map', at: over.at, entries: [...entries, ...added] };
}
