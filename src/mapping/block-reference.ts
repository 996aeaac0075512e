import { type ConfigNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { type BlockReference, parseBlockReference } from './reference.ts';
import type { Located } from './rules.ts';

/** A block reference at a node; null (and a problem) when it is none. */
export function blockReference(node: ConfigNode, problems: Problem[]): Located<BlockReference> | null {
  if (node.kind === 'text') {
    const parsed = parseBlockReference(node.value);
    if (!('fault' in parsed)) return { at: node.at, value: parsed };
    problems.push(
      problem(
        node.at,
        'MAP_REFERENCE',
        `${parsed.fault}.`,
        'Name a loop or segment, as in HL(O), LX/AT7 or N1(01=ST).',
      ),
    );
    return null;
  }
  problems.push(
    problem(
      node.at,
      'MAP_REFERENCE',
      'A loop or segment is wanted here.',
      'Name one, as in HL(O), LX/AT7 or N1(01=ST).',
    ),
  );
  return null;
}
