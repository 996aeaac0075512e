import type { LoopInstance } from '../edi/structure-types.ts';
import type { Shape } from '../events/shape.ts';
import type { JsonObject } from '../events/types.ts';
import { problem } from '../util/config-tree.ts';
import { didYouMean, nearest } from '../util/suggest.ts';
import { BesidePath } from './beside.ts';
import { createCells } from './cells.ts';
import { checkWrites } from './check-write.ts';
import { type CompileContext, report } from './compile-context.ts';
import { compileAll, compileValue } from './compile-value.ts';
import { mismatch } from './finish-value.ts';
import type { Frame, ReadContext } from './frame.ts';
import { type LineGroup, loopsOf, shareOut } from './groups.ts';
import { type EntryPath, FramePath, leadsThroughLevels } from './locate.ts';
import { type SegmentTest, segmentMatch } from './match.ts';
import { type CompiledField, type LinesReader, ObjectReader } from './object-reader.ts';
import type { Outcome } from './outcome.ts';
import type { Program } from './program.ts';
import type { ValueReader } from './read-value.ts';
import type { FieldRule, ListRule, ObjectRule, Rule } from './rules.ts';
import { type Block, besideBlock, enter, isFault, nameBlocks, stepsOut } from './scope.ts';
import { WORDS } from './vocabulary.ts';

type ObjectShape = Extract<Shape, { kind: 'object' }>;

/** Compiles the fields of an object against its shape; problems are noted and the field left out. */
export function compileObject(
  rule: Pick<ObjectRule, 'at' | 'fields' | 'write'>,
  shape: ObjectShape,
  block: Block,
  context: CompileContext,
): ObjectReader {
  const fields = rule.fields.flatMap((field) => compileField(field, shape, block, context));
  // A misspelt field stands for the one it means, so that one mistake is told once.
  const meant = (name: string): string =>
    shape.fields.has(name) ? name : (nearest(name, shape.fields.keys()) ?? name);
  const named = new Set(rule.fields.map(({ name }) => meant(name)));
  const required = [...shape.fields].filter(([, field]) => field.required).map(([name]) => name);
  for (const name of required) {
    if (named.has(name)) continue;
    const what = `The event needs "${name}" here and no rule gives it.`;
    context.problems.push(
      problem(rule.at, 'MAP_FIELD_REQUIRED', what, `Write "${name}:" with the element it stands in.`),
    );
  }
  checkWrites(rule.write, block, context);
  // A rule that only writes gives its field nothing.
  if (!required.every((name) => fields.some((field) => field.name === name))) context.proof.keepsSchema = false;
  return new ObjectReader(fields);
}

function compileField(
  field: FieldRule,
  shape: ObjectShape,
  block: Block,
  context: CompileContext,
): readonly CompiledField[] {
  const { rule } = field;
  if (rule === null) return [];
  const target = shape.fields.get(field.name);
  if (target === undefined) {
    const known = [...shape.fields.keys(), ...Object.keys(WORDS)];
    const what = `The event has no field "${field.name}" here, and it is no word of the language.`;
    context.problems.push(problem(field.at, 'MAP_FIELD', what, didYouMean(field.name, known)));
    return [];
  }
  const compiled = compileRule(rule, target.shape, block, context);
  if (compiled === null || rule.only === 'write') return [];
  const { reader, lines } = 'reader' in compiled ? compiled : { reader: compiled, lines: null };
  return [{ name: field.name, bits: reader.bits, at: rule.at, reader, lines, needed: target.required }];
}

type GroupsReader = Pick<CompiledField, 'reader' | 'lines'>;

function compileRule(
  rule: Rule,
  target: Shape,
  block: Block,
  context: CompileContext,
): ValueReader | GroupsReader | null {
  switch (rule.kind) {
    case 'value':
    case 'either':
      return compileValue(rule, target, block, context);
    case 'all':
      return compileAll(rule, target, block, context);
    case 'object':
      return compileNested(rule, target, block, context);
    case 'list':
      return compileList(rule, target, block, context);
  }
}

function compileNested(rule: ObjectRule, target: Shape, block: Block, context: CompileContext): ValueReader | null {
  if (target.kind !== 'object') return notFields(rule, target, context);
  if (rule.in === null) return compileObject(rule, target, block, context);
  const path = enter(block, rule.in.value.fromTop, rule.in.value.steps);
  if (isFault(path)) {
    report(context, rule.in.at, path);
    return null;
  }
  nameBlocks(path);
  const fields = compileObject(rule, target, path.at(-1) ?? block, context);
  return new NestedObject(new FramePath(stepsOut(block, path), path), fields);
}

