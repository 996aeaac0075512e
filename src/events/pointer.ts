import { isList, isObject } from './json.ts';
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

/** Calls `visit` with each value at certain steps, in order. */
export type Visit = (value: Json | undefined, visit: (value: Json) => void) => void;

/** The walk to each value at those steps; `*` goes into every entry of a list. */
export function compileVisit(steps: readonly string[]): Visit {
  const [step, ...others] = steps;
  if (step === undefined) {
    return (value, visit) => {
      if (value !== undefined) visit(value);
    };
  }
  const inside = compileVisit(others);
  if (step === '*') {
    return (value, visit) => {
      if (isList(value)) for (const item of value) inside(item, visit);
    };
  }
  return (value, visit) => {
    const found = isObject(value) ? value[step] : undefined;
    if (found !== undefined) inside(found, visit);
  };
}
