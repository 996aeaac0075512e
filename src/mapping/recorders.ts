import { partRange } from '../edi/part-text.ts';
import { decode, type Segments } from '../edi/segments.ts';
import type { Json } from '../events/types.ts';
import type { Place } from '../util/problem.ts';
import type { Recorder, TextPlace } from './frame.ts';
import type { MapSource, ObjectRule, Rule, WriteRule } from './rules.ts';
import type { FieldLineage, MapReading } from './types.ts';

/** Elements that the engine makes and no map reads: envelope, hierarchy and line counters, totals. */
const ENGINE_MADE: Readonly<Record<string, readonly number[] | 'all'>> = {
  ST: 'all',
  SE: 'all',
  UNH: 'all',
  UNT: 'all',
  HL: 'all',
  CTT: 'all',
  LX: [1],
  LIN: [1],
  SN1: [1],
  S5: [1],
};

/** Segments and elements that no rule read: `MEA`, `REF(01=IV)`, `PRF02`; each once, in document order. */
export function recordUnread(
  segments: Segments,
  source: MapSource,
  run: (recorder: Recorder) => unknown,
): readonly string[] {
  const touched = new Set<number>();
  const stride = 2048;
  run({
    touch: (segment, element) => touched.add(segment * stride + element),
    value: () => {},
    enter: () => {},
    leave: () => {},
  });
  const written = writtenTargets(source.data);
  const unread = new Set<string>();
  for (let segment = 0; segment < segments.count; segment++) {
    const tag = segments.tag(segment);
    const made = ENGINE_MADE[tag];
    if (made === 'all') continue;
    const missed: number[] = [];
    let some = false;
    for (let element = 1; element <= segments.elementCount(segment); element++) {
      if (!segments.has(segment, element)) continue;
      if (touched.has(segment * stride + element)) some = true;
      else if (made?.includes(element) !== true && !written.has(`${tag}${String(element).padStart(2, '0')}`))
        missed.push(element);
    }
    const qualifier = segments.text(segment, 1);
    const whole =
      missed.length > 0 &&
      (!some || (missed[0] === 2 && missed.length >= 1 && onlyQualifier(touched, segment, stride, segments)));
    if (whole) unread.add(/^[A-Z0-9]{1,3}$/.test(qualifier) ? `${tag}(01=${qualifier})` : tag);
    else for (const element of missed) unread.add(`${tag}${String(element).padStart(2, '0')}`);
  }
  return [...unread];
}

/** True when only the qualifier was looked at (as a condition), and nothing of the segment was read. */
function onlyQualifier(touched: ReadonlySet<number>, segment: number, stride: number, segments: Segments): boolean {
  for (let element = 2; element <= segments.elementCount(segment); element++) {
    if (touched.has(segment * stride + element)) return false;
  }
  return true;
}

/** Elements that a `write` block fills when writing: known to the map, though not read. */
function writtenTargets(data: ObjectRule): ReadonlySet<string> {
  const targets = new Set<string>();
  const add = (rules: readonly WriteRule[]): void => {
    for (const { target } of rules) targets.add(`${target.value.word}${target.value.element ?? ''}`);
  };
  const visit = (rule: Rule): void => {
    if (rule.kind !== 'object' && rule.kind !== 'list') return;
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
  const lines: FieldLineage[] = [];
  const path: (string | number)[] = [];
  const reading = run({
    touch: () => {},
    enter: (name) => path.push(name),
    leave: () => path.pop(),
    value: (at, value, parts) => {
      const line = path.length < 2 ? null : lineageOf(segments, overlay, path, at, value, parts);
      if (line !== null) lines.push(line);
    },
  });
  // An event said again as another type shares its data, and so its lineage.
  return reading.events.flatMap(({ data }, event) => {
    const source = reading.events.findIndex((other) => other.data === data);
    return lines.filter((line) => line.event === source).map((line) => ({ ...line, event }));
  });
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
