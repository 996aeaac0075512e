import type { ElementDefinition } from '../../edi/dictionary/types.ts';
import type { Shape } from '../../events/shape.ts';
import { sectionFor } from '../code-tables.ts';
import type { CompileContext } from '../compile-context.ts';
import { type ResolvedValue, resolveValue } from '../resolve-value.ts';
import type { AllRule, EitherRule, FieldRule, ListRule, ObjectRule, Rule, ValueRule } from '../rules.ts';
import { type Block, besideBlock, enter, isFault } from '../scope.ts';
import { ISO_DATE_TIME } from '../trees/written-moments.ts';

/**
 * The values that a map can write, in the shape of the event's data: what generators of samples and of tests draw from. A
 * value of the domain may still be refused where two fields would meet in one element.
 */
export type Domain =
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, DomainField> }
  | { readonly kind: 'list'; readonly items: Domain; readonly most: number; readonly keys: readonly string[] }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly min: number; readonly max: number; readonly digits: boolean }
  | { readonly kind: 'number'; readonly digits: number; readonly decimals: number; readonly whole: boolean }
  | { readonly kind: 'moment'; readonly times: boolean; readonly zones: boolean }
  | { readonly kind: 'one-of'; readonly domains: readonly Domain[] };

export interface DomainField {
  readonly domain: Domain;
  /** The event's schema needs it, or it is the key of an entry. */
  readonly required: boolean;
}

type ObjectShape = Extract<Shape, { kind: 'object' }>;

/** The domain of the fields of an object; `only: read` and what `also` alone says are left out. */
export function objectDomain(
  rule: Pick<ObjectRule, 'fields'>,
  shape: ObjectShape,
  block: Block,
  context: CompileContext,
): Extract<Domain, { kind: 'object' }> {
  const fields = rule.fields.flatMap((field): readonly (readonly [string, DomainField])[] => {
    const target = shape.fields.get(field.name);
    const domain = target === undefined ? null : fieldDomain(field, target.shape, block, context);
    return domain === null ? [] : [[field.name, { domain, required: target?.required === true }]];
  });
  return { kind: 'object', fields: new Map(fields) };
}

function fieldDomain({ rule }: FieldRule, shape: Shape, block: Block, context: CompileContext): Domain | null {
  return rule === null || rule.only === 'read' ? null : ruleDomain(rule, shape, block, context);
}

function ruleDomain(rule: Rule, shape: Shape, block: Block, context: CompileContext): Domain | null {
  switch (rule.kind) {
    case 'value':
      return rule.also ? null : valueDomain(rule, shape, block, context);
    case 'either':
      return eitherDomain(rule, shape, block, context);
    case 'all':
      return shape.kind === 'list' ? allDomain(rule, shape.items, block, context) : null;
    case 'object': {
      const inner = innerBlock(rule.in, block);
      const domain = shape.kind === 'object' && inner !== null ? objectDomain(rule, shape, inner, context) : null;
      return domain === null || domain.fields.size === 0 ? null : domain;
    }
    case 'list':
      return shape.kind === 'list' && shape.items.kind === 'object'
        ? listDomain(rule, shape.items, block, context)
        : null;
  }
}

function innerBlock(within: ObjectRule['in'], block: Block): Block | null {
  if (within === null) return block;
  const path = enter(block, within.value.fromTop, within.value.steps);
  return isFault(path) ? null : (path.at(-1) ?? block);
}

/** Every meaning that a rule has a code for, each once. */
export function codedMeanings(rule: ValueRule | EitherRule, block: Block, context: CompileContext): readonly string[] {
  const domain = ruleDomain(rule, { kind: 'text' }, block, context);
  const domains = domain?.kind === 'one-of' ? domain.domains : [domain];
  return [...new Set(domains.flatMap((each) => (each?.kind === 'choice' ? each.values : [])))];
}

function listDomain(rule: ListRule, items: ObjectShape, block: Block, context: CompileContext): Domain | null {
  const base = innerBlock(rule.in, block);
  const path = base === null ? null : enter(base, rule.each.value.fromTop, rule.each.value.steps);
  if (base === null || path === null || isFault(path)) return null;
  const beside = rule.with === null ? null : enter(base, rule.with.value.fromTop, rule.with.value.steps);
  const partnered = beside === null || isFault(beside) ? null : besideBlock(base, path, beside);
  const last = partnered ?? path.at(-1) ?? base;
  const keys = objectDomain({ fields: rule.per }, items, last, context);
  const fields = objectDomain(rule, items, rule.per.length > 0 ? base : last, context);
  const all = new Map([
    ...[...keys.fields].map(([name, { domain }]) => [name, { domain, required: true }] as const),
    ...fields.fields,
  ]);
  const room = path.map((step) => (step.segment === null ? step.loop.max : step.segment.max));
  const most = room.length === 0 ? 1 : Math.min(...room);
  return all.size === 0
    ? null
    : { kind: 'list', items: { kind: 'object', fields: all }, most, keys: [...keys.fields.keys()] };
}

