import type {
  Dictionary,
  ElementDefinition,
  ElementUse,
  LoopNode,
  SegmentNode,
} from '../../../src/edi/dictionary/types.ts';

/** What a dictionary says of a message: one line a segment or group, indented, as people compare them. */
export function outlineOf(dictionary: Dictionary, message: string): readonly string[] {
  const root = dictionary.set(message)?.root;
  if (root === undefined) return [];
  let groups = 0;
  const linesOf = (node: SegmentNode | LoopNode, indent: string): readonly string[] => {
    const uses = `${node.requirement === 'M' ? 'M' : 'C'} ${node.max}`;
    if (node.kind === 'segment') return [`${indent}${node.tag} ${uses}`];
    groups++;
    return [`${indent}g${groups} ${uses}`, ...node.children.flatMap((child) => linesOf(child, `${indent}  `))];
  };
  return root.children.flatMap((node) => linesOf(node, ''));
}

/** `BGM C002(1001 1131 3055 1000) 1004 1225`: with composites opened, M and repeats said, and the format of each element. */
export function segmentText(dictionary: Dictionary, tag: string): string {
  const definition = dictionary.segment(tag);
  return definition === undefined ? `${tag}: no such segment` : [tag, ...definition.elements.map(useText)].join(' ');
}

function useText({ element, requirement, repeat, components }: ElementUse): string {
  const uses = `${requirement === 'M' ? ':M' : ''}${repeat > 1 ? `*${repeat}` : ''}`;
  const inside = components.length === 0 ? `=${formatOf(element)}` : `(${components.map(useText).join(' ')})`;
  return `${element.number}${uses}${inside}`;
}

/** `an..35`. An element with codes is of text, whatever its kind: its codes say which. */
function formatOf({ type, min, max }: ElementDefinition): string {
  const kind = type === 'R' ? 'n' : type === 'A' ? 'a' : 'an';
  return `${kind}${min === max ? '' : '..'}${max}`;
}
