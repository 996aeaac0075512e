import type { Dictionary } from '../edi/dictionary/types.ts';
import { partRange } from '../edi/part-text.ts';
import { decode, type Segments } from '../edi/segments.ts';
import type { Json, JsonObject } from '../events/types.ts';
import type { Place } from '../util/problem.ts';
import type { Recorder, TextPlace } from './frame.ts';
import type { MapSource, ObjectRule, Rule, WriteRule } from './rules.ts';
import type { FieldLineage, MapReading } from './types.ts';

/** Elements that the engine makes and no map reads: envelope, hierarchy and line counters, totals. */
const ENGINE_MADE: ReadonlyMap<string, readonly number[] | 'all'> = new Map<string, readonly number[] | 'all'>([
  ['ST', 'all'],
  ['SE', 'all'],
  ['UNH', 'all'],
  ['UNT', 'all'],
  ['HL', 'all'],
  ['CTT', 'all'],
  ['LX', [1]],
  ['LIN', [1]],
  ['SN1', [1]],
  ['S5', [1]],
]);

/** More than a segment has elements: segment and element as one number. */
const STRIDE = 2048;

/** Segments and elements that no rule read: `MEA(01=WT)`, `L11(02=IV)`, `PRF02`; each once, in document order. */
export function recordUnread(
  segments: Segments,
  source: MapSource,
  dictionary: Dictionary,
  run: (recorder: Recorder) => unknown,
): readonly string[] {
  const read = new Set<number>();
  const tested = new Set<number>();
  run({
    touch: (segment, element) => read.add(segment * STRIDE + element),
    test: (segment, element) => tested.add(segment * STRIDE + element),
    value: () => {},
    enter: () => {},
    leave: () => {},
  });
  const written = writtenTargets(source.data);
  const qualifiers = new Map([...tested].map((at) => [segments.tag(Math.floor(at / STRIDE)), at % STRIDE]));
  const unread = new Set<string>();
  for (let segment = 0; segment < segments.count; segment++) {
    const tag = segments.tag(segment);
    const made = ENGINE_MADE.get(tag);
    if (made === 'all') continue;
    const elements = Array.from({ length: segments.elementCount(segment) }, (_, index) => index + 1).filter((element) =>
      segments.has(segment, element),
    );
    const isRead = (element: number): boolean => read.has(segment * STRIDE + element);
    const isTested = (element: number): boolean => tested.has(segment * STRIDE + element);
    const missed = elements.filter(
      (element) =>
        !isRead(element) &&
        !isTested(element) &&
        made?.includes(element) !== true &&
        !written.has(`${tag}${twoDigits(element)}`),
    );
    if (missed.length === 0) continue;
    if (elements.some(isRead)) for (const element of missed) unread.add(`${tag}${twoDigits(element)}`);
    else unread.add(wholeSegment(segments, segment, qualifiers.get(tag) ?? 1, dictionary));
  }
  return [...unread];
}

/** A segment of which nothing was read, with its qualifier where that element holds a code. */
function wholeSegment(segments: Segments, segment: number, qualifier: number, dictionary: Dictionary): string {
  const tag = segments.tag(segment);
  const code = segments.text(segment, qualifier);
  const use = dictionary.segment(tag)?.elements[qualifier - 1];
  return use?.element.type === 'ID' && code !== '' ? `${tag}(${twoDigits(qualifier)}=${code})` : tag;
}

function twoDigits(element: number): string {
  return String(element).padStart(2, '0');
}

/** Elements that a `write` block fills when writing: known to the map, though not read. */
function writtenTargets(data: ObjectRule): ReadonlySet<string> {
  const targets = new Set<string>();
  const add = (rules: readonly WriteRule[]): void => {
    for (const { target } of rules) targets.add(`${target.value.word}${target.value.element ?? ''}`);
  };
  const visit = (rule: Rule | null): void => {
    if (rule?.kind !== 'object' && rule?.kind !== 'list') return;
    add(rule.write);
    for (const field of rule.fields) visit(field.rule);
  };
  visit(data);
  return targets;
}

/** Every value of every event with its rule and its bytes, event by event in the order of reading. */
export function recordLineage(
  segments: Segments,
  overlay: string | null,
  run: (recorder: Recorder) => MapReading,
): readonly FieldLineage[] {
  const lines = new Map<number, FieldLineage[]>();
  const path: (string | number)[] = [];
  const reading = run({
    touch: () => {},
    test: () => {},
    enter: (name) => path.push(name),
    leave: () => path.pop(),
    value: (at, value, parts) => {
      const line = path.length < 2 ? null : lineageOf(segments, overlay, path, at, value, parts);
      if (line === null) return;
      const of = lines.get(line.event);
      if (of === undefined) lines.set(line.event, [line]);
      else of.push(line);
    },
  });
  // An event said again as another type shares its data, and so its lineage.
  const source = new Map<JsonObject, number>();
  for (const [event, { data }] of reading.events.entries()) if (!source.has(data)) source.set(data, event);
  return reading.events.flatMap(({ data }, event) =>
    (lines.get(source.get(data) ?? event) ?? []).map((line) => ({ ...line, event })),
  );
}

function lineageOf(
  segments: Segments,
  overlay: string | null,
  path: readonly (string | number)[],
  at: Place,
  value: Json & (string | number),
  parts: readonly TextPlace[],
): FieldLineage | null {
  const ranges = parts
    .map((part) => ({ ...part, range: partRange(segments, part.segment, part.element, part.component) }))
    .filter(({ range }) => range[1] > range[0]);
  const [first] = ranges;
  const last = ranges.filter(({ segment }) => segment === first?.segment).at(-1);
  const [event, ...field] = path;
  if (first === undefined || last === undefined || typeof event !== 'number') return null;
  const [start, end] = [first.range[0], last.range[1]];
  return {
    event,
    field: field.map((name) => `/${name}`).join(''),
    value,
    raw: decode(segments.bytes, start, end),
    map: { file: at.file, line: at.line },
    overlay: overlay !== null && at.file === overlay,
    segment: { position: first.segment + 1, tag: segments.tag(first.segment) },
    element: first.element,
    component: first.component,
    bytes: [segments.base + start, segments.base + end],
  };
}
