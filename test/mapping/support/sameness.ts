import { isList, isObject } from '../../../src/events/json.ts';
import type { Json, JsonObject } from '../../../src/events/types.ts';
import type { Domain } from '../../../src/mapping/writing/domain.ts';

/**
 * Where two events differ, as `pointer: wanted, got`, of all that the domain of a map can say. Written apart from the
 * comparison that the program makes, so that the one can show a fault of the other.
 */
export function unlike(domain: Domain, wanted: JsonObject, got: JsonObject): readonly string[] {
  const left = new Map<string, string>();
  const right = new Map<string, string>();
  addLeaves(domain, wanted, '', left);
  addLeaves(domain, got, '', right);
  const pointers = [...new Set([...left.keys(), ...right.keys()])];
  return pointers
    .filter((pointer) => left.get(pointer) !== right.get(pointer))
    .map((pointer) => `${pointer}: ${left.get(pointer) ?? 'absent'}, got ${right.get(pointer) ?? 'absent'}`);
}

/** Adds every value under its pointer. Instants are told by their number, entries of sets in the order of their keys. */
function addLeaves(domain: Domain, value: Json | undefined, pointer: string, leaves: Map<string, string>): void {
  if (value === undefined) return;
  switch (domain.kind) {
    case 'object':
      for (const [name, field] of domain.fields)
        addLeaves(field.domain, fieldOf(value, name), `${pointer}/${name}`, leaves);
      return;
    case 'list': {
      const entries = isList(value) ? value : [];
      const keyOf = (entry: Json): string => JSON.stringify(domain.keys.map((key) => fieldOf(entry, key) ?? null));
      const ordered =
        domain.keys.length === 0 ? entries : entries.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b), 'en'));
      for (const [index, entry] of ordered.entries()) addLeaves(domain.items, entry, `${pointer}/${index}`, leaves);
      return;
    }
    case 'moment':
      leaves.set(pointer, typeof value === 'string' && value.length > 10 ? String(Date.parse(value)) : String(value));
      return;
    case 'one-of': {
      const [first] = domain.domains;
      if (first !== undefined) addLeaves(first, value, pointer, leaves);
      return;
    }
    case 'choice':
    case 'text':
    case 'number':
      leaves.set(pointer, JSON.stringify(value));
  }
}

function fieldOf(value: Json, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
