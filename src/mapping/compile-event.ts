import type { ElementUse } from '../edi/dictionary/types.ts';
import { eventSchemas } from '../events/schemas.ts';
import { type Shape, shapeOf } from '../events/shape.ts';
import { problem } from '../util/config-tree.ts';
import type { Place } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { sectionFor } from './code-tables.ts';
import { type CompileContext, report } from './compile-context.ts';
import { compileValue } from './compile-value.ts';
import { type DocumentKind, kindOf } from './document-kind.ts';
import type { Frame, ReadContext } from './frame.ts';
import { FramePath, leadsThroughLevels } from './locate.ts';
import { type Outcome, ReadFault } from './outcome.ts';
import { compileReader, type Run } from './program.ts';
import { resolveValue } from './resolve-value.ts';
import type { EventSource, ValueRule } from './rules.ts';
import { type Block, enter, impossibleCode, isFault, stepsOut } from './scope.ts';

/** Which events a document makes, ready to run. */
export interface CompiledEvent {
  /** The block that `data` starts at. */
  readonly block: Block;
  /** Which documents of the set these are events of. */
  readonly kind: DocumentKind;
  /** Every type it can make, without repetition. */
  readonly types: readonly string[];
  /** Frames of the events in document order. */
  readonly frames: FramePath;
  /** The type, or the fault of the code that should give it, or null when there is no code. */
  typeOf(context: ReadContext, frame: Frame): string | ReadFault | null;
  /** Types to say the event again as. */
  alsoOf(context: ReadContext, frame: Frame): readonly string[];
}

type ObjectShape = Extract<Shape, { kind: 'object' }>;

/** Compiles the event part of a map; null when its problems leave no way to go on to the data. */
export function compileEvent(source: EventSource, root: Block, context: CompileContext): CompiledEvent | null {
  const path = source.each === null ? [] : enter(root, source.each.value.fromTop, source.each.value.steps);
  if (isFault(path)) {
    report(context, source.each?.at ?? source.at, path);
    return null;
  }
  const block = path.at(-1) ?? root;
  const typeOf = source.by === null ? constantType(source) : codedType(source, source.by, block, context);
  const also = source.also.flatMap(({ at, type, when }) => {
    const steps = enter(block, when.fromTop, when.steps);
    if (isFault(steps)) {
      report(context, at, steps);
      return [];
    }
    return [{ type, frames: new FramePath(stepsOut(block, steps), steps, null, leadsThroughLevels(steps)) }];
  });
  const types = typesOf(source, block, context);
  if (types.length === 0) return null;
  return {
    block,
    kind: kindOf(source, root),
    types,
    frames: new FramePath(0, path),
    typeOf,
    alsoOf: (readContext, frame) =>
      also.filter(({ frames }) => frames.all(readContext, frame).length > 0).map(({ type }) => type),
  };
}

function constantType(source: EventSource): CompiledEvent['typeOf'] {
  const type = source.type?.value ?? '';
  return () => type;
}

function codedType(
  source: EventSource,
  by: NonNullable<EventSource['by']>,
  block: Block,
  context: CompileContext,
): CompiledEvent['typeOf'] {
  const types = new Map(source.types.map(({ code, type }) => [code, type]));
  checkCodes(source, by, block, context);
  const read = compileValue(by, codesOf(source, by), block, context);
  if (read === null) return () => null;
  let run: Run<Outcome> | null = null;
  return (readContext, frame) => {
    run ??= compileReader(read);
    const outcome = run(readContext, frame, frame);
    if (outcome instanceof ReadFault) return outcome;
    if (typeof outcome !== 'string') return source.type?.value ?? null;
    return types.size === 0 ? outcome : (types.get(outcome) ?? null);
  };
}

/** The codes listed beside `by`, as what it may read; null where a code table says it. */
function codesOf(source: EventSource, by: NonNullable<EventSource['by']>): Shape | null {
  const listed = source.types.length > 0 && rulesOf(by).every(({ codes }) => codes === null);
  return listed ? { kind: 'enum', values: source.types.map(({ code }) => code) } : null;
}

function rulesOf(by: NonNullable<EventSource['by']>): readonly ValueRule[] {
  return by.kind === 'value' ? [by] : by.alternatives;
}

