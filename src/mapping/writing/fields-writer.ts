import { isList, isObject } from '../../events/json.ts';
import type { Shape } from '../../events/shape.ts';
import type { Json, JsonObject } from '../../events/types.ts';
import type { Place } from '../../util/problem.ts';
import type { CompileContext } from '../compile-context.ts';
import { isShared, loopsOf } from '../groups.ts';
import type { FieldRule, ListRule, ObjectRule, Rule } from '../rules.ts';
import { type Block, besideBlock, enter, isFault, nameBlocks, stepsOut, type Test } from '../scope.ts';
import { compileAllWriter } from './all-writer.ts';
import { compileConstants } from './constants.ts';
import { cellKey, type DraftInstance, isInstanceSaid } from './draft.ts';
import { enterPath, openPath, outerFrame, type WriteFrame, writeSteps } from './frames.ts';
import type { FieldWriter, WriteRun } from './run.ts';
import { segmentsWithin } from './serialize.ts';
import { compileTotals } from './totals.ts';
import { compileValueWriter } from './value-writer.ts';
import { namedFinding, unsayableFinding } from './write-findings.ts';

type ObjectShape = Extract<Shape, { kind: 'object' }>;

/** Writes the fields of an object into a frame. */
export type ObjectWriter = (run: WriteRun, frame: WriteFrame, value: JsonObject, pointer: string) => void;

/** The fields of an object in two steps: the hints, so that what comes next can heed them, then everything else. */
export interface ObjectSteps {
  readonly hints: ObjectWriter;
  readonly values: ObjectWriter;
}

interface WrittenField {
  readonly name: string;
  readonly rank: number;
  readonly write: FieldWriter;
}

/** Compiles the fields of an object for writing. Rules are known to be good: reading was compiled before. */
export function compileObjectSteps(
  rule: Pick<ObjectRule, 'fields' | 'write'>,
  shape: ObjectShape,
  block: Block,
  context: CompileContext,
): ObjectSteps {
  const fields = rule.fields.flatMap((field) => compileField(field, shape, block, context));
  const written = new Set(fields.map(({ name }) => name));
  const unwritten = [...shape.fields.keys()].filter((name) => !written.has(name));
  const constants = compileConstants(rule.write, block, context);
  const byRank = (from: number, to: number): ObjectWriter => {
    const some = fields.filter(({ rank }) => rank >= from && rank <= to).sort((a, b) => a.rank - b.rank);
    return (run, frame, value, pointer) => {
      for (const { name, write } of some) {
        const field = value[name];
        if (field !== undefined) write(run, frame, field, `${pointer}/${name}`);
      }
    };
  };
  const values = byRank(1, 2);
  return {
    hints: byRank(0, 0),
    values: (run, frame, value, pointer) => {
      values(run, frame, value, pointer);
      for (const name of unwritten) if (value[name] !== undefined) run.unsaid.push(`${pointer}/${name}`);
      constants(run, frame);
    },
  };
}

function compileObjectWriter(
  rule: Pick<ObjectRule, 'fields' | 'write'>,
  shape: ObjectShape,
  block: Block,
  context: CompileContext,
): ObjectWriter {
  const { hints, values } = compileObjectSteps(rule, shape, block, context);
  const totals = compileTotals(rule.write, block, context);
  return (run, frame, value, pointer) => {
    hints(run, frame, value, pointer);
    values(run, frame, value, pointer);
    if (totals !== null) run.totals.push(() => totals(run, frame, () => segmentsWithin(frame.instance)));
  };
}

function compileField(
  { name, rule }: FieldRule,
  shape: ObjectShape,
  block: Block,
  context: CompileContext,
): readonly WrittenField[] {
  const target = shape.fields.get(name);
  if (rule === null || target === undefined || rule.only === 'read') return [];
  const write = compileRule(rule, target.shape, block, context);
  return write === null ? [] : [{ name, rank: rankOf(rule), write }];
}

/**
 * Hints go first, so that a meaning with several codes takes the raw code that was given; a choice among hints goes last,
 * when it is known which elements are there.
 */
function rankOf(rule: Rule): number {
  switch (rule.kind) {
    case 'value':
      return rule.also ? 0 : 1;
    case 'either':
      return rule.alternatives.every(({ also }) => also) ? 2 : 1;
    case 'object':
      return rule.in === null && rule.fields.every((field) => field.rule !== null && rankOf(field.rule) === 0) ? 0 : 1;
    case 'all':
    case 'list':
      return 1;
  }
}

