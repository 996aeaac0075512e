import type { LoopNode } from '../../edi/dictionary/types.ts';
import type { PlainSegment } from '../../edi/plain-segment.ts';
import type { Finding } from '../../edi/finding.ts';
import { counterOf, createCounters } from './counters.ts';
import { type DraftInstance, type DraftSegment, isInstanceSaid, isSaid } from './draft.ts';
import { undecidedFinding } from './write-findings.ts';

/**
 * The segments of a document between its header and trailer, in the order of the set: each loop's own as the standard lists
 * them, equal tags in the order of the map. Counters (HL, LX, CPS and the like) are made here.
 */
export function serialize(root: DraftInstance, standard: 'x12' | 'edifact', findings: Finding[]): readonly PlainSegment[] {
  const segments: PlainSegment[] = [];
  const counters = createCounters(standard);
  const visit = (instance: DraftInstance, enclosing: number | null): void => {
    const [trigger] = instance.segments;
    const counted = trigger === undefined ? null : counterOf(counters, trigger.definition.tag, instance, enclosing);
    const inner = instance.node.hierarchical ? (counted?.number ?? null) : enclosing;
    let isTrigger = true;
    for (const child of instance.node.children) {
      if (child.kind === 'segment') {
        const own = isTrigger ? instance.segments.slice(0, 1) : instance.segments.slice(1).filter(({ definition }) => definition.tag === child.tag);
        for (const segment of own) {
          if (isTrigger ? instance !== root : isSaid(segment)) {
            segments.push(plain(segment, isTrigger ? counted : counterOf(counters, segment.definition.tag, instance, enclosing), findings));
          }
        }
        isTrigger = false;
      } else visitAll(instance, child, inner);
    }
    if (instance.node.hierarchical) visitAll(instance, instance.node, inner);
  };
  const visitAll = (instance: DraftInstance, loop: LoopNode, enclosing: number | null): void => {
    for (const child of instance.children) {
      if (child.node === loop && isInstanceSaid(child)) visit(child, enclosing);
    }
  };
  visit(root, null);
  return segments;
}

function plain(segment: DraftSegment, counted: ReturnType<typeof counterOf>, findings: Finding[]): PlainSegment {
  const elements: (string | string[])[] = [];
  const put = (position: number, component: number, text: string): void => {
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
  };
  const tag = segment.definition.tag;
  for (const [key, cell] of segment.cells) {
    const [claim] = cell.claims.filter(({ kind }) => kind === 'value');
    if (cell.text !== undefined && (claim !== undefined || cell.claims.some(({ kind }) => kind !== 'hint'))) {
      put(Math.floor(key / 100), key % 100, cell.text);
    } else if (claim !== undefined) {
      findings.push(undecidedFinding(`${tag}${String(Math.floor(key / 100)).padStart(2, '0')}`, claim));
    }
  }
  for (const { position, component, text } of counted?.places ?? []) {
    if (segment.cells.get(position * 100 + component)?.text === undefined) put(position, component, text);
  }
  return [tag, ...elements];
}

