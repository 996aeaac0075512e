import type { Json, JsonObject } from '../../../src/events/types.ts';
import type { Domain } from '../../../src/mapping/writing/domain.ts';

/**
 * Where two events differ, as `pointer: wanted, got`, of all that the domain of a map can say. Written apart from the
 * comparison that the program makes, so that the one can show a fault of the other.
 */
export function unlike(domain: Domain, wanted: JsonObject, got: JsonObject): readonly string[] {
  const left = leavesOf(domain, wanted);
  const right = leavesOf(domain, got);
  const pointers = [...new Set([...left.keys(), ...right.keys()])];
  return pointers
    .filter((pointer) => left.get(pointer) !== right.get(pointer))
    .map((pointer) => `${pointer}: ${left.get(pointer) ?? 'absent'}, got ${right.get(pointer) ?? 'absent'}`);
}

/** Every value under its pointer. Instants are told by their number, entries of sets in the order of their keys. */
function leavesOf(domain: Domain, value: Json | undefined, pointer = ''): Map<string, string> {
  if (value === undefined) return new Map();
  switch (domain.kind) {
    case 'object':
      return merged(
        [...domain.fields].map(([name, field]) => leavesOf(field.domain, fieldOf(value, name), `${pointer}/${name}`)),
      );
    case 'list': {
      const entries = Array.isArray(value) ? value : [];
      const keyOf = (entry: Json): string => JSON.stringify(domain.keys.map((key) => fieldOf(entry, key) ?? null));
      const ordered =
        domain.keys.length === 0 ? entries : entries.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b), 'en'));
      return merged(ordered.map((entry, index) => leavesOf(domain.items, entry, `${pointer}/${index}`)));
    }
    case 'moment':
      return new Map([
        [pointer, typeof value === 'string' && value.length > 10 ? String(Date.parse(value)) : String(value)],
      ]);
    case 'one-of': {
      const [first] = domain.domains;
      return first === undefined ? new Map() : leavesOf(first, value, pointer);
    }
    case 'choice':
    case 'text':
    case 'number':
      return new Map([[pointer, JSON.stringify(value)]]);
  }
}

function fieldOf(value: Json, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function merged(maps: readonly Map<string, string>[]): Map<string, string> {
  return new Map(maps.flatMap((map) => [...map]));
}
