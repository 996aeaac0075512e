import type { Finding } from '../../../src/edi/finding.ts';
import type { TreeNode } from '../../../src/formats/tree.ts';

/** A tree on one line: `name @attribute=text { children }` or `name=text`; kinds that say something stand in front. */
export function outline(node: TreeNode | null): string {
  if (node === null) return 'none';
  const { kind, name, text, attributes, children } = node;
  const label =
    kind === 'element' || kind === 'record' || (kind === 'text' && name !== '') ? name : `${kind} ${name}`.trim();
  const named = [label, ...attributes.map((attribute) => `@${attribute.name}=${attribute.text}`)].join(' ');
  if (children.length > 0) return `${named} { ${children.map(outline).join(', ')} }`;
  return kind === 'object' || kind === 'list' ? `${named} { }` : `${named}=${text}`;
}

/** A node and all below it. */
export function* everyNode(node: TreeNode): Generator<TreeNode, void> {
  yield node;
  for (const child of node.children) yield* everyNode(child);
}

/** The bytes of the file from which a value was read. */
export function rawBytes(file: Buffer, { start, end }: { readonly start: number; readonly end: number }): Buffer {
  return file.subarray(start, end);
}

/** What matters of findings: `CODE byte`. */
export function codes(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code, position }) => `${code} ${position.byte}`);
}