function compileRule(rule: Rule, target: Shape, block: Block, context: CompileContext): FieldWriter | null {
  switch (rule.kind) {
    case 'value':
    case 'either':
      return compileValueWriter(rule, target, block, context);
    case 'all':
      return target.kind === 'list' ? compileAllWriter(rule, target.items, block, context) : null;
    case 'object':
      return target.kind === 'object' ? compileNested(rule, target, block, context) : null;
    case 'list':
      return target.kind === 'list' && target.items.kind === 'object'
        ? compileList(rule, target.items, block, context)
        : null;
  }
}

function compileNested(
  rule: ObjectRule,
  target: ObjectShape,
  block: Block,
  context: CompileContext,
): FieldWriter | null {
  const entrance = compileEntrance(rule.in, block);
  if (entrance === null) return null;
  const fields = compileObjectWriter(rule, target, entrance.block, context);
  return (run, frame, value, pointer) => {
    if (isObject(value)) fields(run, entrance.enter(run, frame), value, pointer);
  };
}

interface Entrance {
  readonly block: Block;
  enter(run: WriteRun, frame: WriteFrame): WriteFrame;
}

function compileEntrance(within: ObjectRule['in'], block: Block): Entrance | null {
  if (within === null) return { block, enter: (_, frame) => frame };
  const path = enter(block, within.value.fromTop, within.value.steps);
  if (isFault(path)) return null;
  nameBlocks(path);
  const steps = writeSteps(path);
  const outwards = stepsOut(block, path);
  return {
    block: path.at(-1) ?? block,
    enter: (run, frame) => enterPath(run, outerFrame(frame, outwards), steps, within.at),
  };
}

function compileList(rule: ListRule, items: ObjectShape, block: Block, context: CompileContext): FieldWriter | null {
  const entrance = compileEntrance(rule.in, block);
  if (entrance === null) return null;
  const base = entrance.block;
  const path = enter(base, rule.each.value.fromTop, rule.each.value.steps);
  if (isFault(path)) return null;
  if (rule.per.length > 0) return compileGroups(rule, items, entrance, path, context);
  if (!rule.rest) nameBlocks(path);
  const beside = rule.with === null ? null : enter(base, rule.with.value.fromTop, rule.with.value.steps);
  if (beside !== null && isFault(beside)) return null;
  if (beside !== null) nameBlocks(beside);
  const own = beside === null ? path.at(-1) : besideBlock(base, path, beside);
  const fields = compileObjectWriter(rule, items, own ?? base, context);
  const openEntry = compileOpening(base, path, rule.each.at);
  const last = path.at(-1);
  return (run, frame, value, pointer) => {
    if (!isList(value)) return;
    const from = entrance.enter(run, frame);
    const open = beside === null ? openEntry : besideOpening(openEntry, base, beside, rule.at, run);
    for (const [index, entry] of value.entries()) {
      if (!isObject(entry)) continue;
      if (path.length === 0 && index > 0) {
        run.findings.push(
          unsayableFinding(`${pointer}/${index}`, entry, rule.each.at, ['there is room for one entry']),
        );
        continue;
      }
      const opened = open(run, from);
      fields(run.within(entry), opened, entry, `${pointer}/${index}`);
      if (run.lines.at(-1)?.isLost(opened) === true) refuseLost(run, entry, `${pointer}/${index}`, rule.each.at);
      if (rule.rest && last !== undefined)
        run.later.push(() => refuseNamed(run, opened, last, `${pointer}/${index}`, rule.each.at));
    }
  };
}

/** Opens entries inside partners of their own (`with`). When one of these is said, all are: their order says whose they are. */
function besideOpening(
  openEntry: ReturnType<typeof compileOpening>,
  base: Block,
  beside: readonly Block[],
  at: Place,
  run: WriteRun,
): ReturnType<typeof compileOpening> {
  const steps = writeSteps(beside);
  const outwards = stepsOut(base, beside);
  const partners: DraftInstance[] = [];
  run.later.push(() => {
    if (partners.some(isInstanceSaid)) for (const partner of partners) partner.wanted = true;
  });
  return (inner, from) => {
    const partner = openPath(inner, outerFrame(from, outwards), steps, at);
    partners.push(partner.instance);
    return { ...openEntry(inner, from), parent: { ...partner, parent: from } };
  };
}

