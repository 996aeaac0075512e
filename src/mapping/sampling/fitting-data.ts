import { isList, isObject } from '../../events/json.ts';
import type { Json, JsonObject } from '../../events/types.ts';
import type { Domain } from '../writing/domain.ts';
import { withoutAll } from '../writing/fitting.ts';

/** What is wrong with the document that some data becomes: for each fault the fields that can be blamed, as `data/lines/0/sku`. */
export type FindFaults = (data: JsonObject) => readonly (readonly string[])[];

/** Puts a value into its place in the data; undefined leaves the place empty. */
type Put = (value: Json | undefined) => JsonObject;

const MOST_ROUNDS = 25;

/** The data without the fields that are to blame for faults of its document; null when faults remain. */
export function mended(data: JsonObject, findFaults: FindFaults): JsonObject | null {
  let left = data;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const faults = findFaults(left);
    if (faults.length === 0) return left;
    const smaller = withoutAll(left, faults.flat());
    if (smaller === null || faults.flat().length === 0) return null;
    left = smaller;
  }
  return null;
}

/**
 * The same data with less in it: what is not required and not to be kept goes, if the document stays without a fault. Large
 * fields go first, as a small document is looked at sooner.
 */
export function shrunk(domain: Domain, data: JsonObject, keep: () => boolean, findFaults: FindFaults): JsonObject {
  const isGood = (tried: JsonObject): boolean => findFaults(tried).length === 0;
  const shrink = (of: Domain | undefined, now: Json, required: boolean, put: Put): Json | undefined => {
    if (!required && !keep() && isGood(put(undefined))) return undefined;
    if (isObject(now)) {
      let made: JsonObject = now;
      for (const [name, value] of largestFirst(now)) {
        const around = made;
        const field = of?.kind === 'object' ? of.fields.get(name) : undefined;
        const needed = field?.required === true || Object.keys(around).length === 1;
        const left = shrink(field?.domain, value, needed, (smaller) => put(withField(around, name, smaller)));
        made = withField(around, name, left);
      }
      return made;
    }
    if (isList(now)) {
      const items = of?.kind === 'list' ? of.items : undefined;
      let made: readonly Json[] = now;
      for (let index = now.length - 1; index >= 0; index--) {
        const around = made;
        const entry = around[index];
        if (entry === undefined) continue;
        const left = shrink(items, entry, around.length === 1, (smaller) => put(withEntry(around, index, smaller)));
        made = withEntry(around, index, left);
      }
      return made;
    }
    return now;
  };
  const made = shrink(domain, data, true, (value) => (isObject(value) ? value : {}));
  return isObject(made) ? made : data;
}

function largestFirst(object: JsonObject): readonly (readonly [string, Json])[] {
  return Object.entries(object)
    .map((entry) => ({ entry, size: JSON.stringify(entry).length }))
    .sort((a, b) => b.size - a.size)
    .map(({ entry }) => entry);
}

/** The object with another value of a field, in its place; undefined takes it away. */
function withField(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: _removed, ...others } = object;
  return others;
}

function withEntry(list: readonly Json[], index: number, value: Json | undefined): readonly Json[] {
  return [...list.slice(0, index), ...(value === undefined ? [] : [value]), ...list.slice(index + 1)];
}
