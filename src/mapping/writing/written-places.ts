import type { LoopNode } from '../../edi/dictionary/types.ts';
import type { Place } from '../../util/problem.ts';
import type { CompileContext } from '../compile-context.ts';
import type { ValueReference } from '../reference.ts';
import { type ResolvedValue, resolveValue } from '../resolve-value.ts';
import type { FieldRule, Located, MapSource, Rule, WriteRule } from '../rules.ts';
import { type Block, enter, isFault, rootBlock, triggerOf } from '../scope.ts';

/** Told where the rules of a map write: the blocks that they open, and the elements that they fill. */
interface PlaceVisitor {
  block(block: Block, at: Place): void;
  value(resolved: ResolvedValue, at: Place): void;
}

/** Visits every place that a map writes. */
export function visitWrittenPlaces(source: MapSource, context: CompileContext, visitor: PlaceVisitor): void {
  const root = rootBlock(context.definition.root);
  const visitValue = (block: Block, { at, value }: Located<ValueReference>): void => {
    const resolved = resolveValue(block, value, true);
    if (!isFault(resolved)) visitor.value(resolved, at);
  };
  const visitFields = (block: Block, fields: readonly FieldRule[], write: readonly WriteRule[]): void => {
    for (const { rule } of fields) if (rule !== null && rule.only !== 'read') visitRule(block, rule);
    for (const { target } of write) visitValue(block, target);
  };
  const visitRule = (block: Block, rule: Rule): void => {
    switch (rule.kind) {
      case 'value':
        for (const part of rule.parts) visitValue(block, part);
        return;
      case 'either':
        for (const alternative of rule.alternatives) visitRule(block, alternative);
        return;
      case 'all':
        visitValue(block, rule.reference);
        return;
      case 'object':
      case 'list': {
        const base = innerOf(block, rule.in);
        const inner = base === null || rule.kind === 'object' ? base : innerOf(base, rule.each);
        if (base === null || inner === null) return;
        const partner = rule.kind === 'list' && rule.with !== null ? innerOf(base, rule.with) : null;
        const entry = partner === null ? inner : { ...inner, parent: { ...partner, parent: base } };
        // An entry with another one beside it (`with`) is one block: what either fills is filled.
        visitor.block(entry, rule.at);
        const per = rule.kind === 'list' ? rule.per : [];
        visitFields(inner, per, []);
        visitFields(per.length > 0 ? base : entry, rule.fields, rule.write);
      }
    }
  };
  visitor.block(root, source.at);
  const start = source.event.each === null ? root : innerOf(root, source.event.each);
  if (start === null) return;
  visitor.block(start, source.event.at);
  if (source.event.by !== null) visitRule(start, source.event.by);
  visitFields(start, source.data.fields, source.data.write);
}

/**
 * Loops whose running number a field of the event says (LIN 1082 of an order): then a number that the event leaves out stays
 * out. Where the standard demands one, as in LX01, the engine makes it all the same.
 */
export function saidNumbers(source: MapSource, context: CompileContext): ReadonlySet<LoopNode> {
  const said = new Set<LoopNode>();
  visitWrittenPlaces(source, context, {
    block: () => {},
    value: ({ owner, tag, definition, places }) => {
      const isTrigger = owner.segment === null && (tag === null || tag === triggerOf(owner.loop)?.tag);
      const isOptional = definition.elements[0]?.requirement !== 'M';
      if (isTrigger && isOptional && places.some(({ position }) => position === 1)) said.add(owner.loop);
    },
  });
  return said;
}

function innerOf(block: Block, reference: MapSource['event']['each'] | null): Block | null {
  if (reference === null) return block;
  const path = enter(block, reference.value.fromTop, reference.value.steps);
  return isFault(path) ? null : (path.at(-1) ?? block);
}
