/**
 * XML, JSON, CSV and fixed-width files as trees of one kind, with the place of every value. Texts are as the document
 * has them: nothing is trimmed, nothing becomes a number (`00123` and `1e5` stay).
 */
export type NodeKind =
  /** An XML element. */
  | 'element'
  /** A JSON object. */
  | 'object'
  /** A JSON array, or the records of a file. */
  | 'list'
  /** A line of a table. */
  | 'record'
  /** A JSON string, a cell, a field, or a piece of text between elements. */
  | 'text'
  /** JSON's number, as written; JSON's true or false; JSON's null, whose text is empty. */
  | 'number'
  | 'boolean'
  | 'null';

export interface TreeAttribute {
  /** With its prefix. */
  readonly name: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface TreeNode {
  readonly kind: NodeKind;
  /** Element with its prefix, key, column or field; items of a list have the name of the list; empty for pieces of text. */
  readonly name: string;
  /** The value; empty where there are children. */
  readonly text: string;
  /**
   * Bytes of the value in the file, end exclusive, as written there: of an element what stands between its tags, of
   * quoted text what stands between the quotes, of an object or list all of it.
   */
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly TreeAttribute[];
  /** In the order of the document. */
  readonly children: readonly TreeNode[];
}

/** What leaves share. */
export const NO_ATTRIBUTES: readonly TreeAttribute[] = [];
export const NO_CHILDREN: readonly TreeNode[] = [];

/** Of more children than these an index by name is made, at the first question. */
const FEW = 8;

const indexes = new WeakMap<TreeNode, ReadonlyMap<string, readonly TreeNode[]>>();

/**
 * The children of a name, in their order; those of a list stand for the list. An element is also found by its name
 * without prefix.
 */
export function childrenNamed(node: TreeNode, name: string): readonly TreeNode[] {
  if (node.children.length <= FEW) {
    return node.children.filter((child) => child.name === name || localName(child) === name).flatMap(withoutList);
  }
  let index = indexes.get(node);
  if (index === undefined) {
    index = indexOf(node);
    indexes.set(node, index);
  }
  return index.get(name) ?? NO_CHILDREN;
}

/** The text of an attribute by its full name; undefined when it is absent. */
export function attributeText(node: TreeNode, name: string): string | undefined {
  return node.attributes.find((attribute) => attribute.name === name)?.text;
}

/** The name of an element without its prefix; of anything else the name. */
function localName({ kind, name }: TreeNode): string {
  return kind === 'element' ? name.slice(name.indexOf(':') + 1) : name;
}

function indexOf(node: TreeNode): ReadonlyMap<string, readonly TreeNode[]> {
  const index = new Map<string, TreeNode[]>();
  for (const child of node.children) {
    for (const name of new Set([child.name, localName(child)])) {
      const named = index.get(name);
      if (named === undefined) index.set(name, [...withoutList(child)]);
      else named.push(...withoutList(child));
    }
  }
  return index;
}

function withoutList(node: TreeNode): readonly TreeNode[] {
  return node.kind === 'list' ? node.children : [node];
}
