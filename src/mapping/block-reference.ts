import { type ConfigNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import type { BlockReference } from './reference.ts';
import type { ReferenceSyntax } from './reference-syntax.ts';
import type { Located } from './rules.ts';

/** A block reference at a node; null (and a problem) when it is none. */
export function blockReference(
  node: ConfigNode,
  syntax: ReferenceSyntax,
  problems: Problem[],
): Located<BlockReference> | null {
  const parsed = node.kind === 'text' ? syntax.block(node.value) : { fault: syntax.blockWanted };
  if (!('fault' in parsed)) return { at: node.at, value: parsed };
  problems.push(problem(node.at, 'MAP_REFERENCE', `${parsed.fault}.`, syntax.blockRemedy));
  return null;
}
