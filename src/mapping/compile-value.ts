import { partText, repeatedTexts } from '../edi/part-text.ts';
import type { Shape } from '../events/shape.ts';
import type { Place } from '../util/problem.ts';
import { type CompileContext, report } from './compile-context.ts';
import { compileFinish, type Finish, mismatch, type Target } from './finish-value.ts';
import type { Frame, ReadContext, TextPlace } from './frame.ts';
import { type SegmentSearch, segmentSearch } from './locate.ts';
import { codeMatch } from './match.ts';
import { type Outcome, ReadFault } from './outcome.ts';
import type { ValueReference } from './reference.ts';
import { homeOf, type ResolvedValue, resolveValue } from './resolve-value.ts';
import type { AllRule, EitherRule, ValueRule } from './rules.ts';
import { type Block, isFault } from './scope.ts';

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
  const texts = parts.map(compileTexts);
  return (readContext, frame) => readParts(readContext, frame, rule.at, texts, finish);
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

/** Tells the block around that a segment is spoken for, so that `rest` leaves it out. */
function nameSegment(value: ResolvedValue): void {
  if (value.tag === null && value.path.length === 0) return;
  const { block, tests } = homeOf(value);
  const { tag } = value.definition;
  block.named.set(tag, [...(block.named.get(tag) ?? []), tests]);
}

/** Text of each part and where it stood. */
type TextsReader = (context: ReadContext, frame: Frame, texts: string[], places: TextPlace[]) => void;

function compileTexts(value: ResolvedValue): TextsReader {
  const search: SegmentSearch = segmentSearch(value);
  const { pair, places } = value;
  if (pair !== null) {
    const matches = codeMatch(pair.codes);
    return (context, frame, texts, found) => {
      const segment = search.first(context, frame);
      const index =
        segment < 0 ? -1 : pair.qualifiers.findIndex((position) => matches(context.segments, segment, position));
      take(context, segment, pair.values[index] ?? 0, null, texts, found);
    };
  }
  return (context, frame, texts, found) => {
    const segment = search.first(context, frame);
    for (const { position, component } of places) take(context, segment, position, component, texts, found);
  };
}

function take(
  context: ReadContext,
  segment: number,
  element: number,
  component: number | null,
  texts: string[],
  places: TextPlace[],
): void {
  if (segment < 0 || element === 0) {
    texts.push('');
    return;
  }
  context.recorder?.touch(segment, element);
  texts.push(partText(context.segments, segment, element, component));
  places.push({ segment, element, component });
}

function readParts(
  context: ReadContext,
  frame: Frame,
  at: Place,
  readers: readonly TextsReader[],
  finish: Finish,
): Outcome {
  const texts: string[] = [];
  const places: TextPlace[] = [];
  for (const reader of readers) reader(context, frame, texts, places);
  if (texts.every((text) => text === '')) return undefined;
  const value = finish.read(texts);
  if (value === undefined) {
    const [place] = places;
    return new ReadFault(
      place?.segment ?? 0,
      place?.element ?? 0,
      texts.filter((text) => text !== '').join(' '),
      finish.expected,
    );
  }
  context.recorder?.value(at, value, places);
  return value;
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
  return (readContext, frame) => {
    const values: (string | number)[] = [];
    for (const segment of search.all(readContext, frame)) {
      for (const { position, component } of placesIn(resolved, readContext, segment)) {
        readContext.recorder?.touch(segment, position);
        const texts =
          component === null
            ? repeatedTexts(readContext.segments, segment, position)
            : [partText(readContext.segments, segment, position, component)];
        for (const text of texts) {
          if (text === '') continue;
          const value = finish.read([text]);
          if (value === undefined) return new ReadFault(segment, position, text, finish.expected);
          readContext.recorder?.enter(values.length);
          readContext.recorder?.value(rule.at, value, [{ segment, element: position, component }]);
          readContext.recorder?.leave();
          values.push(value);
        }
      }
    }
    return values.length === 0 ? undefined : values;
  };
}

/** With a pair condition every pair of the segment that holds one of the codes, else the places of the reference. */
function placesIn(
  { pair, places }: ResolvedValue,
  context: ReadContext,
  segment: number,
): readonly { readonly position: number; readonly component: number | null }[] {
  if (pair === null) return places;
  const matches = codeMatch(pair.codes);
  return pair.qualifiers.flatMap((qualifier, index) =>
    matches(context.segments, segment, qualifier) ? [{ position: pair.values[index] ?? 0, component: null }] : [],
  );
}
