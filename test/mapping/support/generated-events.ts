import fc, { type Arbitrary } from 'fast-check';
import type { Json, JsonObject } from '../../../src/events/types.ts';
import type { MapWriter } from '../../../src/mapping/writing/compile-writer.ts';
import type { Domain } from '../../../src/mapping/writing/domain.ts';
import type { EventToWrite } from '../../../src/mapping/writing/types.ts';

/** Letters, digits, signs and letters that are not English; no blanks at the ends, as the schemas want it. */
const CHARACTER = fc.constantFrom(...'ABCXYZabcxyz0123456789 -./&\'"#*+:?~^éüß木');
const DIGIT = fc.constantFrom(...'0123456789');
const OFFSETS = ['+00:00', '-08:00', '-05:00', '+01:00', '+05:30', '-03:30', '+12:00'];
/** Lists longer than this show nothing new. */
const LONGEST_LIST = 3;

/** Events that a map should be able to write. Deep down fewer fields are there, so that events stay of a size. */
export function eventsOf({ codedTypes, domain }: MapWriter): Arbitrary<EventToWrite> {
  return fc.record({ type: fc.constantFrom(...codedTypes), data: objectOf(domain, 0) });
}

function objectOf({ fields }: Extract<Domain, { kind: 'object' }>, depth: number): Arbitrary<JsonObject> {
  const entries = [...fields].map(([name, { domain, required }]) => {
    const value = valuesOf(domain, depth + 1);
    const nested = domain.kind === 'object' || domain.kind === 'list';
    return [
      name,
      required ? value : fc.option(value, { freq: nested && depth === 0 ? 4 : 2, nil: undefined, depthSize: 'max' }),
    ] as const;
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

function valuesOf(domain: Domain, depth: number): Arbitrary<Json> {
  switch (domain.kind) {
    case 'object':
      return objectOf(domain, depth);
    case 'list': {
      const { items, most, keys } = domain;
      const options = { minLength: 1, maxLength: Math.min(most, depth > 3 ? 2 : LONGEST_LIST) };
      if (keys.length === 0) return fc.array(valuesOf(items, depth), options);
      const keyOf = (entry: Json): string => JSON.stringify(keys.map((key) => fieldOf(entry, key)));
      return fc.uniqueArray(valuesOf(items, depth), { ...options, selector: keyOf });
    }
    case 'choice':
      return fc.constantFrom(...domain.values);
    case 'text':
      return textOf(domain);
    case 'number':
      return numberOf(domain);
    case 'moment':
      return momentOf(domain);
    case 'one-of':
      return fc.oneof({ depthSize: 'max' }, ...domain.domains.map((each) => valuesOf(each, depth)));
  }
}

function fieldOf(value: Json, name: string): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (Object.entries(value).find(([key]) => key === name)?.[1] ?? null)
    : null;
}

function textOf({ min, max, digits }: Extract<Domain, { kind: 'text' }>): Arbitrary<string> {
  const unit = digits ? DIGIT : CHARACTER;
  const length = { minLength: min, maxLength: Math.max(min, Math.min(max, 40)) };
  const short = fc.string({ unit, ...length });
  const longest = fc.string({ unit, minLength: Math.min(max, 80), maxLength: Math.min(max, 80) });
  return fc
    .oneof({ weight: 9, arbitrary: short }, { weight: 1, arbitrary: longest })
    .filter((text) => text !== '' && text.trim() === text);
}

function numberOf({ digits, decimals, whole }: Extract<Domain, { kind: 'number' }>): Arbitrary<number> {
  const scale = whole ? 1 : 10 ** (decimals > 0 ? decimals : 2);
  const most = 10 ** Math.max(1, Math.min(digits, 9) - 1) - 1;
  return fc.integer({ min: 0, max: most }).map((number) => number / scale);
}

function momentOf({ times, zones }: Extract<Domain, { kind: 'moment' }>): Arbitrary<string> {
  const day = fc
    .date({ min: new Date('1971-01-01'), max: new Date('2068-12-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  if (!times) return day;
  const two = (most: number): Arbitrary<string> => fc.nat(most).map((number) => String(number).padStart(2, '0'));
  const offset = fc.constantFrom(...(zones ? OFFSETS : ['+00:00']));
  const time = fc.tuple(day, two(23), two(59), fc.oneof(fc.constant('00'), two(59)), offset);
  return fc.oneof(
    day,
    time.map(([date, hour, minute, second, zone]) => `${date}T${hour}:${minute}:${second}${zone}`),
  );
}
