import { isList, isObject } from '../../events/json.ts';
import type { Shape } from '../../events/shape.ts';
import type { Json, JsonObject } from '../../events/types.ts';
import type { FieldRule, ObjectRule, Rule } from '../rules.ts';

/** A field that was written and is read back otherwise. */
export interface Difference {
  readonly pointer: string;
  readonly wanted: Json | undefined;
  readonly got: Json | undefined;
}

/**
 * What an event said against what the written document says, field by field. Times are compared as instants. Left out is what
 * no rule writes, and what a rule of `also` alone reads though the event did not say it. Lists that `per` made are sets.
 */
export function differences(
  rule: Pick<ObjectRule, 'fields'>,
  shape: Shape,
  wanted: JsonObject,
  got: JsonObject,
  pointer = '',
): readonly Difference[] {
  if (shape.kind !== 'object') return [];
  return rule.fields.flatMap((field): readonly Difference[] => {
    const target = shape.fields.get(field.name);
    if (target === undefined || !isWritten(field)) return [];
    const at = `${pointer}/${field.name}`;
    return compare(field.rule, target.shape, wanted[field.name], got[field.name], at);
  });
}

function isWritten({ rule }: FieldRule): boolean {
  return (
    rule !== null &&
    rule.only !== 'read' &&
    (rule.kind !== 'either' || rule.alternatives.some(({ only }) => only !== 'read'))
  );
}

function compare(
  rule: Rule | null,
  shape: Shape,
  wanted: Json | undefined,
  got: Json | undefined,
  pointer: string,
): readonly Difference[] {
  if (rule === null || (wanted === undefined && (got === undefined || isHint(rule)))) return [];
  if (isObject(wanted) && (isObject(got) || got === undefined) && rule.kind === 'object')
    return differences(rule, shape, wanted, got ?? {}, pointer);
  if (wanted === undefined && isObject(got) && rule.kind === 'object')
    return differences(rule, shape, {}, got, pointer);
  if (isList(wanted) && isList(got) && rule.kind === 'list' && shape.kind === 'list' && wanted.length === got.length) {
    const names = rule.per.map(({ name }) => name);
    const [left, right] = names.length === 0 ? [wanted, got] : [sorted(wanted, names), sorted(got, names)];
    const fields = { fields: [...rule.per, ...rule.fields] };
    return left.flatMap((entry, index) => {
      const other = right[index];
      return isObject(entry) && isObject(other)
        ? differences(fields, shape.items, entry, other, `${pointer}/${index}`)
        : [];
    });
  }
  return same(wanted, got, shape) ? [] : [{ pointer, wanted, got }];
}

/** A rule that only reads along: `also`, or a block of nothing else. */
function isHint(rule: Rule): boolean {
  switch (rule.kind) {
    case 'value':
      return rule.also;
    case 'either':
      return rule.alternatives.every(({ also }) => also);
    case 'object':
      return rule.fields.every((field) => field.rule !== null && isHint(field.rule));
    case 'all':
    case 'list':
      return false;
  }
}

function same(wanted: Json | undefined, got: Json | undefined, shape: Shape): boolean {
  if (shape.kind === 'moment' && typeof wanted === 'string' && typeof got === 'string') {
    return wanted.length > 10 === got.length > 10 && (wanted === got || Date.parse(wanted) === Date.parse(got));
  }
  return JSON.stringify(wanted) === JSON.stringify(got);
}

function sorted(list: readonly Json[], names: readonly string[]): readonly Json[] {
  const keyOf = (entry: Json): string =>
    JSON.stringify(names.map((name) => (isObject(entry) ? entry[name] : null) ?? null));
  return list
    .map((entry) => ({ entry, key: keyOf(entry) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ entry }) => entry);
}
