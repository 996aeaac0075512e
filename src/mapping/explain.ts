import type { Structure } from '../edi/structure-types.ts';
import type { CanonicalEvent, Json } from '../events/types.ts';
import type { CompiledMap } from './types.ts';

/** Where one field of an event came from; bytes are of the file, end exclusive, and are `raw`. */
export interface Explanation {
  /** Id of the event. */
  readonly event: string;
  /** JSON Pointer into its data. */
  readonly field: string;
  /** As the event says it: converted, looked up, with its offset. */
  readonly value: Json;
  readonly raw: string;
  readonly map: { readonly file: string; readonly line: number };
  /** File of the overlay when the rule stands in one. */
  readonly overlay: string | null;
  readonly segment: string;
  /** Position of the segment in its document; the header is 1. */
  readonly position: number;
  readonly element: number;
  readonly component: number | null;
  readonly bytes: readonly [number, number];
}

/** Every field of the events that a map made of a document, event by event. */
export function* explain(
  map: CompiledMap,
  structure: Structure,
  events: readonly CanonicalEvent[],
): Generator<Explanation, void> {
  for (const line of map.lineage(structure)) {
    const event = events[line.event];
    if (event === undefined) continue;
    const { field, raw, segment, element, component, bytes } = line;
    yield {
      event: event.id,
      field,
      value: valueAt(event.data, field) ?? line.value,
      raw,
      map: line.map,
      overlay: line.overlay ? line.map.file : null,
      segment: segment.tag,
      position: segment.position,
      element,
      component,
      bytes,
    };
  }
}

/** The value a JSON Pointer leads to. Names in events need no escaping. */
function valueAt(data: Json, pointer: string): Json | undefined {
  let found: Json | undefined = data;
  for (const name of pointer.split('/').slice(1)) {
    if (Array.isArray(found)) found = found[Number(name)];
    else if (typeof found === 'object' && found !== null && !Array.isArray(found)) {
      found = Object.entries(found).find(([key]) => key === name)?.[1];
    } else return undefined;
  }
  return found;
}