function allDomain(rule: AllRule, items: Shape, block: Block, context: CompileContext): Domain | null {
  const resolved = resolveValue(block, rule.reference.value, true);
  if (isFault(resolved)) return null;
  const domain = saidDomain(rule, items, [{ ...resolved, places: resolved.places.slice(0, 1) }], context);
  const perSegment = resolved.pair === null ? resolved.places.length : resolved.pair.values.length;
  return domain === null ? null : { kind: 'list', items: domain, most: perSegment * segmentsOf(resolved), keys: [] };
}

/** How many segments of the kind there may be. */
function segmentsOf({ tag, owner, path, definition, pair }: ResolvedValue): number {
  if (pair !== null || (tag === null && path.length === 0)) return 1;
  if (tag === null) return owner.loop.max;
  const node = owner.loop.children.find((child) => child.kind === 'segment' && child.tag === definition.tag);
  return node?.max ?? 1;
}

function eitherDomain(rule: EitherRule, shape: Shape, block: Block, context: CompileContext): Domain | null {
  const domains = rule.alternatives.flatMap((alternative) => {
    const domain =
      alternative.only === 'read' || alternative.also ? null : valueDomain(alternative, shape, block, context);
    return domain === null ? [] : [domain];
  });
  return domains.length === 0 ? null : { kind: 'one-of', domains };
}

function valueDomain(rule: ValueRule, shape: Shape, block: Block, context: CompileContext): Domain | null {
  const parts = rule.parts.flatMap(({ value }): readonly ResolvedValue[] => {
    const resolved = resolveValue(block, value, false);
    return isFault(resolved) ? [] : [resolved];
  });
  return saidDomain(rule, shape, parts, context);
}

function saidDomain(
  rule: Pick<ValueRule, 'as' | 'codes'>,
  shape: Shape,
  parts: readonly ResolvedValue[],
  context: CompileContext,
): Domain | null {
  const uses = parts.flatMap(({ pair, places }) => (pair === null ? places : places.slice(0, 1)).map(({ use }) => use));
  const element = uses[0]?.element;
  if (element === undefined) return null;
  if (rule.codes !== null) {
    const table = context.tables.get(rule.codes.value);
    const section = table === undefined ? undefined : sectionFor(table, context.standard, element.number);
    const fits = ([code]: readonly [string, string]): boolean =>
      uses.length > 1 || (code.length <= element.max && element.codes?.has(code) !== false);
    const values = [...new Set([...(section?.meanings ?? [])].filter(fits).map(([, meaning]) => meaning))];
    return values.length === 0 ? null : { kind: 'choice', values };
  }
  if (shape.kind === 'enum')
    return { kind: 'choice', values: shape.values.filter((value) => element.codes?.has(value) !== false) };
  return rule.as === null ? textDomain(element) : conversionDomain(rule.as.value, element, uses.length);
}

function textDomain({ type, min, max, codes }: ElementDefinition): Domain {
  if (codes !== undefined) return { kind: 'choice', values: [...codes] };
  return { kind: 'text', min, max, digits: type === 'N' || type === 'R' || type === 'DT' || type === 'TM' };
}

function conversionDomain(name: string, element: ElementDefinition, parts: number): Domain {
  switch (name) {
    case 'number':
      return {
        kind: 'number',
        digits: Math.min(element.max, 15),
        decimals: element.decimals,
        whole: element.type === 'N' && element.decimals === 0,
      };
    case 'date':
      return { kind: 'moment', times: false, zones: false };
    case 'datetime':
      return element.form === ISO_DATE_TIME
        ? { kind: 'moment', times: true, zones: true }
        : { kind: 'moment', times: parts > 1, zones: parts > 2 || element.number === '2380' };
    case 'coordinate':
      return { kind: 'choice', values: parts > 1 ? ['1195000W', '0393000N'] : ['1195000', '0393000'] };
    case 'joined':
      return { kind: 'text', min: element.min, max: element.max * parts, digits: false };
    case 'sscc':
      return { kind: 'text', min: 18, max: 18, digits: true };
    default: {
      const length = Number(/[0-9]+$/.exec(name)?.[0] ?? element.max);
      return { kind: 'text', min: length, max: length, digits: true };
    }
  }
}
