import { partRange } from '../edi/part-text.ts';
import { decode, type Segments } from '../edi/segments.ts';
import type { Json, JsonObject } from '../events/types.ts';
import type { Place } from '../util/problem.ts';
import type { Recorder, TextPlace } from './frame.ts';
import type { FieldLineage, MapReading } from './types.ts';

/** Every value of every event with its rule and its bytes, event by event in the order of reading. */
export function recordLineage(
  segments: Segments,
  overlay: string | null,
  run: (recorder: Recorder) => MapReading,
): readonly FieldLineage[] {
  const lines = new Map<number, FieldLineage[]>();
  const path: (string | number)[] = [];
  const reading = run({
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
    .map((part) => ({
      ...part,
      range: partRange(segments, part.segment, part.element, part.component, part.repetition),
    }))
    .filter(({ range }) => range[1] > range[0]);
  const [first] = ranges;
  const [event, ...field] = path;
  if (first === undefined || typeof event !== 'number') return null;
  const together = ranges.filter(({ segment }) => segment === first.segment).map(({ range }) => range);
  const start = Math.min(...together.map(([from]) => from));
  const end = Math.max(...together.map(([, to]) => to));
  return {
    event,
    field: field.map((name) => `/${name}`).join(''),
    value,
    raw: decode(segments.bytes, start, end, segments.delimiters.charset),
    map: { file: at.file, line: at.line },
    overlay: overlay !== null && at.file === overlay,
    segment: { position: first.segment + 1, tag: segments.tag(first.segment) },
    element: first.element,
    component: first.component,
    bytes: [segments.base + start, segments.base + end],
  };
}
