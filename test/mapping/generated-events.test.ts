import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isList, isObject } from '../../src/events/json.ts';
import type { Json } from '../../src/events/types.ts';
import type { Domain } from '../../src/mapping/writing/domain.ts';
import type { EventToWrite } from '../../src/mapping/writing/types.ts';
import { contexts, eventsOf } from './support/generated-events.ts';
import { shippedMap } from './support/maps.ts';

const EVENTS = 1000;
const SEED = 1;
/** Fields that are said this often show the whole of what they hold; those deep in lists are seldomer said. */
const OFTEN = 150;
/** Texts are not made longer than this. */
const LONGEST = 600;

/** What a field holds and what it was seen to hold. `places` is how often there was an object that could have said it. */
interface Seen {
  readonly domain: Domain;
  readonly required: boolean;
  places: number;
  readonly values: Json[];
}

interface TextField {
  readonly name: string;
  readonly domain: Extract<Domain, { kind: 'text' }>;
  readonly values: readonly string[];
}

/** Maps, and the fields that need not be there and always are: alone in their object, or what a document of JSON is known by. */
const MAPS: readonly (readonly [pin: string, always: readonly string[]])[] = [
  ['x12/856@1.0.0', []],
  ['edifact/desadv@1.0.0', []],
  ['x12/204@1.0.0', ['/deliveryTerms/terms']],
  ['json/tracking@1.0.0', ['/proNumber']],
];

for (const [pin, always] of MAPS) {
  describe(`Events generated for ${pin}`, () => {
    const map = shippedMap(pin);
    let events: readonly EventToWrite[] = [];
    const seen = new Map<string, Seen>();
    let fields: readonly (readonly [string, Seen])[] = [];
    let often = fields;
    let texts: readonly TextField[] = [];

    before(() => {
      events = fc.sample(eventsOf(map), { numRuns: EVENTS, seed: SEED });
      for (const { data } of events) look(map.writer.domain, true, data, '', seen);
      fields = [...seen];
      often = fields.filter(([, { values }]) => values.length >= OFTEN);
      texts = often.flatMap(([name, { domain, values }]) =>
        domain.kind === 'text' ? [{ name, domain, values: values.map(String) }] : [],
      );
    });

    it('are of every type that the map writes, and say every field', () => {
      assert.deepEqual(new Set(events.map(({ type }) => type)), new Set(map.writer.codedTypes));
      assert.deepEqual(
        named(fields, ({ values }) => values.length === 0),
        [],
      );
    });

    it('lack each field that may be absent, and never one that must be there', () => {
      const optional = fields.filter(([, field]) => !field.required && field.places >= OFTEN);
      const present = optional.filter(([, { places, values }]) => places === values.length);
      assert.deepEqual(
        present.map(([name]) => name),
        always,
      );
      const required = fields.filter((field) => field[1].required);
      assert.deepEqual(
        named(required, ({ places, values }) => places !== values.length),
        [],
      );
    });

    it('have texts of the least and of the most characters that an element takes', () => {
      assert.ok(texts.length > 5);
      for (const { name, domain, values } of texts) {
        const lengths = values.map((text) => [...text].length);
        const least = Math.max(1, domain.min);
        const most = Math.max(least, Math.min(domain.max, LONGEST));
        assert.deepEqual([name, Math.min(...lengths), Math.max(...lengths)], [name, least, most]);
      }
    });

    it('have zeros in front in every text', () => {
      assert.deepEqual(
        texts.filter(({ values }) => !values.some((text) => /^0/.test(text))),
        [],
      );
    });

    it('have signs that separate, letters beyond English, beyond Latin and beyond 16 bits, and blanks that do not break', () => {
      const all = texts.flatMap(({ values }) => values).join('');
      for (const wanted of [
        /\*/,
        /~/,
        /\^/,
        /\+/,
        /'/,
        /\?/,
        /:/,
        /"/,
        /;/,
        /</,
        /ü/,
        /Ω/,
        /木/,
        /\u{1f69a}/u,
        /\u0301/,
        /\u00a0/,
      ])
        assert.match(all, wanted);
    });

    it('have lists of many entries', () => {
      assert.ok(Math.max(...events.map(({ data }) => longestList(data))) >= 20);
    });

    it('have dates alone, times with seconds and without, many offsets, and nights in which clocks are changed', () => {
      const timed = often.filter(([, { domain }]) => domain.kind === 'moment' && domain.times);
      const moments = timed.flatMap(([, { values }]) => values.map(String));
      assert.ok(moments.length > 0);
      for (const wanted of [
        /^\d{4}-\d\d-\d\d$/,
        /:00[+-]/,
        /:[0-5][1-9][+-]/,
        /^2026-11-01T0[0-2]:/,
        /^2026-10-25T0[0-2]:/,
      ])
        assert.ok(
          moments.some((moment) => wanted.test(moment)),
          String(wanted),
        );
      const offsets = new Set(moments.flatMap((moment) => /[+-]\d\d:\d\d$/.exec(moment)?.[0] ?? []));
      assert.ok(offsets.size >= 8, [...offsets].join());
    });

    it('have numbers of the most digits, nought, fractions and less than nought', () => {
      const numbers = often.filter(([, { domain }]) => domain.kind === 'number');
      for (const [name, { domain, values }] of numbers) {
        assert(domain.kind === 'number');
        const digits = (value: Json): string =>
          String(value)
            .replaceAll(/[-.]|e.*$/g, '')
            .replace(/^0+(?=.)/, '');
        assert.equal(Math.max(...values.map((value) => digits(value).length)), domain.digits, name);
        assert.ok(values.includes(0) && values.some((value) => Number(value) < 0), name);
        assert.ok(domain.whole || values.some((value) => !Number.isInteger(value)), name);
      }
    });
  });
}

describe('Partners of generated events', () => {
  it('have no time zone, or one of several', () => {
    const zones = new Set(fc.sample(contexts, { numRuns: 100, seed: SEED }).map(({ timezone }) => timezone));
    assert.ok(zones.has(null) && zones.size >= 5);
  });
});

/** Fields of which something holds that should not, for people. */
function named(fields: readonly (readonly [string, Seen])[], is: (seen: Seen) => boolean): readonly string[] {
  return fields
    .filter(([, seen]) => is(seen))
    .map(([name, { places, values }]) => `${name}: ${values.length} of ${places}`);
}

/** Writes down what is said of a field, and of all within it. */
function look(domain: Domain, required: boolean, value: Json | undefined, name: string, seen: Map<string, Seen>): void {
  const field = seen.get(name) ?? { domain, required, places: 0, values: [] };
  seen.set(name, field);
  field.places++;
  if (value === undefined) return;
  field.values.push(value);
  if (domain.kind === 'object' && isObject(value))
    for (const [inner, of] of domain.fields) look(of.domain, of.required, value[inner], `${name}/${inner}`, seen);
  if (domain.kind === 'list' && isList(value))
    for (const entry of value) look(domain.items, true, entry, `${name}[]`, seen);
}

function longestList(value: Json): number {
  if (isList(value)) return Math.max(value.length, ...value.map(longestList));
  return isObject(value)
    ? Math.max(0, ...Object.values(value).map((field) => (field === undefined ? 0 : longestList(field))))
    : 0;
}