/** Fields where none are wanted: a misspelt word made them fields, or the field holds another kind of value. */
function notFields(rule: ObjectRule, target: Shape, context: CompileContext): null {
  // What is wrong inside is told already, and is the likely reason.
  if (rule.fields.some((field) => field.rule === null)) return null;
  const misspelt = rule.fields.find(({ name }) => nearest(name, Object.keys(WORDS)) !== undefined);
  if (misspelt === undefined) return mismatch(rule.at, target, 'fields', context);
  const what = `"${misspelt.name}" is no word of the language.`;
  context.problems.push(problem(misspelt.at, 'MAP_WORD', what, didYouMean(misspelt.name, Object.keys(WORDS))));
  return null;
}

function compileList(
  rule: ListRule,
  target: Shape,
  block: Block,
  context: CompileContext,
): ValueReader | GroupsReader | null {
  if (target.kind !== 'list') return mismatch(rule.at, target, 'each', context);
  if (target.items.kind !== 'object') {
    return mismatch(rule.at, target.items, 'entry', context);
  }
  const within = rule.in === null ? [] : enter(block, rule.in.value.fromTop, rule.in.value.steps);
  if (isFault(within)) {
    report(context, rule.in?.at ?? rule.at, within);
    return null;
  }
  const base = within.at(-1) ?? block;
  const path = enter(base, rule.each.value.fromTop, rule.each.value.steps);
  if (isFault(path)) {
    report(context, rule.each.at, path);
    return null;
  }
  const beside = rule.with === null ? null : enter(base, rule.with.value.fromTop, rule.with.value.steps);
  if (beside !== null && isFault(beside)) {
    report(context, rule.with?.at ?? rule.at, beside);
    return null;
  }
  const enterFirst = within.length === 0 ? null : new FramePath(stepsOut(block, within), within);
  if (rule.rest) return compileEntries(rule, target.items, base, path, enterFirst, restOf(path), context);
  nameBlocks(path);
  if (beside !== null) nameBlocks(beside);
  if (rule.per.length > 0) return compileGroups(rule, target.items, base, path, enterFirst, context);
  return compileEntries(rule, target.items, base, path, enterFirst, null, context, beside);
}

/** The object of the first frame that a path leads to. */
class NestedObject implements ValueReader {
  readonly bits: number;
  readonly #path: FramePath;
  readonly #fields: ObjectReader;

  constructor(path: FramePath, fields: ObjectReader) {
    this.bits = path.bits;
    this.#path = path;
    this.#fields = fields;
  }

  emit(program: Program): string {
    const fields = program.constant(this.#fields);
    const first = this.#path.emitEach(
      program,
      'b',
      (frame, label) => `v = ${fields}.read(c, ${frame}); break ${label};`,
    );
    return `v = undefined; ${first}`;
  }
}

function compileEntries(
  rule: ListRule,
  items: ObjectShape,
  base: Block,
  path: readonly Block[],
  enterFirst: FramePath | null,
  keep: SegmentTest | null,
  context: CompileContext,
  beside: readonly Block[] | null = null,
): ValueReader {
  const block = beside === null ? path.at(-1) : besideBlock(base, path, beside);
  const fields = compileObject(rule, items, block ?? base, context);
  const entries = new FramePath(stepsOut(base, path), path, keep, leadsThroughLevels(path));
  return new EntryList(
    enterFirst,
    beside === null ? entries : new BesidePath(entries, new FramePath(stepsOut(base, beside), beside)),
    fields,
    base.loop.hierarchical && base.conditions.length === 0,
  );
}

/** An object for each frame that a path leads to. */
class EntryList implements ValueReader {
  readonly bits: number;
  readonly #within: FramePath | null;
  readonly #path: EntryPath;
  readonly #fields: ObjectReader;
  /** A document may have several levels of packing at the top; which is meant, `in: CPS` does not say. */
  readonly #everyLevel: boolean;

  constructor(within: FramePath | null, path: EntryPath, fields: ObjectReader, everyLevel: boolean) {
    this.#everyLevel = everyLevel;
    this.bits = (within ?? path).bits;
    this.#within = within;
    this.#path = path;
    this.#fields = fields;
  }

