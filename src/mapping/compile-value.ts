import type { Shape } from '../events/shape.ts';
import type { Place } from '../util/problem.ts';
import { type CompileContext, report } from './compile-context.ts';
import { compileFinish, mismatch, type Target } from './finish-value.ts';
import { SegmentSearch } from './locate.ts';
import {
  AllValues,
  EitherValue,
  JoinedValue,
  PassingValue,
  SingleValue,
  type ValuePart,
  type ValueReader,
} from './read-value.ts';
import type { ValueReference } from './reference.ts';
import { nameSegment, type ResolvedValue, resolveValue } from './resolve-value.ts';
import type { AllRule, EitherRule, ValueRule } from './rules.ts';
import { type Block, isFault } from './scope.ts';
import type { MapStandard } from './trees/standards.ts';
import { PairPlaces, type PartPlace, placesIn } from './value-places.ts';

/** Compiles a value or either rule; null when it has problems. */
export function compileValue(
  rule: ValueRule | EitherRule,
  target: Target,
  block: Block,
  context: CompileContext,
): ValueReader | null {
  if (rule.kind === 'value') return compileSingle(rule, target, block, context, rule);
  const isMixed = rule.alternatives.some(({ also }) => !also);
  const readers = rule.alternatives.map((alternative) => {
    const reader = compileSingle(alternative, target, block, context, rule);
    return reader !== null && isMixed && alternative.also ? new PassingValue(reader) : reader;
  });
  const compiled = readers.filter((reader) => reader !== null);
  if (compiled.length !== readers.length) return null;
  return new EitherValue(compiled);
}

function compileSingle(
  rule: ValueRule,
  target: Target,
  block: Block,
  context: CompileContext,
  whole: ValueRule | EitherRule,
): ValueReader | null {
  const resolved = rule.parts.map(({ at, value }) => resolvePart(at, value, block, context, false));
  if (resolved.some((part) => part === null)) return null;
  const parts = resolved.filter((part) => part !== null);
  const [first] = parts;
  if (first === undefined) return null;
  for (const [index, part] of parts.entries()) {
    const at = rule.parts[index]?.at ?? rule.at;
    if (rule.only !== 'write') context.cells.claim(at, whole, part, rule.also || rule.only === 'read');
    nameSegment(part);
  }
  const finish = compileFinish(rule, target, first, parts, context);
  if (finish === null) return null;
  const place = parts.length === 1 ? onlyPlace(first, context.standard) : null;
  if (place !== null) return new SingleValue(rule.at, new SegmentSearch(first), place, finish);
  return new JoinedValue(rule.at, parts.map(compilePart), finish);
}

function resolvePart(
  at: Place,
  value: ValueReference,
  block: Block,
  context: CompileContext,
  every: boolean,
): ResolvedValue | null {
  const resolved = resolveValue(block, value, every);
  if (!isFault(resolved)) return resolved;
  report(context, at, resolved);
  return null;
}

function compilePart(value: ResolvedValue): ValuePart {
  const width = value.pair === null ? value.places.length : 1;
  return { search: new SegmentSearch(value), places: placesIn(value, width), width };
}

/**
 * The place of a value that has but one, or the pairs it is one of; null where it has several. Elements of EDIFACT are read as
 * their first component: a later release may have made a composite of one, as D.01B did with the number of a document.
 */
function onlyPlace({ pair, places }: ResolvedValue, standard: MapStandard): PartPlace | PairPlaces | null {
  if (pair !== null) return new PairPlaces(pair);
  const [first, second] = places;
  if (first === undefined || second !== undefined) return null;
  const { position, component, use } = first;
  const simple = standard === 'edifact' && component === null && use.components.length === 0;
  return { element: position, component: simple ? 1 : component };
}

/** Compiles `all`: a list of every value. */
export function compileAll(rule: AllRule, target: Shape, block: Block, context: CompileContext): ValueReader | null {
  if (target.kind !== 'list') return mismatch(rule.at, target, 'all', context);
  const resolved = resolvePart(rule.reference.at, rule.reference.value, block, context, true);
  if (resolved === null) return null;
  context.cells.claim(rule.reference.at, rule, resolved, rule.only === 'read');
  nameSegment(resolved);
  const finish = compileFinish(
    rule,
    target.items,
    { ...resolved, places: resolved.places.slice(0, 1) },
    [{ ...resolved, places: resolved.places.slice(0, 1) }],
    context,
  );
  if (finish === null) return null;
  const places = placesIn(resolved, Number.POSITIVE_INFINITY);
  return new AllValues(rule.at, new SegmentSearch(resolved), places, finish);
}
