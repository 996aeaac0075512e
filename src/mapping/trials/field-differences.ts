import { isList, isObject } from '../../events/json.ts';
import type { Json } from '../../events/types.ts';

/** A field that is not as it was: absent on one side, or another value. */
export interface FieldDifference {
  /** JSON Pointer from the values compared. */
  readonly pointer: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Where two values differ, field by field. Lists are compared entry by entry; what only one side has is told as a whole. */
export function fieldDifferences(
  before: Json | undefined,
  after: Json | undefined,
  pointer = '',
): readonly FieldDifference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => fieldDifferences(before[name], after[name], `${pointer}/${name}`));
  }
  if (isList(before) && isList(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      fieldDifferences(before[index], after[index], `${pointer}/${index}`),
    ).flat();
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ pointer, before, after }];
}
