import { isDeepStrictEqual } from 'node:util';
import { entriesOf, isObject, textsOf } from '../../src/events/json.ts';
import type { Json, JsonObject } from '../../src/events/types.ts';

/** What a consumer of the older schema would stumble over in events of the newer one; empty when nothing. */
export function breakingChanges(before: JsonObject, after: JsonObject): readonly string[] {
  const rules = ['x-subject', 'x-time']
    .filter((rule) => !isDeepStrictEqual(before[rule], after[rule]))
    .map((rule) => `${rule} changed`);
  return [...rules, ...compare('', before, after, before, after)];
}

function compare(pointer: string, from: Json, to: Json, before: JsonObject, after: JsonObject): readonly string[] {
  const [old, now] = [target(before, from), target(after, to)];
  const at = pointer === '' ? '/' : pointer;
  const changes = ['type', 'format']
    .filter((key) => old[key] !== now[key])
    .map((key) => `${at} ${key} changed from ${String(old[key])} to ${String(now[key])}`);
  const values = old.enum === undefined ? [] : textsOf(old.enum).filter((value) => !textsOf(now.enum).includes(value));
  const [wasRequired, isRequired] = [textsOf(old.required), textsOf(now.required)];
  const fields = entriesOf(old.properties).flatMap(([name, field]) => {
    const newer = isObject(now.properties) ? now.properties[name] : undefined;
    return newer === undefined
      ? [`${pointer}/${name} is gone`]
      : compare(`${pointer}/${name}`, field, newer, before, after);
  });
  const items = old.items === undefined ? [] : compare(`${pointer}/*`, old.items, now.items ?? {}, before, after);
  return [
    ...changes,
    ...values.map((value) => `${at} no longer allows ${value}`),
    ...(old.enum === undefined && now.enum !== undefined ? [`${at} became a closed list`] : []),
    ...isRequired.filter((name) => !wasRequired.includes(name)).map((name) => `${pointer}/${name} became required`),
    ...wasRequired.filter((name) => !isRequired.includes(name)).map((name) => `${pointer}/${name} became optional`),
    ...fields,
    ...items,
  ];
}

/** A schema with the definition it refers to laid under it. */
function target(root: JsonObject, schema: Json): JsonObject {
  if (!isObject(schema)) return {};
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/$defs/', '') : undefined;
  if (name === undefined || !isObject(root.$defs)) return schema;
  return { ...target(root, root.$defs[name] ?? {}), ...schema };
}
