import type { TreeNode } from './tree.ts';

/** Where values of one kind stand in a tree, seen from its root. */
export interface TreePath {
  /** Names as maps write them: `Stops/Stop/City`, `Stop/@id`; a list adds nothing. */
  readonly path: string;
  /** How often something stands there. */
  readonly count: number;
  /** The first text there that is not empty; absent where there is none. */
  readonly example?: string;
}

/** More paths than these are names that are data. */
const MOST_PATHS = 500;

/** So much of a text is kept. */
const LONGEST_EXAMPLE = 60;

/** The paths of a tree. */
export interface TreePaths {
  /** In the order in which they are met, without the root itself. */
  readonly paths: readonly TreePath[];
  /** True when there are more. */
  readonly cut: boolean;
}

/** Where values stand in a tree. */
export function treePaths(root: TreeNode): TreePaths {
  let cut = false;
  const found = new Map<string, { count: number; example?: string }>();
  const note = (path: string, text: string): void => {
    const known = found.get(path);
    if (known === undefined && found.size === MOST_PATHS) {
      cut = true;
      return;
    }
    const entry = known ?? { count: 0 };
    entry.count++;
    if (entry.example === undefined && text.trim() !== '') entry.example = text.slice(0, LONGEST_EXAMPLE);
    found.set(path, entry);
  };
  const walk = (node: TreeNode, path: string): void => {
    const inside = path === '' ? '' : `${path}/`;
    for (const { name, text } of node.attributes) note(`${inside}@${name}`, text);
    for (const child of node.children) {
      // Pieces of text between elements have no name; items of a list have that of the list.
      const own = child.name === '' || node.kind === 'list' ? path : inside + child.name;
      if (child.kind !== 'list' && own !== '') note(own, child.text);
      walk(child, own);
    }
  };
  walk(root, '');
  return { paths: [...found].map(([path, entry]) => ({ path, ...entry })), cut };
}
