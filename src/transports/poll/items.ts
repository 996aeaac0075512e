import { GatewayError } from '../../errors.ts';
import { identifyFormat } from '../../formats/identify.ts';
import { readJson } from '../../formats/json.ts';
import { attributeText, childrenNamed, type TreeNode } from '../../formats/tree.ts';
import { writeXml } from '../../formats/write-xml.ts';
import { readXml } from '../../formats/xml.ts';

/** One document of an answer. */
export interface PolledItem {
  readonly bytes: Buffer;
  /** `json` or `xml`; the ending of its name. */
  readonly format: 'json' | 'xml';
  /** The server's id of it; null where it has none. */
  readonly id: string | null;
  /** When it changed, as the server wrote it; null where it does not say. */
  readonly since: string | null;
}

export interface PolledPage {
  readonly items: readonly PolledItem[];
  /** The text at a path of the answer, null where there is none. */
  text(path: string): string | null;
}

/** Where things stand in an answer, as paths of names (`data/shipments`). */
export interface ItemPaths {
  /** The documents; null when the whole answer is one, or a list of them. */
  readonly items: string | null;
  /** Within a document. */
  readonly id: string | null;
  readonly since: string | null;
}

/** The documents of an answer in JSON or XML, each with its own bytes. ANSWER_UNREADABLE when the answer is neither. */
export function readPage(body: Buffer, paths: ItemPaths): PolledPage {
  const format = identifyFormat(body);
  if (format !== 'json' && format !== 'xml') {
    throw new GatewayError('ANSWER_UNREADABLE', `The answer is ${format}. Only JSON and XML can be polled.`);
  }
  const { root, findings } = format === 'json' ? readJson(body) : readXml(body);
  if (root === null) {
    throw new GatewayError('ANSWER_UNREADABLE', `The answer is no valid ${format}: ${findings[0]?.text ?? ''}`);
  }
  const nodes = paths.items === null ? [root] : nodesAt(root, paths.items);
  return {
    items: nodes.flatMap(documentsOf).map((node) => ({
      bytes: format === 'json' ? body.subarray(node.start, node.end) : xmlOf(node),
      format,
      id: textOrNull(node, paths.id),
      since: textOrNull(node, paths.since),
    })),
    text: (path) => textOrNull(root, path),
  };
}

/** A list stands for its entries. */
function documentsOf(node: TreeNode): readonly TreeNode[] {
  if (node.kind === 'list') return node.children;
  return node.kind === 'null' ? [] : [node];
}

function nodesAt(root: TreeNode, path: string): readonly TreeNode[] {
  return path
    .split('/')
    .reduce<readonly TreeNode[]>((nodes, name) => nodes.flatMap((node) => childrenNamed(node, name)), [root]);
}

function textOrNull(node: TreeNode, path: string | null): string | null {
  if (path === null) return null;
  const [, parents = '', attribute] = /^(?:(.*)\/)?@([^/]+)$/.exec(path) ?? [];
  const found = attribute === undefined ? nodesAt(node, path) : parents === '' ? [node] : nodesAt(node, parents);
  const [first] = found;
  if (first === undefined) return null;
  const text = attribute === undefined ? textOf(first) : attributeText(first, attribute);
  return text === undefined || text === '' ? null : text;
}

/** Of an element with mixed content the pieces of text. */
function textOf(node: TreeNode): string {
  return node.children.length === 0 ? node.text : node.children.map((child) => child.text).join('');
}

/** An element as a document of its own. */
function xmlOf(node: TreeNode): Buffer {
  const written = writeXml(node);
  if (written.ok) return written.bytes;
  throw new GatewayError(
    'ANSWER_UNREADABLE',
    `A document of the answer cannot stand alone: ${written.refusals[0]?.text ?? ''}`,
  );
}
