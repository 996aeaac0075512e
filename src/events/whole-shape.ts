import { definition, resolved } from './bodies.ts';
import { entriesOf, isObject, textsOf } from './json.ts';
import type { Json, JsonObject } from './types.ts';

/** The pattern of every text in the schemas: no blank at either end. */
export const NO_BLANK_AT_THE_ENDS = String.raw`^\S([\s\S]*\S)?$`;

/** Keywords that ask nothing of a value. */
const ANNOTATIONS: ReadonlySet<string> = new Set(['$schema', '$id', 'title', 'description', 'examples']);

/** What each keyword may say so that a value of the right shape, which is not empty, keeps it. */
const KEPT: Readonly<Record<string, (value: Json, schema: JsonObject) => boolean>> = {
  type: (type) => typeof type === 'string' && ['object', 'array', 'string', 'number', 'boolean'].includes(type),
  properties: (properties) => entriesOf(properties).every(([, field]) => isWholeShape(field)),
  required: (names, { properties }) =>
    textsOf(names).every((name) => isObject(properties) && Object.hasOwn(properties, name)),
  additionalProperties: (others) => others === false,
  minProperties: (count) => count === 1,
  items: isWholeShape,
  minItems: (count) => count === 1,
  minLength: (count) => count === 1,
  pattern: (pattern) => pattern === NO_BLANK_AT_THE_ENDS,
  format: (format) => format === 'moment',
  enum: (words, { type }) => type === 'string' && textsOf(words).length > 0,
};

/**
 * True where the shape of a schema (see `Shape`) says all that it asks, but for texts and lists that say something: what has that
 * shape need not be validated.
 */
export function isWholeShape(reference: Json): boolean {
  if (!isObject(reference) || !overridesNothing(reference)) return false;
  const schema = resolved(reference);
  return entriesOf(schema).every(
    ([keyword, value]) =>
      ANNOTATIONS.has(keyword) || keyword.startsWith('x-') || KEPT[keyword]?.(value, schema) === true,
  );
}

/** A keyword beside a `$ref` counts as well as that of the definition; a shape knows only the first of the two. */
function overridesNothing({ $ref, ...beside }: JsonObject): boolean {
  if (typeof $ref !== 'string') return true;
  const named = resolved(definition($ref.slice($ref.lastIndexOf('/') + 1)));
  return Object.entries(beside).every(
    ([keyword, value]) =>
      ANNOTATIONS.has(keyword) ||
      named[keyword] === undefined ||
      JSON.stringify(named[keyword]) === JSON.stringify(value),
  );
}
