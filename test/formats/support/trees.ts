import assert from 'node:assert/strict';
import type { Finding } from '../../../src/edi/finding.ts';
import type { NodeKind, TreeNode } from '../../../src/formats/tree.ts';
import type { FormatWriting, PlainNode } from '../../../src/formats/writing.ts';

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

/** A tree without its places, as a writer is given it. */
export function withoutPlaces({ kind, name, text, attributes, children }: TreeNode): PlainNode {
  return {
    kind,
    name,
    text,
    attributes: attributes.map((attribute) => ({ name: attribute.name, text: attribute.text })),
    children: children.map(withoutPlaces),
  };
}

/** The bytes of a writing that must succeed. */
export function bytesOf(writing: FormatWriting): Buffer {
  assert.ok(writing.ok, writing.ok ? '' : writing.refusals.map(({ text }) => text).join('\n'));
  return writing.bytes;
}

/** What a writer refuses: `reason path`, after a look at the sentences. */
export function refusalsOf(writing: FormatWriting): readonly string[] {
  assert.ok(!writing.ok);
  return writing.refusals.map(({ reason, path, text }) => {
    assert.match(text, /^[a-z]+.*: ".*" .+\. [A-Z].*\.$/su);
    assert.ok(text.startsWith(path));
    return `${reason} ${path}`;
  });
}

/** A node with all that a tree has. */
export function plain(kind: NodeKind, name: string, inside: string | readonly PlainNode[] = ''): PlainNode {
  const text = typeof inside === 'string' ? inside : '';
  return { kind, name, text, attributes: [], children: typeof inside === 'string' ? [] : inside };
}