  emit(program: Program): string {
    const [list, entry] = [program.variable(), program.variable()];
    const fields = program.constant(this.#fields);
    const entries = (around: string): string =>
      this.#path.emitEach(
        program,
        around,
        (frame) => `if (r !== null) r.enter(${list}.length);
          const ${entry} = ${fields}.read(c, ${frame});
          if (r !== null) r.leave();
          if (${entry} !== undefined) ${list}.push(${entry});`,
      );
    const all =
      this.#within === null
        ? entries('b')
        : this.#within.emitEach(program, 'b', (frame, label) => {
            const enough = this.#everyLevel ? '' : `break ${label};`;
            return `${entries(frame)} ${enough}`;
          });
    return `const ${list} = []; ${all} v = ${list}.length === 0 ? undefined : ${list};`;
  }
}

/** `per`: the lines of a path, grouped by the value of a key; each group sees the block with only its own lines. */
function compileGroups(
  rule: ListRule,
  items: ObjectShape,
  base: Block,
  path: readonly Block[],
  enterFirst: FramePath | null,
  around: CompileContext,
): GroupsReader | null {
  // An entry sees lines that the rules beside `per` do not see: both may read the same elements.
  const context = { ...around, cells: createCells(around.problems) };
  // A line may lack one of its keys, and nobody tells.
  context.proof.keepsSchema = false;
  const line = path.at(-1) ?? base;
  if (line.segment !== null) {
    const what = `"per" groups loops, and ${line.segment.tag} is a single segment.`;
    context.problems.push(
      problem(rule.each.at, 'MAP_WORD', what, 'Name the loop of the lines, as in HL(I) or LX/W12.'),
    );
    return null;
  }
  const keys = rule.per
    .flatMap((field) => compileField(field, items, line, context))
    // A line without one of them is no fault: it has the others, or it is in no group.
    .map((key) => ({ ...key, needed: false }));
  if (keys.length < rule.per.length) return null;
  const key = new ObjectReader(keys);
  const perNames = new Set(rule.per.map(({ name }) => name));
  const others = new Map([...items.fields].filter(([name]) => !perNames.has(name)));
  const fields = compileObject(rule, { kind: 'object', fields: others }, base, context);
  const find = new FramePath(stepsOut(base, path), path, null, true);
  const loops = loopsOf(path);
  const lines: LinesReader = (readContext, frame) => {
    const from = enterFirst === null ? frame : enterFirst.first(readContext, frame);
    if (from === null) return null;
    const found = find.all(readContext, from);
    const groups = groupsOf(readContext, found, key);
    return { from, groups, visible: shareOut(from.instance, loops, found, groups) };
  };
  const read = (readContext: ReadContext, frame: Frame): Outcome => {
    const shared = lines(readContext, frame);
    if (shared === null) return undefined;
    const { from, groups, visible } = shared;
    const list = groups.map(({ first }, group): JsonObject => {
      readContext.recorder?.enter(group);
      const own = key.read({ ...readContext, findings: [] }, first);
      const entry = { ...own, ...fields.read(readContext, { ...from, hidden: visible.of(group) }) };
      readContext.recorder?.leave();
      return entry;
    });
    return list.length === 0 ? undefined : list;
  };
  // The lines are shared out by the object around, whose other fields do not see them.
  return { reader: { bits: 0, emit: (program) => `v = ${program.constant(read)}(c, f);` }, lines };
}

/** Lines with equal keys together, in the order of the first of each; lines without a key are in no group. */
function groupsOf(context: ReadContext, lines: readonly Frame[], keys: ObjectReader): readonly LineGroup[] {
  const groups = new Map<string, { readonly first: Frame; readonly lines: LoopInstance[] }>();
  for (const line of lines) {
    const key = keys.read({ ...context, recorder: null }, line);
    if (key === undefined) continue;
    const text = JSON.stringify(key);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, { first: line, lines: [line.instance] });
    else group.lines.push(line.instance);
  }
  return [...groups.values()];
}

/** Refuses the segments that another rule of the block names. Looked up at run time: rules may follow this one. */
function restOf(path: readonly Block[]): SegmentTest {
  const block = path.at(-1);
  const tag = block?.segment?.tag ?? block?.loop.name ?? '';
  let matches: readonly SegmentTest[] | null = null;
  return {
    emit(program, segment) {
      return `${program.constant(this)}.holds(c, ${segment})`;
    },
    holds(context, segment) {
      matches ??= (block?.parent?.named.get(tag) ?? [])
        .map((tests) => segmentMatch(tests))
        .filter((match) => match !== null);
      return !matches.some((match) => match.holds(context, segment));
    },
  };
}