/** An entry of `rest` may not be one that another rule of the block names: reading would give it to that rule. */
function refuseNamed(run: WriteRun, { segment }: WriteFrame, block: Block, pointer: string, at: Place): void {
  const tag = block.segment?.tag ?? block.loop.name;
  const isNamed = (tests: readonly Test[]): boolean =>
    tests.length > 0 &&
    tests.every(
      ({ positions, component, codes, not }) =>
        positions.some((position) => codes.includes(segment?.cells.get(cellKey(position, component))?.text ?? '')) !==
        not,
    );
  const named = block.parent?.named.get(tag)?.find(isNamed);
  if (named !== undefined)
    run.findings.push(
      namedFinding(
        pointer,
        tag,
        named.flatMap(({ codes }) => codes),
        at,
      ),
    );
}

/** A new block for an entry of a list: all loops and segments of its path anew. */
export function compileOpening(
  base: Block,
  path: readonly Block[],
  at: Place,
): (run: WriteRun, from: WriteFrame) => WriteFrame {
  const steps = writeSteps(path);
  const outwards = stepsOut(base, path);
  const isLoop = path.at(-1)?.segment === null;
  return (run, from) => {
    const frame = openPath(run, outerFrame(from, outwards), steps, at);
    if (isLoop) frame.instance.wanted = true;
    else if (frame.segment !== null) frame.segment.demanded = true;
    return frame;
  };
}

/** What stands in no line says nowhere which entry of `per` it belongs to. */
function refuseLost(run: WriteRun, entry: JsonObject, pointer: string, at: Place): void {
  run.findings.push(unsayableFinding(pointer, entry, at, ['it has no line that would name the entry it belongs to']));
}

/** `per`: the key of an entry is said in each line that the entry opens, wherever its rules open one. */
function compileGroups(
  rule: ListRule,
  items: ObjectShape,
  entrance: Entrance,
  path: readonly Block[],
  context: CompileContext,
): FieldWriter {
  const line = path.at(-1) ?? entrance.block;
  const names = new Set(rule.per.map(({ name }) => name));
  const keys = rule.per.flatMap((field) => compileField(field, items, line, context));
  const others = { kind: 'object', fields: new Map([...items.fields].filter(([name]) => !names.has(name))) } as const;
  const fields = compileObjectWriter(rule, others, entrance.block, context);
  const loops = loopsOf(path);
  return (run, frame, value, pointer) => {
    if (!isList(value)) return;
    const from = entrance.enter(run, frame);
    const keyOf = (entry: Json): string => JSON.stringify(isObject(entry) ? keys.map(({ name }) => entry[name]) : '');
    for (const [index, entry] of sortedEntries(value, keyOf)) {
      if (!isObject(entry)) continue;
      const at = `${pointer}/${index}`;
      const opened = new Set<DraftInstance>();
      const open = (inner: WriteFrame): void => {
        opened.add(inner.instance);
        for (const { name, write } of keys) {
          const key = entry[name];
          if (key !== undefined) write(run, inner, key, `${at}/${name}`);
        }
      };
      const isLost = ({ instance, parent }: WriteFrame): boolean =>
        loops.has(instance.node) && standsAlone(parent, from) && !hasAny(instance, opened);
      run.lines.push({ loop: line.loop, open, isLost });
      fields(
        run.within(entry),
        from,
        Object.fromEntries(Object.entries(entry).filter(([name]) => !names.has(name))),
        at,
      );
      run.lines.pop();
      const keyless = keys.every(({ name }) => entry[name] === undefined);
      if (opened.size === 0 || keyless) refuseLost(run, entry, at, rule.each.at);
    }
  };
}

/**
 * The entries with their indexes, by key: which of them a document names first depends on where their lines stand, so their order
 * says nothing, and the same entries make the same document.
 */
function sortedEntries(entries: readonly Json[], keyOf: (entry: Json) => string): readonly (readonly [number, Json])[] {
  const keyed = entries.map((entry, index) => ({ index, entry, key: keyOf(entry) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ index, entry }) => [index, entry]);
}

/** True right below the block of the entries, and in a loop that they share: see `shareOut`. */
function standsAlone(parent: WriteFrame | null, from: WriteFrame): boolean {
  return parent === from || (parent?.parent === from && isShared(from.instance.node, 1));
}

function hasAny(instance: DraftInstance, wanted: ReadonlySet<DraftInstance>): boolean {
  return wanted.has(instance) || instance.children.some((child) => hasAny(child, wanted));
}
