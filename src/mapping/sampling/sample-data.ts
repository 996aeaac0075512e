import { isObject } from '../../events/json.ts';
import type { Json, JsonObject } from '../../events/types.ts';
import type { Random } from '../../util/random.ts';
import type { Domain } from '../writing/domain.ts';
import { sampleMoment, sampleNumber, sampleText } from './sample-values.ts';

type ObjectDomain = Extract<Domain, { kind: 'object' }>;

const MOST_ENTRIES = 3;

/** Data with every field, as a map may be able to write it; fields may still meet in one element. */
export function sampleData(domain: ObjectDomain, random: Random): JsonObject {
  return objectOf(domain, '', random) ?? {};
}

function objectOf(domain: ObjectDomain, name: string, random: Random): JsonObject | undefined {
  const entries = [...domain.fields].flatMap(([field, { domain: of }]): readonly (readonly [string, Json])[] => {
    const value = sampleOf(of, field, name, random);
    return value === undefined ? [] : [[field, value]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function sampleOf(domain: Domain, name: string, owner: string, random: Random): Json | undefined {
  switch (domain.kind) {
    case 'object':
      return objectOf(domain, name, random);
    case 'list':
      return listOf(domain, name, random);
    case 'choice':
      return pickOne(domain.values, random);
    case 'text':
      return sampleText(name, owner, domain, random);
    case 'number':
      return sampleNumber(name === 'value' ? owner : name, domain, random);
    case 'moment':
      return sampleMoment(domain, random);
    case 'one-of': {
      const chosen = pickOne(domain.domains, random);
      return chosen === undefined ? undefined : sampleOf(chosen, name, owner, random);
    }
  }
}

/** Entries of a list; where keys tell them apart, no two have the same. */
function listOf(
  { items, most, keys }: Extract<Domain, { kind: 'list' }>,
  name: string,
  random: Random,
): readonly Json[] | undefined {
  const wanted = Math.min(most, 1 + random.below(MOST_ENTRIES));
  const entries = new Map<string, Json>();
  for (let index = 0; index < wanted; index++) {
    const entry = sampleOf(items, name, name, random);
    if (entry === undefined) continue;
    const key =
      keys.length === 0 || !isObject(entry) ? String(index) : JSON.stringify(keys.map((field) => entry[field] ?? null));
    if (!entries.has(key)) entries.set(key, entry);
  }
  return entries.size === 0 ? undefined : [...entries.values()];
}

function pickOne<Value>([first, ...others]: readonly Value[], random: Random): Value | undefined {
  return first === undefined ? undefined : random.pick([first, ...others]);
}
