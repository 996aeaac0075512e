import type { LoopNode } from '../../edi/dictionary/types.ts';
import { type DocumentLoop, documentSegments } from '../../edi/document-tree.ts';
import type { Standard } from '../../edi/envelope.ts';
import type { Finding } from '../../edi/finding.ts';
import type { PlainSegment } from '../../edi/plain-segment.ts';
import { cellName, cellPlace, type DraftInstance, type DraftSegment, isInstanceSaid, isSaid, textIn } from './draft.ts';
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

/** The segments of one loop and of those inside it, in any order. */
export function segmentsWithin(instance: DraftInstance): readonly PlainSegment[] {
  return flatten(loopOf(instance, []));
}

function flatten({ segments, loops }: DocumentLoop): readonly PlainSegment[] {
  return [...segments, ...loops.flatMap(flatten)];
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

/** An element that a value stands in and nothing decides is told. */
function plainSegment(segment: DraftSegment, findings: Finding[]): PlainSegment {
  const { tag } = segment.definition;
  const elements: (string | string[])[] = [];
  for (const [key, { claims, text }] of segment.cells) {
    const { position, component } = cellPlace(key);
    const written = textIn(segment, key);
    const open = text === undefined ? claims.find(({ kind }) => kind === 'value') : undefined;
    if (open !== undefined) findings.push(undecidedFinding(cellName(tag, key), open));
    if (written !== '') put(elements, position, component, written);
  }
  return [tag, ...elements];
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
