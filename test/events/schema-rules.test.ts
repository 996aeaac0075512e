import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { EVENT_TYPES } from '../../src/events/event-types.ts';
import { entriesOf, isObject, textsOf } from '../../src/events/json.ts';
import { eventSchema, eventSchemas } from '../../src/events/schemas.ts';
import type { Json, JsonObject } from '../../src/events/types.ts';

const MAP_WORDS = 'all also as at codes each either in only per rest use write'.split(' ');
const DERIVED = ['refs', 'when', 'where', 'classifier'];

describe('every published event schema', () => {
  it('has a type of its own, named after what has happened, with the major version of its schema', () => {
    const types = EVENT_TYPES.map((entry) => entry.type);
    assert.equal(new Set(types).size, types.length);
    for (const { type, version } of EVENT_TYPES) {
      assert.match(type, /^logistics\.[a-z-]+\.[a-z-]+\.v\d+$/);
      assert.match(version, /^\d+\.\d+\.\d+$/);
      assert.equal(type.split('.v')[1], version.split('.')[0]);
    }
    assert.equal(eventSchemas().length, types.length);
    assert.equal(eventSchema('logistics.shipment.beamed.v1'), undefined);
  });

  it('stands by itself and compiles as JSON Schema 2020-12', () => {
    for (const { type, version, schema } of eventSchemas()) {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      assert.doesNotThrow(() => ajv.compile(schema), type);
      assert.equal(schema.$id, `https://crossdock.dev/schemas/${type}/${version}`);
      assert(!JSON.stringify(schema).includes('common.json'), type);
    }
  });

  it('has room for the derived views', () => {
    for (const { type, schema } of eventSchemas()) {
      const names = entriesOf(schema.properties).map(([name]) => name);
      for (const view of DERIVED) assert(names.includes(view), `${type} ${view}`);
    }
  });

  for (const { title, broken } of [
    {
      title: 'says of every object that it is not empty and has no other fields',
      broken: (schema: JsonObject) =>
        schema.properties !== undefined &&
        (schema.type !== 'object' ||
          schema.additionalProperties !== false ||
          (schema.minProperties === undefined && schema.required === undefined)),
    },
    {
      title: 'says of every list that it is not empty',
      broken: (schema: JsonObject) => schema.type === 'array' && schema.minItems !== 1,
    },
    {
      title: 'says of every text that it is not empty, has no blank at either end, or comes from a closed list',
      broken: (schema: JsonObject) =>
        schema.type === 'string' &&
        schema.enum === undefined &&
        !(schema.minLength === 1 && (schema.pattern !== undefined || schema.format === 'moment')),
    },
    {
      title: 'has no field that is named like a word of the maps',
      broken: (schema: JsonObject) => entriesOf(schema.properties).some(([name]) => MAP_WORDS.includes(name)),
    },
    {
      title: 'names its fields in camel case',
      broken: (schema: JsonObject) =>
        entriesOf(schema.properties).some(([name]) => !/^[a-z]+[0-9]*([A-Z][a-z0-9]*)*$/.test(name)),
    },
    {
      title: 'requires only fields that it has',
      broken: (schema: JsonObject) =>
        schema.properties !== undefined &&
        textsOf(schema.required).some((name) => !(isObject(schema.properties) && name in schema.properties)),
    },
  ]) {
    it(title, () => {
      for (const { type, schema } of eventSchemas()) {
        for (const [pointer, part] of parts(schema)) assert(!broken(part), `${type} ${pointer}`);
      }
    });
  }

  it('leads with its pointers to fields that exist', () => {
    for (const { type, schema } of eventSchemas()) {
      const subject = isObject(schema['x-subject']) ? schema['x-subject'].keys : undefined;
      const keys = Array.isArray(subject) ? subject.flatMap(textsOf).filter((part) => part !== 'partner') : [];
      const told = parts(schema).flatMap(([, part]) => (typeof part['x-place'] === 'string' ? [part['x-place']] : []));
      const places = told.filter((place) => place.startsWith('/'));
      const inEntries = told.filter((place) => !place.startsWith('/'));
      for (const place of inEntries)
        assert(
          parts(schema).some(([pointer]) => pointer.endsWith(`/stop/properties/${place}`)),
          `${type} ${place}`,
        );
      const refs = entriesOf(schema['x-refs']).map(([pointer]) => pointer);
      for (const pointer of [...textsOf(schema['x-time']), ...keys, ...places, ...refs]) {
        assert(leadsToField(schema, pointer), `${type} ${pointer}`);
      }
    }
  });
});

/** Every schema inside a schema, with its pointer. */
function parts(schema: Json, pointer = ''): readonly (readonly [string, JsonObject])[] {
  if (!isObject(schema)) return [];
  const inside = ['properties', '$defs'].flatMap((holder) =>
    entriesOf(schema[holder]).flatMap(([name, part]) => parts(part, `${pointer}/${holder}/${name}`)),
  );
  return [[pointer, schema], ...inside, ...parts(schema.items ?? null, `${pointer}/items`)];
}

function leadsToField(root: JsonObject, pointer: string): boolean {
  let at: Json | undefined = root;
  for (const step of pointer.split('/').slice(1)) {
    const schema = target(root, at);
    if (schema === undefined) return false;
    at = step === '*' ? schema.items : isObject(schema.properties) ? schema.properties[step] : undefined;
  }
  return target(root, at) !== undefined;
}

/** A schema, or the definition that it refers to. */
function target(root: JsonObject, schema: Json | undefined): JsonObject | undefined {
  if (!isObject(schema)) return undefined;
  if (typeof schema.$ref !== 'string' || !isObject(root.$defs)) return schema;
  return target(root, root.$defs[schema.$ref.replace('#/$defs/', '')]);
}
