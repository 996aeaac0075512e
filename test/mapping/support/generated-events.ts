import fc, { type Arbitrary } from 'fast-check';
import { isObject } from '../../../src/events/json.ts';
import type { Json, JsonObject } from '../../../src/events/types.ts';
import type { MapSource } from '../../../src/mapping/rules.ts';
import type { CompiledMap } from '../../../src/mapping/types.ts';
import type { Domain } from '../../../src/mapping/writing/domain.ts';
import type { EventToWrite, WriteContext } from '../../../src/mapping/writing/types.ts';
import { momentOf, numberOf, textOf } from './generated-values.ts';

type ObjectDomain = Extract<Domain, { kind: 'object' }>;

const MOST = 99;

/** How much of its domain an event says. */
interface Fullness {
  /** Of a hundred fields that may be absent so many are there: at the top, and inside. */
  readonly present: readonly [number, number];
  /** Entries of a list at the most, where lists are not deep in others. */
  readonly entries: number;
}

const SPARSE: Fullness = { present: [30, 25], entries: 2 };
const HALF: Fullness = { present: [60, 45], entries: 3 };
/** Any field may be absent all the same, or a counterexample could not be made smaller. */
const FULL: Fullness = { present: [MOST, 90], entries: 1 };
/** Deeper than this, lists are short and fields few, so that events stay of a size. */
const DEEP = 4;
/** Entries of the one list of an event that is long. */
const LONG = 40;

/** Places whose clock is known, and one that has several: local times are told by them. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  state: ['CA', 'NY', 'HI', 'TX', 'NS', 'ROO'],
  country: ['US', 'CA', 'MX', 'DE', 'IN', 'ES'],
};

/** Zones of partners, one of which is not whole hours from another and one of which moves its clock by half an hour. */
export const contexts: Arbitrary<WriteContext> = fc
  .constantFrom(null, null, 'America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe')
  .map((timezone) => ({ timezone }));

/** Events that a map should be able to write: with little in them, with half, with everything, and with one long list. */
export function eventsOf({ source, document, writer }: CompiledMap): Arbitrary<EventToWrite> {
  const { codedTypes } = writer;
  const domain = knownBy(writer.domain, source, document.tree?.having ?? []);
  const lists = listsOf(domain, []);
  const data = fc.oneof(
    { weight: 20, arbitrary: objectOf(domain, SPARSE, 0) },
    { weight: 16, arbitrary: objectOf(domain, HALF, 0) },
    { weight: 3, arbitrary: objectOf(domain, FULL, 0) },
    ...(lists.length === 0 ? [] : [{ weight: 1, arbitrary: withLongList(domain, lists) }]),
  );
  return fc.record({ type: fc.constantFrom(...codedTypes), data });
}

function withLongList(domain: ObjectDomain, lists: readonly (readonly string[])[]): Arbitrary<JsonObject> {
  return fc.constantFrom(...lists).chain((path) => objectOf(domain, SPARSE, 0, path));
}

/** A domain in which the fields are required that say by what a document of JSON or CSV is known (`having:`). */
function knownBy(domain: ObjectDomain, { data }: MapSource, having: readonly string[]): ObjectDomain {
  const saying = data.fields.filter(
    ({ rule }) => rule?.kind === 'value' && rule.parts.some(({ value }) => having.includes(value.text)),
  );
  const names = saying.map(({ name }) => name);
  const fields = [...domain.fields].map(
    ([name, field]) => [name, names.includes(name) ? { ...field, required: true } : field] as const,
  );
  return { ...domain, fields: new Map(fields) };
}

/** The ways to every list of objects, by the names of fields. */
function listsOf(domain: Domain, path: readonly string[]): readonly (readonly string[])[] {
  switch (domain.kind) {
    case 'object':
      return [...domain.fields].flatMap(([name, field]) => listsOf(field.domain, [...path, name]));
    case 'list':
      return domain.items.kind === 'object' && path.length < DEEP ? [path, ...listsOf(domain.items, path)] : [];
    default:
      return [];
  }
}

/** `long` is the way to a list that has many entries, where the event has one. */
function objectOf(
  domain: ObjectDomain,
  fullness: Fullness,
  depth: number,
  long?: readonly string[],
): Arbitrary<JsonObject> {
  const [atTop, inside] = fullness.present;
  const share = depth >= DEEP ? 25 : depth === 0 ? atTop : inside;
  // Of few fields one at least is there, or most objects would be none.
  const present = Math.max(share, Math.min(MOST, Math.round(80 / domain.fields.size)));
  const [next, ...onward] = long ?? [];
  const entries = [...domain.fields].map(([name, field]) => {
    const value = placeOr(
      name,
      field.domain,
      valuesOf(field.domain, fullness, depth + 1, name === next ? onward : undefined),
    );
    return [name, field.required || name === next ? value : maybe(value, present)] as const;
  });
  return fc
    .record(Object.fromEntries(entries))
    .map((object) =>
      Object.fromEntries(
        Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
    )
    .filter((object) => Object.keys(object).length > 0);
}

function maybe(value: Arbitrary<Json>, present: number): Arbitrary<Json | undefined> {
  const absent = { weight: 100 - present, arbitrary: fc.constant(undefined) };
  return fc.oneof({ withCrossShrink: true }, absent, { weight: present, arbitrary: value });
}

function placeOr(name: string, domain: Domain, value: Arbitrary<Json>): Arbitrary<Json> {
  const known = PLACES[name]?.filter(
    ({ length }) => domain.kind === 'text' && length >= domain.min && length <= domain.max,
  );
  return known === undefined || known.length === 0 ? value : fc.oneof(fc.constantFrom(...known), value);
}

function valuesOf(domain: Domain, fullness: Fullness, depth: number, long?: readonly string[]): Arbitrary<Json> {
  switch (domain.kind) {
    case 'object':
      return objectOf(domain, fullness, depth, long);
    case 'list':
      return listOf(domain, fullness, depth, long);
    case 'choice':
      return fc.constantFrom(...domain.values);
    case 'text':
      return textOf(domain);
    case 'number':
      return numberOf(domain);
    case 'moment':
      return momentOf(domain);
    case 'one-of':
      return fc.oneof(...domain.domains.map((each) => valuesOf(each, fullness, depth)));
  }
}

function listOf(
  { items, most, keys }: Extract<Domain, { kind: 'list' }>,
  fullness: Fullness,
  depth: number,
  long?: readonly string[],
): Arbitrary<Json> {
  const isLong = long?.length === 0;
  const onTheWay = long !== undefined && !isLong;
  const entries = onTheWay ? 1 : isLong ? LONG : Math.min(fullness.entries, depth > DEEP - 1 ? 2 : fullness.entries);
  const maxLength = Math.min(most, entries);
  const options = { minLength: isLong ? Math.min(most, LONG / 2) : 1, maxLength, size: 'max' } as const;
  const entry = valuesOf(items, isLong ? SPARSE : fullness, depth, onTheWay ? long : undefined);
  if (keys.length === 0) return fc.array(entry, options);
  const keyOf = (value: Json): string =>
    JSON.stringify(keys.map((key) => (isObject(value) ? value[key] : null) ?? null));
  return fc.uniqueArray(entry, { ...options, selector: keyOf });
}
