import type { LoopNode, SegmentNode } from '../edi/dictionary/types.ts';
import { problem } from '../util/config-tree.ts';
import { type CompileContext, report } from './compile-context.ts';
import { parseValueReference } from './reference.ts';
import { resolveValue, splits } from './resolve-value.ts';
import type { WriteRule } from './rules.ts';
import { type Block, impossibleCode, isFault, placesOf } from './scope.ts';

/** Checks the `write` rules of a block: targets exist, constants can stand there, counts and sums name what is there. */
export function checkWrites(rules: readonly WriteRule[], block: Block, context: CompileContext): void {
  for (const rule of rules) {
    const target = resolveValue(block, rule.target.value, false);
    if (isFault(target)) {
      report(context, rule.target.at, target);
      continue;
    }
    context.cells.claim(rule.target.at, rule, target, false);
    const [verb = '', object = ''] = rule.value.split(' ');
    if (verb === 'count') checkCount(rule, object, context);
    else if (verb === 'sum') checkSum(rule, object, context);
    else {
      const place = target.places[0];
      const fault = place === undefined ? null : impossibleCode(place.use, rule.value, target.definition.tag);
      if (fault !== null) report(context, rule.at, fault);
    }
  }
}

function checkCount(rule: WriteRule, tag: string, context: CompileContext): void {
  if (segmentOf(context.definition.root, tag) !== undefined) return;
  const what = `"${rule.value}" counts a segment that the set does not have.`;
  context.problems.push(problem(rule.at, 'MAP_SEGMENT', what, 'Write count with a tag of this set, as in count HL.'));
}

function checkSum(rule: WriteRule, text: string, context: CompileContext): void {
  const reference = parseValueReference(text);
  const known = 'fault' in reference ? [] : splits(reference).filter((split) => hasElement(split, context));
  if (known.length > 0) return;
  const what = `"${rule.value}" adds up an element that the set does not have.`;
  context.problems.push(
    problem(rule.at, 'MAP_SEGMENT', what, 'Write sum with an element of this set, as in sum SN102.'),
  );
}

function hasElement({ tag, element }: { tag: string | null; element: string }, context: CompileContext): boolean {
  const segment = segmentOf(context.definition.root, tag ?? '');
  return segment !== undefined && !isFault(placesOf(segment.definition, element));
}

function segmentOf(loop: LoopNode, tag: string): SegmentNode | undefined {
  for (const child of loop.children) {
    const found = child.kind === 'loop' ? segmentOf(child, tag) : child.tag === tag ? child : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