/** Codes beside `by` must be codes that the element can hold. */
function checkCodes(
  source: EventSource,
  by: NonNullable<EventSource['by']>,
  block: Block,
  context: CompileContext,
): void {
  const rules = rulesOf(by);
  const coded = rules.every(({ codes }) => codes !== null);
  if (coded && source.types.length > 0) {
    const [first] = source.types;
    const remedy = 'Keep the table, or take "codes:" away.';
    if (first !== undefined)
      context.problems.push(
        problem(first.at, 'MAP_EVENT', 'A code stands beside a "by" that has a code table.', remedy),
      );
  }
  if (!coded && source.types.length === 0) {
    context.problems.push(
      problem(
        by.at,
        'MAP_EVENT',
        '"by" gives a code, and no code has a type.',
        'Write code: type below, or name a code table.',
      ),
    );
  }
  const [only, second] = rules;
  if (only === undefined || second !== undefined) return;
  const elements = elementsOf(only.parts, block);
  for (const { at, code } of source.types) {
    const words = elements.length > 1 ? code.split(' ') : [code];
    for (const [index, word] of words.entries()) {
      const element = elements[index];
      const fault = element === undefined ? null : impossibleCode(element.use, word, element.tag);
      if (fault !== null) report(context, at, fault);
    }
  }
}

/** All types the event can have that the event schemas know; each other one is a problem. */
function typesOf(source: EventSource, block: Block, context: CompileContext): readonly string[] {
  const coded = [...source.types, ...tableTypes(source, block, context)];
  const named: { readonly at: Place; readonly type: string }[] = [
    ...(source.type === null ? [] : [{ at: source.type.at, type: source.type.value }]),
    ...source.also,
    ...coded,
  ];
  if (source.by !== null && source.type !== null && !coded.some(({ type }) => type === source.type?.value)) {
    const what = `The event is ${source.type.value} where "by" finds no code, and no code stands for that type.`;
    const remedy = 'Write a code for it too, so that it can be written.';
    context.problems.push(problem(source.type.at, 'MAP_EVENT', what, remedy));
  }
  for (const { at, type } of named) {
    if (shapeOf(type) !== undefined) continue;
    const remedy = didYouMean(
      type,
      eventSchemas().map((schema) => schema.type),
    );
    context.problems.push(problem(at, 'MAP_TYPE', `There is no event type "${type}".`, remedy));
  }
  return [...new Set(named.map(({ type }) => type))].filter((type) => shapeOf(type) !== undefined);
}

/** The types that the code tables of `by` give. A table must not make a type of a code it does not know. */
export function tableTypes(
  source: EventSource,
  block: Block,
  context: CompileContext,
): readonly { readonly at: Place; readonly type: string }[] {
  if (source.by === null) return [];
  return rulesOf(source.by).flatMap(({ codes, parts }) => {
    const table = codes === null ? undefined : context.tables.get(codes.value);
    const [element] = elementsOf(parts.slice(0, 1), block);
    if (codes === null || table === undefined || element === undefined) return [];
    const section = sectionFor(table, context.standard, element.use.element.number);
    if (section === undefined) return [];
    if (section.otherwise.kind === 'keep') {
      const what = `The table "${table.name}" keeps unknown codes, and a code is no event type.`;
      const remedy = 'Write "else:" with the type of an unknown code, or take "else:" away.';
      context.problems.push(problem(codes.at, 'MAP_EVENT', what, remedy));
    }
    const otherwise = section.otherwise.kind === 'value' ? [section.otherwise.value] : [];
    return [...new Set([...section.meanings.values(), ...otherwise])].map((type) => ({ at: codes.at, type }));
  });
}

/** The elements of some references, with the tags of their segments; what does not resolve is left out. */
function elementsOf(
  parts: ValueRule['parts'],
  block: Block,
): readonly { readonly use: ElementUse; readonly tag: string }[] {
  return parts.flatMap(({ value }) => {
    const resolved = resolveValue(block, value, false);
    return isFault(resolved) ? [] : resolved.places.map(({ use }) => ({ use, tag: resolved.definition.tag }));
  });
}

/** The one shape that all types of a map share, or null (and a problem) when they differ. */
export function commonShape(
  source: EventSource,
  types: readonly string[],
  context: CompileContext,
): ObjectShape | null {
  const shapes = new Set(types.map((type) => shapeOf(type)));
  const [shape] = shapes;
  if (shapes.size === 1 && shape?.kind === 'object') return shape;
  context.problems.push(
    problem(
      source.at,
      'MAP_EVENT',
      'The event types of this map have different fields.',
      'Write one map for each kind of event.',
    ),
  );
  return null;
}
