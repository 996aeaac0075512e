import { isList, isObject } from '../../events/json.ts';
import type { Json } from '../../events/types.ts';
import { unequalRuns } from './list-alignment.ts';

/** A field that is not as it was: absent on one side, or another value. */
export interface FieldDifference {
  /** JSON Pointer from the values compared. */
  readonly pointer: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * Where two values differ, field by field. Of lists the entries are compared that stand between those that are equal, so that
 * an entry put in between is one difference. What only one side has is told as a whole.
 */
export function fieldDifferences(
  before: Json | undefined,
  after: Json | undefined,
  pointer = '',
): readonly FieldDifference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => fieldDifferences(before[name], after[name], `${pointer}/${name}`));
  }
  if (isList(before) && isList(after)) return listDifferences(before, after, pointer);
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ pointer, before, after }];
}

/** The place of an entry is that of the second list, or of the first where the second has no such entry. */
function listDifferences(before: readonly Json[], after: readonly Json[], pointer: string): readonly FieldDifference[] {
  const [left, right] = [before, after].map((list) => list.map((entry) => JSON.stringify(entry)));
  return unequalRuns(left ?? [], right ?? []).flatMap((run) =>
    Array.from({ length: Math.max(run.before.count, run.after.count) }, (_, index) => {
      const old = index < run.before.count ? before[run.before.from + index] : undefined;
      const now = index < run.after.count ? after[run.after.from + index] : undefined;
      const place = now === undefined ? run.before.from + index : run.after.from + index;
      return fieldDifferences(old, now, `${pointer}/${place}`);
    }).flat(),
  );
}
