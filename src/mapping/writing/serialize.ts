import type { LoopNode } from '../../edi/dictionary/types.ts';
import { type DocumentLoop, documentSegments } from '../../edi/document-tree.ts';
import type { Standard } from '../../edi/envelope.ts';
import type { Finding } from '../../edi/finding.ts';
import type { PlainSegment } from '../../edi/plain-segment.ts';
import type { Cell } from './claims.ts';
import { cellName, cellPlace, type DraftInstance, type DraftSegment, isInstanceSaid, isSaid } from './draft.ts';
import { undecidedFinding } from './write-findings.ts';

/**
 * The segments of a document between header and trailer: what is said in the draft, in the order of the set. Loops of
 * `numbered` are numbered by the event alone.
 */
export function serialize(
  root: DraftInstance,
  standard: Standard,
  numbered: ReadonlySet<LoopNode>,
  findings: Finding[],
): readonly PlainSegment[] {
  const segments = ownSegments(root.segments.slice(1), findings);
  return documentSegments(standard, { ...loopOf(root, findings), segments }, numbered);
}

function loopOf({ node, segments, children }: DraftInstance, findings: Finding[]): DocumentLoop {
  const [trigger, ...others] = segments;
  const loops = children.filter(isInstanceSaid).map((child) => loopOf(child, findings));
  const first = trigger === undefined ? [] : [plainSegment(trigger, findings)];
  return { node, segments: [...first, ...ownSegments(others, findings)], loops };
}

function ownSegments(segments: readonly DraftSegment[], findings: Finding[]): readonly PlainSegment[] {
  return segments.filter(isSaid).map((segment) => plainSegment(segment, findings));
}

function plainSegment({ definition: { tag }, cells }: DraftSegment, findings: Finding[]): PlainSegment {
  const elements: (string | string[])[] = [];
  for (const [key, cell] of cells) {
    const { position, component } = cellPlace(key);
    const text = textOf(cell, cellName(tag, key), findings);
    if (text !== '') put(elements, position, component, text);
  }
  return [tag, ...elements];
}

/** The text of an element; empty when it was only hinted at, or when nothing decides it (and that is told). */
function textOf({ claims, text }: Cell, name: string, findings: Finding[]): string {
  if (claims.every(({ kind }) => kind === 'hint')) return '';
  const [open] = claims.filter(({ kind }) => kind === 'value');
  if (text === undefined && open !== undefined) findings.push(undecidedFinding(name, open));
  return text ?? '';
}

function put(elements: (string | string[])[], position: number, component: number, text: string): void {
  while (elements.length < position) elements.push('');
  if (component === 0) {
    elements[position - 1] = text;
    return;
  }
  const before = elements[position - 1];
  const components = Array.isArray(before) ? before : [];
  while (components.length < component) components.push('');
  components[component - 1] = text;
  elements[position - 1] = components;
}
