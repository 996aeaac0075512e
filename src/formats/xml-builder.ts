import { NO_ATTRIBUTES, NO_CHILDREN, type TreeAttribute, type TreeNode } from './tree.ts';

const BLANK = /^[ \t\r\n]*$/;

/** An element whose end is still to come. */
interface Open {
  readonly name: string;
  readonly attributes: readonly TreeAttribute[];
  readonly start: number;
  readonly children: TreeNode[];
  hasElements: boolean;
}

/** Makes the tree of an XML document from its tags and texts. Places are given in characters of `unit` bytes. */
export class XmlBuilder {
  readonly #unit: number;
  readonly #open: Open[] = [];
  #root: TreeNode | null = null;

  constructor(unit: number) {
    this.#unit = unit;
  }

  /** The root element, when it is closed. */
  get root(): TreeNode | null {
    return this.#root;
  }

  get depth(): number {
    return this.#open.length;
  }

  /** The name of the element that was opened last; undefined when none is open. */
  get name(): string | undefined {
    return this.#open.at(-1)?.name;
  }

  /** Names of the open elements, from the root on. */
  get names(): readonly string[] {
    return this.#open.map(({ name }) => name);
  }

  /** True where the last thing was the end of an element. */
  get behindElement(): boolean {
    return this.#open.at(-1)?.children.at(-1)?.kind === 'element';
  }

  open(name: string, attributes: readonly TreeAttribute[] | null, start: number): void {
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.hasElements = true;
    this.#open.push({ name, attributes: attributes ?? NO_ATTRIBUTES, start, children: [], hasElements: false });
  }

  /** A text goes on what stands before it: CDATA and comments cut no text. */
  text(text: string, start: number, end: number): void {
    const children = this.#open.at(-1)?.children;
    const before = children?.at(-1);
    if (before?.kind === 'text') {
      children?.splice(-1, 1, { ...before, text: before.text + text, end: end * this.#unit });
    } else children?.push(this.#node('text', '', text, start, end, NO_ATTRIBUTES, NO_CHILDREN));
  }

  /** Ends the element that was opened last; its content goes to `end`. */
  close(end: number): void {
    const open = this.#open.pop();
    if (open === undefined) return;
    const { name, attributes, start, hasElements } = open;
    const text = hasElements ? '' : (open.children[0]?.text ?? '');
    const children = hasElements
      ? open.children.filter((child) => child.kind === 'element' || !BLANK.test(child.text))
      : NO_CHILDREN;
    const node = this.#node('element', name, text, start, end, attributes, children);
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = node;
    else parent.children.push(node);
  }

  #node(
    kind: 'element' | 'text',
    name: string,
    text: string,
    start: number,
    end: number,
    attributes: readonly TreeAttribute[],
    children: readonly TreeNode[],
  ): TreeNode {
    return { kind, name, text, start: start * this.#unit, end: end * this.#unit, attributes, children };
  }
}
