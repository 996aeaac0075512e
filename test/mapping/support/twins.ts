import type { Json, JsonObject } from '../../../src/events/types.ts';

/** A field that one of two twins cannot say, by its pointer (`*` for any entry), and why; with `only` it is that value alone. */
export type Loss = readonly [field: string, reason: string, only?: (value: Json) => boolean];

export interface Twins {
  readonly from: string;
  readonly to: string;
  /** Maps of other releases, of which the same is true. */
  readonly as?: readonly string[];
  readonly losses: readonly Loss[];
  /** Event types that the second standard has no code for. */
  readonly lostTypes?: readonly string[];
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
