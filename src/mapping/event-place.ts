import type { Segments } from '../edi/segments.ts';
import type { LoopInstance } from '../edi/structure-types.ts';
import type { Frame } from './frame.ts';

/**
 * Tells the place of an event in its document, as the loops that lead to it: `LX[1]/AT7[2]`. Numbers count loops of one
 * name, or segments of one tag, within the loop around them. One for each document, so that every loop is counted once.
 */
export function createEventPlaces(segments: Segments): (frame: Frame) => string {
  const numbers = new Map<LoopInstance, number>();
  const numberOf = (instance: LoopInstance, parent: LoopInstance): number => {
    if (!numbers.has(instance)) {
      const counts = new Map<string, number>();
      for (const { name, sibling } of parent.children.map((sibling) => ({ name: sibling.node.name, sibling }))) {
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        numbers.set(sibling, count);
      }
    }
    return numbers.get(instance) ?? 0;
  };
  const placeOf = (instance: LoopInstance): string => {
    const { parent } = instance;
    if (parent === null) return '';
    const outside = placeOf(parent);
    return `${outside}${outside === '' ? '' : '/'}${instance.node.name}[${numberOf(instance, parent)}]`;
  };
  return ({ instance, segment }) => {
    const place = placeOf(instance);
    if (segment < 0 || segment === instance.segments[0]) return place;
    const tag = segments.tag(segment);
    const same = instance.segments.filter((other) => other <= segment && segments.tag(other) === tag);
    return `${place}${place === '' ? '' : '/'}${tag}[${same.length}]`;
  };
}
