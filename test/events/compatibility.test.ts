import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { EVENT_TYPES, type EventType } from '../../src/events/event-types.ts';
import { bodySchema } from '../../src/events/schemas.ts';
import type { JsonObject } from '../../src/events/types.ts';
import { breakingChanges } from './breaking-changes.ts';

/**
 * released-schemas.json is what consumers have. To release: raise the versions in src/events/event-types.ts, then run this
 * test with UPDATE=1 and commit the file. A change that breaks consumers is not written; it needs a new major type.
 */
interface Released {
  readonly versions: Readonly<Record<string, string>>;
  /** Body by type. */
  readonly types: Readonly<Record<string, EventType['body']>>;
  readonly bodies: Readonly<Record<string, JsonObject>>;
}

const FILE = new URL('released-schemas.json', import.meta.url);
const current: Released = {
  versions: Object.fromEntries(EVENT_TYPES.map(({ type, version }) => [type, version])),
  types: Object.fromEntries(EVENT_TYPES.map(({ type, body }) => [type, body])),
  bodies: Object.fromEntries(EVENT_TYPES.map(({ body }) => [body, bodySchema(body)])),
};
const released: Released = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : current;

describe('compared with the released event schemas', () => {
  it('no type is gone, and no type breaks its consumers', () => {
    const changes = Object.entries(released.types).flatMap(([type, body]) => {
      const now = EVENT_TYPES.find((entry) => entry.type === type);
      if (now === undefined) return [`${type} is gone`];
      const breaks = breakingChanges(released.bodies[body] ?? {}, bodySchema(now.body));
      return breaks.map((change) => `${type} ${change}`);
    });
    assert.deepEqual(changes, []);
    if (process.env.UPDATE === '1') writeFileSync(FILE, `${JSON.stringify(current, null, 2)}\n`);
  });

  it('a type whose schema changed has a new version', () => {
    const known: Released = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : current;
    const unraised = EVENT_TYPES.filter(({ type, body, version }) => {
      const before = known.types[type];
      if (before === undefined || known.versions[type] !== version) return false;
      return !isDeepStrictEqual(known.bodies[before], bodySchema(body));
    });
    assert.deepEqual(
      unraised.map(({ type }) => `${type}: raise its version, then release with UPDATE=1`),
      [],
    );
  });
});

describe('a change of a schema', () => {
  const text = { type: 'string' };
  const before: JsonObject = {
    'x-time': ['/a'],
    type: 'object',
    required: ['a'],
    properties: {
      a: { $ref: '#/$defs/text' },
      b: { type: 'string', enum: ['x', 'y'] },
      c: { type: 'array', items: text },
    },
    $defs: { text },
  };

  for (const { title, after, breaks } of [
    { title: 'that adds a field', after: { properties: { ...fields(), d: text } }, breaks: [] },
    {
      title: 'that adds a value',
      after: { properties: { ...fields(), b: { type: 'string', enum: ['x', 'y', 'z'] } } },
      breaks: [],
    },
    { title: 'that removes a field', after: { properties: { a: text, b: fields().b } }, breaks: ['/c is gone'] },
    {
      title: 'that turns text into a number',
      after: { $defs: { text: { type: 'number' } } },
      breaks: ['/a type changed from string to number'],
    },
    {
      title: 'inside a list',
      after: { properties: { ...fields(), c: { type: 'array', items: { type: 'number' } } } },
      breaks: ['/c/* type changed from string to number'],
    },
    {
      title: 'that removes a value',
      after: { properties: { ...fields(), b: { type: 'string', enum: ['x'] } } },
      breaks: ['/b no longer allows y'],
    },
    { title: 'that requires a field', after: { required: ['a', 'b'] }, breaks: ['/b became required'] },
    { title: 'that requires a field no more', after: { required: [] }, breaks: ['/a became optional'] },
    { title: "that takes the event's time elsewhere", after: { 'x-time': ['/c'] }, breaks: ['x-time changed'] },
  ]) {
    it(`${title} ${breaks.length === 0 ? 'breaks nobody' : `is told: ${breaks.join(', ')}`}`, () => {
      assert.deepEqual(breakingChanges(before, { ...before, ...after }), breaks);
    });
  }

  function fields(): { readonly a: JsonObject; readonly b: JsonObject; readonly c: JsonObject } {
    return { a: { $ref: '#/$defs/text' }, b: { type: 'string', enum: ['x', 'y'] }, c: { type: 'array', items: text } };
  }
});
