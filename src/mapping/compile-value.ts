import type { Standard } from '../edi/envelope.ts';
import { partText, repeatedTexts } from '../edi/part-text.ts';
import type { Shape } from '../events/shape.ts';
import type { Place } from '../util/problem.ts';
import { type CompileContext, report } from './compile-context.ts';
import { compileFinish, type Finish, mismatch, type Target } from './finish-value.ts';
import type { Frame, ReadContext, TextPlace } from './frame.ts';
import { type SegmentSearch, segmentSearch } from './locate.ts';
import { type Outcome, ReadFault } from './outcome.ts';
import type { ValueReference } from './reference.ts';
import { nameSegment, type ResolvedValue, resolveValue } from './resolve-value.ts';
import type { AllRule, EitherRule, ValueRule } from './rules.ts';
import { type Block, type ElementPlace, isFault } from './scope.ts';
import { type PlacesIn, placesIn } from './value-places.ts';

export type ValueReader = (context: ReadContext, frame: Frame) => Outcome;

/** Compiles a value or either rule; null when it has problems. */
export function compileValue(
  rule: ValueRule | EitherRule,
  target: Target,
  block: Block,
  context: CompileContext,
): ValueReader | null {
  if (rule.kind === 'value') return compileSingle(rule, target, block, context, rule);
  const readers = rule.alternatives.map((alternative) => compileSingle(alternative, target, block, context, rule));
  const compiled = readers.filter((reader) => reader !== null);
  if (compiled.length !== readers.length) return null;
  return (readContext, frame) => {
    let fault: ReadFault | undefined;
    for (const reader of compiled) {
      const outcome = reader(readContext, frame);
      if (outcome instanceof ReadFault) fault = outcome;
      else if (outcome !== undefined) return outcome;
    }
    return fault;
  };
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
  return valueReader(
    rule.at,
    parts.map((part) => compilePart(part, context.standard)),
    finish,
  );
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

/** One part of a value, ready to be looked for. */
interface CompiledPart {
  readonly search: SegmentSearch;
  /** Its elements in a segment, in order. */
  readonly places: PlacesIn;
  /** So many texts are empty where it is absent. */
  readonly width: number;
  /** The only place of a part that has but one; null where it depends on the segment. */
  readonly place: Omit<TextPlace, 'segment'> | null;
}

function compilePart(value: ResolvedValue, standard: Standard): CompiledPart {
  const width = value.pair === null ? value.places.length : 1;
  const [first] = value.places;
  const place = value.pair === null && width === 1 && first !== undefined ? textPlace(first, standard) : null;
  return { search: segmentSearch(value), places: placesIn(value, width), width, place };
}

/**
 * Elements of EDIFACT are read as their first component: a later release may have made a composite of one, as D.01B did with
 * the number of a document.
 */
function textPlace({ position, component, use }: ElementPlace, standard: Standard): Omit<TextPlace, 'segment'> {
  const simple = standard === 'edifact' && component === null && use.components.length === 0;
  return { element: position, component: simple ? 1 : component };
}

function valueReader(at: Place, parts: readonly CompiledPart[], finish: Finish): ValueReader {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    // Most values of most documents are absent, and then nothing is allocated.
    return (context, frame) => {
      const segment = only.search.first(context, frame);
      if (segment < 0) return undefined;
      if (only.place !== null) return oneText(context, segment, only.place, at, finish);
      const [place, next] = only.places(context, segment);
      if (place !== undefined && next === undefined) return oneText(context, segment, place, at, finish);
      const texts: string[] = [];
      takeTexts(context, only, segment, texts);
      return finished(context, frame, at, parts, texts, finish);
    };
  }
  return (context, frame) => {
    const texts: string[] = [];
    for (const part of parts) takeTexts(context, part, part.search.first(context, frame), texts);
    return finished(context, frame, at, parts, texts, finish);
  };
}

function oneText(
  context: ReadContext,
  segment: number,
  { element, component }: Omit<TextPlace, 'segment'>,
  at: Place,
  finish: Finish,
): Outcome {
  context.coverage.read(segment, element, component);
  const text = partText(context.segments, segment, element, component);
  if (text === '') return undefined;
  const value = finish.read([text]);
  if (value === undefined) return new ReadFault(segment, element, text, finish.expected);
  context.recorder?.value(at, value, [{ segment, element, component }]);
  return value;
}

function takeTexts(context: ReadContext, { places, width }: CompiledPart, segment: number, texts: string[]): void {
  const before = texts.length;
  if (segment >= 0) {
    for (const { element, component } of places(context, segment)) {
      context.coverage.read(segment, element, component);
      texts.push(partText(context.segments, segment, element, component));
    }
  }
  while (texts.length < before + width) texts.push('');
}

function finished(
  context: ReadContext,
  frame: Frame,
  at: Place,
  parts: readonly CompiledPart[],
  texts: readonly string[],
  finish: Finish,
): Outcome {
  if (!texts.some(isThere)) return undefined;
  const value = finish.read(texts);
  if (value === undefined) {
    const [place] = placesFound(context, frame, parts);
    const text = texts.filter((each) => each !== '').join(' ');
    return new ReadFault(place?.segment ?? 0, place?.element ?? 0, text, finish.expected);
  }
  context.recorder?.value(at, value, placesFound(context, frame, parts));
  return value;
}

function isThere(text: string): boolean {
  return text !== '';
}

/** Where the texts stood. */
function placesFound(context: ReadContext, frame: Frame, parts: readonly CompiledPart[]): readonly TextPlace[] {
  return parts.flatMap(({ search, places }) => {
    const segment = search.first(context, frame);
    return segment < 0 ? [] : places(context, segment).map((place) => ({ segment, ...place }));
  });
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
  const search = segmentSearch(resolved);
  const places = placesIn(resolved, Number.POSITIVE_INFINITY);
  return (readContext, frame) => {
    const values: (string | number)[] = [];
    for (const segment of search.all(readContext, frame)) {
      for (const { element, component } of places(readContext, segment)) {
        readContext.coverage.read(segment, element, component);
        const texts =
          component === null
            ? repeatedTexts(readContext.segments, segment, element)
            : [partText(readContext.segments, segment, element, component)];
        for (const [repetition, text] of texts.entries()) {
          if (text === '') continue;
          const value = finish.read([text]);
          if (value === undefined) return new ReadFault(segment, element, text, finish.expected);
          readContext.recorder?.enter(values.length);
          readContext.recorder?.value(rule.at, value, [{ segment, element, component, repetition }]);
          readContext.recorder?.leave();
          values.push(value);
        }
      }
    }
    return values.length === 0 ? undefined : values;
  };
}
