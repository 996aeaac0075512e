import { isObject } from './json.ts';
import type { Json, JsonObject } from './types.ts';

/** The steps of a JSON Pointer whose names need no escapes, as all fields of events. */
export function pointerSteps(pointer: string): readonly string[] {
  return pointer.split('/').slice(1);
}

/** The steps that an `x-place` of a moment says, from the data or from the entry of the list around the moment. */
export function placeOf(pointer: string | null): {
  readonly steps: readonly string[] | null;
  readonly inEntry: boolean;
} {
  const inEntry = pointer !== null && !pointer.startsWith('/');
  return { steps: pointer === null ? null : pointerSteps(inEntry ? `/${pointer}` : pointer), inEntry };
}

/** The value at those steps through objects, undefined when there is none. */
export function valueAt(data: JsonObject, steps: readonly string[]): Json | undefined {
  let value: Json | undefined = data;
  for (const step of steps) value = isObject(value) ? value[step] : undefined;
  return value;
}
